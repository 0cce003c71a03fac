import type { Field } from '../model/fieldRole';
import type { WrapperName } from '../model/sourceProfile';
import { unescapeJson } from './json/jsonTokens';
import { jsonEscapeMap, type OffsetMap } from './json/offsets';
import { startsWithStamp } from './text/header';
import { compose } from './wrappers/compose';
import { cri } from './wrappers/cri';
import { docker } from './wrappers/docker';
import { heroku } from './wrappers/heroku';
import { kubernetes } from './wrappers/kubernetes';
import { logcli } from './wrappers/logcli';
import { stamp } from './wrappers/stamp';
import { syslog } from './wrappers/syslog';
import type { WrappedLine, Wrapper } from './wrappers/wrapper';

/** Every wrapper, the most telling first. */
const wrappers: readonly Wrapper[] = [docker, cri, kubernetes, compose, heroku, logcli, syslog, stamp];

/** What a program wrote, taken out of what a runtime put around it. */
export interface Unwrapped {
  text: string;
  /** From offsets in `text` to offsets in the wrapped text. */
  map: OffsetMap;
  /** What the wrapper says itself: its stamp, stream, container. Offsets are those of the wrapped text. */
  fields: Field[];
}

/** Least share of lines that are wrapped: a line that only looks so says nothing. */
const wrappedShare = 0.8;
/** Least share of them that have a head inside, where programs write lines that look the same. */
const headShare = 0.5;

/** The wrapper that the lines of a sample have, `null` if none. */
export function wrapperOf(lines: readonly string[]): WrapperName | null {
  const texts = lines.map(withoutReturn).filter(line => line.trim() !== '');
  for (const wrapper of wrappers) {
    const opened = texts.map(line => ({ line, found: wrapper.open(line) })).filter(({ found }) => found !== null);
    if (opened.length === 0 || opened.length < wrappedShare * texts.length) continue;
    const heads = opened.filter(({ line, found }) => found && hasHead(line.slice(found.start, found.end)));
    if (!wrapper.isAmbiguous || heads.length >= headShare * opened.length) return wrapper.name;
  }
  return null;
}

/** Pairs behind a stamp are a line of text like any other. */
const hasHead = (inside: string): boolean => /^\s*\{\s*"/.test(inside) || startsWithStamp(inside.slice(0, 200));

/** The wrapper of that name. */
export const wrapperNamed = (name: WrapperName): Wrapper | undefined => wrappers.find(known => known.name === name);

/** What a wrapped line holds, decoded. */
export function insideOf(line: string, { start, end, escaped }: WrappedLine): string {
  const raw = line.slice(start, end);
  return escaped && raw.includes('\\') ? unescapeJson(raw) : raw;
}

/**
 * Takes a record of one or several wrapped lines out of its wrapper; `null` where its first line is not wrapped. Parts
 * of a line that the wrapper cut are put together again. Lines within the record that are not wrapped stay as they are.
 */
export function unwrap(name: WrapperName, text: string): Unwrapped | null {
  const wrapper = wrapperNamed(name);
  const map = { positions: [] as number[], shifts: [] as number[] };
  let inside = '';
  let fields: Field[] | null = null;
  let goesOn = true;
  for (let from = 0; wrapper && from < text.length; ) {
    const lineBreak = text.indexOf('\n', from);
    const line = withoutReturn(text.slice(from, lineBreak < 0 ? text.length : lineBreak));
    const found = wrapper.open(line);
    if (!found && fields === null) return null;
    fields ??= wrapper.fieldsOf(line);
    if (!goesOn) inside += '\n';
    const start = from + (found?.start ?? 0);
    map.positions.push(inside.length);
    map.shifts.push(start - inside.length);
    if (found?.escaped) addEscapes(map, line.slice(found.start, found.end), inside.length, start);
    inside += found ? insideOf(line, found) : line;
    goesOn = found?.isPartial ?? false;
    from = lineBreak < 0 ? text.length : lineBreak + 1;
  }
  return fields && { text: inside, map, fields };
}

/** Adds the shifts of a JSON string, which begins at `from` of what is inside and at `start` of the text. */
function addEscapes({ positions, shifts }: OffsetMap, raw: string, from: number, start: number): void {
  if (!raw.includes('\\')) return;
  const escapes = jsonEscapeMap(raw);
  for (const [index, position] of escapes.positions.entries()) {
    positions.push(from + position);
    shifts.push(start - from + (escapes.shifts[index] ?? 0));
  }
}

const withoutReturn = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line);
