import { formatNamed } from '../formats/formats';
import { startsWithStamp } from '../formats/text/header';
import { insideOf, wrapperNamed } from '../formats/wrappers';
import { prefixReach, type WrappedLine, type Wrapper } from '../formats/wrappers/wrapper';
import { xmlHead } from '../formats/xmlEvent';
import type { SourceProfile } from '../model/sourceProfile';
import { isBlank } from '../scan/lines';
import type { RecordRule, StartsRecord } from '../scan/recordRule';
import { isPlatformLine, isTraceLine, startsWithSeverity } from './recordHead';
import { headStampEnd } from './time/looseStamp';
import { stampAt } from './time/timestamp';

/** As much of a line as is looked at. */
const headLength = 200;
/** As much as the longest stamp needs. */
const stampLength = 40;
const escapeCode = 0x1b;
const openBrace = 0x7b;
const indentedBullet = /^\s+[^\w\s"'`.,:;()[\]{}<>]\ufe0f?\s/;
const bracketedHead = /^[\s\u0080-\uffff]*(?:[*>-]\s*)?[[({<]["']?[A-Za-z_@][\w.@ -]{0,60}["']?\s?[:=]/;
const logfmtHead = /^[A-Za-z_@][\w.@/-]*=\S+ +[A-Za-z_@][\w.@/-]*=/;

/** What AWS Lambda prints around an invocation, without a stamp (Developer Guide, "Viewing logs"). */
const lambdaHead = /^(?:(?:START|END|REPORT) RequestId: |INIT_START )/;

type Shape = Pick<SourceProfile, 'format' | 'framing' | 'formats' | 'wrapper'>;

/**
 * The rule by which a source's records begin, on raw bytes: at each line but those of a stack trace, or at each line with
 * a stamp or another head that the source's formats have (a JSON object, a bracket of pairs, a severity). Of a wrapped
 * source this is said of what is inside; and a line that the wrapper cut goes on with the next of its stream.
 */
export function recordStart(profile: Shape): RecordRule {
  const startsRecord = startOf(profile);
  const wrapper = profile.wrapper && wrapperNamed(profile.wrapper);
  return wrapper ? wrappedRule(wrapper, startsRecord) : { startsRecord };
}

/** A line of some bytes, and what it holds. */
interface Opened {
  bytes: Uint8Array;
  start: number;
  end: number;
  line: string;
  found: WrappedLine | null;
}

function wrappedRule(wrapper: Wrapper, startsRecord: StartsRecord): RecordRule {
  const encoder = new TextEncoder();
  const open = (bytes: Uint8Array, start: number, end: number): Opened => {
    const stop = wrapper.isPrefix ? Math.min(end, start + prefixReach + headLength) : end;
    const line = decoder.decode(bytes.subarray(start, stop));
    return { bytes, start, end, line, found: wrapper.open(line) };
  };
  // A framer asks for each line's stream, then whether it begins a record, then whether it leaves that open.
  let last: Opened | null = null;
  const opened = (bytes: Uint8Array, start: number, end: number): Opened =>
    last?.bytes === bytes && last.start === start && last.end === end ? last : open(bytes, start, end);
  return {
    startsRecord(bytes, start, end) {
      const { line, found } = opened(bytes, start, end);
      if (!found) return startsRecord(bytes, start, end);
      const head = { ...found, end: Math.min(found.end, found.start + 2 * headLength) };
      const inside = encoder.encode(insideOf(line, head));
      return !isBlank(inside, 0, inside.length) && startsRecord(inside, 0, inside.length);
    },
    leavesOpen(bytes, start, end) {
      const { found } = opened(bytes, start, end);
      // The bytes may be overwritten by the next ones.
      last = null;
      return found?.isPartial ?? false;
    },
    streamOf(bytes, start, end) {
      last = open(bytes, start, end);
      return last.found?.stream ?? 'none';
    },
  };
}

function startOf(profile: Shape): StartsRecord {
  if (profile.framing === 'line') return startOfLines(profile);
  if (profile.framing === 'stamp' || profile.framing === 'head') return startAtHeads(profile);
  return () => true;
}

/** Every line but those of a stack trace and, among JSON or logfmt, those that are indented and neither of them. */
function startOfLines({ formats }: Shape): StartsRecord {
  const hasLogfmt = hasFormat(formats, 'logfmt');
  const isOneLiner = formats.every(({ name }) => name === 'json' || name === 'logfmt');
  return (bytes, start, end) => {
    const first = bytes[start] ?? 0;
    if (first === openBrace) return end - start > 1;
    if (hasLogfmt && beginsPair(bytes, start, end)) return true;
    const head = headOf(bytes, start, end);
    if (isOneLiner && (first === 0x20 || first === 0x09)) {
      const text = head.trimStart();
      return text.startsWith('{') || (hasLogfmt && logfmtHead.test(text));
    }
    return !isTraceLine(head);
  };
}

/** Whether a line begins with a word and an equals sign. */
function beginsPair(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start;
  while (at < end && ((bytes[at] ?? 0) | 0x20) >= 0x61 && ((bytes[at] ?? 0) | 0x20) <= 0x7a) at++;
  return at > start && bytes[at] === 0x3d;
}

const hasFormat = (formats: SourceProfile['formats'], name: string): boolean =>
  formats.some(format => format.name === name && format.share > 0);

function startAtHeads({ format, framing, formats }: Shape): StartsRecord {
  if (format === 'xml') return (bytes, start, end) => xmlHead.test(headOf(bytes, start, end));
  const hasJson = hasFormat(formats, 'json');
  const hasBracketed = hasFormat(formats, 'bracketed');
  const hasLogfmt = hasFormat(formats, 'logfmt');
  const isHead = framing === 'head' ? startsWithSeverity : () => false;
  const beginnings = formats.flatMap(({ name, share }) => (share > 0 ? (formatNamed(name).begins ?? []) : []));
  return (bytes, start, end) => {
    const first = bytes[start] ?? 0;
    if (first === openBrace && hasJson && end - start > 1) return true;
    const isIndented = first === 0x20 || first === 0x09;
    if (isIndented && !hasBracketed && !mayBeBullet(bytes, start, end)) return false;
    // Most records begin with the year, day or hour of their stamp: what decides stands in a few bytes.
    if (first >= 0x30 && first <= 0x39) {
      const stamp = asciiOf(bytes, start, Math.min(end, start + stampLength));
      if (stampAt(stamp, 0) !== null || headStampEnd(stamp, 0) >= 0) return true;
    }
    const head = headOf(bytes, start, end);
    if (isIndented && !hasBracketed && !indentedBullet.test(head)) return false;
    return (
      startsWithStamp(head) ||
      lambdaHead.test(head) ||
      isHead(head) ||
      isPlatformLine(head) ||
      (hasBracketed && bracketedHead.test(head)) ||
      (hasLogfmt && logfmtHead.test(head)) ||
      beginnings.some(pattern => pattern.test(head))
    );
  };
}

function asciiOf(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let at = start; at < end; at++) text += String.fromCharCode(bytes[at] ?? 0);
  return text;
}

/** Whether what stands first behind the indent is neither a letter, a digit nor a bracket. */
function mayBeBullet(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start;
  while (at < end && (bytes[at] === 0x20 || bytes[at] === 0x09)) at++;
  const first = bytes[at] ?? 0;
  return first >= 0x80 || first === 0x2a || first === 0x2d || first === 0x3e;
}

const decoder = new TextDecoder();

/** The beginning of a line, colours left out. */
function headOf(bytes: Uint8Array, start: number, end: number): string {
  const stop = Math.min(end, start + headLength);
  const head = isAscii(bytes, start, stop) ? asciiOf(bytes, start, stop) : decoder.decode(bytes.subarray(start, stop));
  return bytes.subarray(start, stop).includes(escapeCode) ? head.replace(/\x1b\[[0-9;]*[A-Za-z]/g, '') : head;
}

function isAscii(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if ((bytes[at] ?? 0) >= 0x80) return false;
  return true;
}
