import { blank, colon, digitsAt, isCapital, isWordCode, minus, numberAt, plus } from './characters';
import { isZone, type ZoneOffset, zoneOffset } from './zone';

/** The zone that {@link readZone} read last: minutes east of UTC or, of a named place, its offsets. */
export const zone: { end: number; known: boolean; minutes: number; place: ZoneOffset | null } = {
  end: 0,
  known: false,
  minutes: 0,
  place: null,
};

/**
 * Minutes of the abbreviations that stand for one zone in practice: `CST` and `IST` also name others, but hardly in logs.
 * https://data.iana.org/time-zones/tzdb/ (the `FORMAT` and abbreviations of each region).
 */
const abbreviations = new Map(
  Object.entries({
    UTC: 0,
    UCT: 0,
    GMT: 0,
    Z: 0,
    WET: 0,
    WEST: 60,
    BST: 60,
    CET: 60,
    CEST: 120,
    MET: 60,
    MEST: 120,
    EET: 120,
    EEST: 180,
    SAST: 120,
    MSK: 180,
    IST: 330,
    HKT: 480,
    AWST: 480,
    JST: 540,
    KST: 540,
    ACST: 570,
    ACDT: 630,
    AEST: 600,
    AEDT: 660,
    NZST: 720,
    NZDT: 780,
    EST: -300,
    EDT: -240,
    CST: -360,
    CDT: -300,
    MST: -420,
    MDT: -360,
    PST: -480,
    PDT: -420,
    AKST: -540,
    AKDT: -480,
    HST: -600,
  }),
);
const longestAbbreviation = 5;

/**
 * Reads the zone behind a time: `Z`, `+01`, `+0100`, ` +01:00`, ` UTC`, ` CET`, ` GMT+0100 (Central European Time)`,
 * `+01:00[Europe/Berlin]`, ` Europe/Berlin`. `zone.known` is false where there is none.
 */
export function readZone(text: string, from: number): void {
  zone.end = from;
  zone.known = false;
  zone.minutes = 0;
  zone.place = null;
  const spaced = text.charCodeAt(from) === blank;
  const at = spaced ? from + 1 : from;
  const code = text.charCodeAt(at);
  if (code === plus || code === minus) {
    readOffset(text, at, !spaced);
    if (zone.known) skipNames(text);
  } else if (code === 0x7a) {
    if (!isWordCode(text.charCodeAt(at + 1))) known(at + 1, 0);
  } else if (isCapital(code)) {
    readName(text, at);
  }
}

/** `+01:00`, `+0100` and, where it cannot be a number of its own, `+01`. */
function readOffset(text: string, at: number, alone: boolean): void {
  const length = digitsAt(text, at + 1, 5);
  const withColon =
    (length === 2 || length === 1) &&
    text.charCodeAt(at + 1 + length) === colon &&
    digitsAt(text, at + 2 + length, 3) === 2;
  if (length !== 4 && !withColon && (!alone || (length !== 2 && length !== 1))) return;
  const hourDigits = length === 4 ? 2 : length;
  const end = at + 1 + hourDigits;
  const minutes =
    numberAt(text, at + 1, hourDigits) * 60 +
    (length === 4 ? numberAt(text, end, 2) : withColon ? numberAt(text, end + 1, 2) : 0);
  if (minutes > 18 * 60) return;
  known(length === 4 ? end + 2 : withColon ? end + 3 : end, text.charCodeAt(at) === minus ? -minutes : minutes);
}

const place = /[A-Z][A-Za-z]+\/[A-Z][A-Za-z_+-]{1,30}(?:\/[A-Z][A-Za-z_]{1,30})?(?![\w/.])/y;

function readName(text: string, at: number): void {
  let end = at;
  while (end - at <= longestAbbreviation && isCapital(text.charCodeAt(end))) end++;
  const next = text.charCodeAt(end);
  const minutes = end - at <= longestAbbreviation ? abbreviations.get(text.slice(at, end)) : undefined;
  if (minutes !== undefined && !isWordCode(next)) {
    known(end, minutes);
    // `GMT+0100` and `UTC-5` count on from it.
    if (minutes === 0 && (next === plus || next === minus)) readOffset(text, end, true);
    skipNames(text);
    return;
  }
  if (end !== at + 1) return;
  place.lastIndex = at;
  const name = place.exec(text)?.[0];
  if (name === undefined) return;
  const offset = placeOffset(name);
  if (!offset) return;
  known(at + name.length, 0);
  zone.place = offset;
}

function known(end: number, minutes: number): void {
  zone.end = end;
  zone.minutes = minutes;
  zone.known = true;
}

const spelled = /\[[A-Z][\w/+-]{1,40}\]| \([A-Z][A-Za-z -]{2,60}\)| [A-Z]{3,4}(?= m=[+-]\d|$)/y;

/** The name of a zone whose offset was already said: Java's `[Europe/Berlin]`, JavaScript's ` (…)`, Go's ` CET m=+1.2`. */
function skipNames(text: string): void {
  spelled.lastIndex = zone.end;
  zone.end += spelled.exec(text)?.[0].length ?? 0;
}

const places = new Map<string, ZoneOffset | null>();
const placesKept = 256;

/** Asking for a zone takes long, and hostile logs can name many. */
function placeOffset(name: string): ZoneOffset | null {
  let offset = places.get(name);
  if (offset === undefined) {
    if (places.size >= placesKept) places.clear();
    offset = isZone(name) ? zoneOffset(name) : null;
    places.set(name, offset);
  }
  return offset;
}
