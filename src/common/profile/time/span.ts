import { type Nanos, nanos } from '../../model/units';
import { plainName } from '../fieldNames';
import type { ReadField } from '../recordReader';
import { stampOf } from './looseStamp';
import type { Stamp, StampContext } from './stamp';

/** Names of the stamps of a start and an end that belong together, as `plainName` compares them. */
const pairs: readonly (readonly [start: string, end: string])[] = [
  ['starttimeunixnano', 'endtimeunixnano'],
  ['starttime', 'endtime'],
  ['startedat', 'endedat'],
  ['startedat', 'finishedat'],
  ['startedat', 'completedat'],
  ['starttimestamp', 'endtimestamp'],
  ['startdate', 'enddate'],
  ['startdatetime', 'enddatetime'],
  ['begintime', 'endtime'],
  ['eventstart', 'eventend'],
  ['start', 'end'],
  // Kubernetes' audit events, Cloudflare's requests.
  ['requestreceivedtimestamp', 'stagetimestamp'],
  ['edgestarttimestamp', 'edgeendtimestamp'],
  // Traefik: its `time` is the end.
  ['startutc', 'time'],
  // Spans of Seq and SerilogTracing: their `@t` and `Timestamp` are the end.
  ['@st', '@t'],
  ['spanstarttimestamp', 'timestamp'],
  // ALB access logs.
  ['requestcreationtime', 'time'],
  ['requestcreationtime', 'timestamp'],
];
const starts: ReadonlySet<string> = new Set(pairs.map(([start]) => start));

/** Whether a name (as `plainName` has it) is that of a start: the record's own stamp has another, if it has one. */
export const isStartName = (plain: string): boolean => starts.has(plain);

/** These may also limit what a record is about (a query, a report): only where the record has no other stamp. */
const weakStarts = new Set(['start', 'startdate', 'startdatetime']);
/** A record is written when its step ends, or soon after. */
const soon = 60_000_000_000n;

/** Longer is no step but a mistake: ten years, as for stated durations. */
const longest = 3653n * 86_400_000_000_000n;
const namesKept = 4096;
const plainNames = new Map<string, string>();

/**
 * The start and duration of a record that has the stamps of both its start and its end, side by side in the same object;
 * `null` where it has not, or where `own`, the stamp of the record itself, shows that they are of something else. Names: OTLP, Langfuse, LangSmith, OpenAI Agents, ECS, Seq, ALB (field-names §1.1).
 */
export function spanOf(
  fields: readonly ReadField[],
  own: Stamp | null,
  context: StampContext,
): { start: Stamp; duration: Nanos } | null {
  for (const field of fields) {
    const name = lastPlain(field.name);
    if (!starts.has(name)) continue;
    const parent = parentOf(field.name);
    for (const [start, end] of pairs) {
      if (start !== name) continue;
      const other = fields.find(candidate => lastPlain(candidate.name) === end && parentOf(candidate.name) === parent);
      const from = other && stampOf(field.value, context);
      const to = from && stampOf(other.value, context);
      if (!from || !to || to.at < from.at || to.at - from.at > longest) continue;
      if (own && (own.at < from.at || own.at > to.at + soon)) continue;
      if (weakStarts.has(start) && own && own.at !== from.at) continue;
      return { start: from, duration: nanos(Number(to.at - from.at)) };
    }
  }
  return null;
}

const parentOf = (name: string): string => name.slice(0, name.lastIndexOf('.') + 1);

/** The last part of a name as `plainName` has it, but with the `@` of CLEF; ECS's own two parts count as one. */
export function lastPlain(name: string): string {
  let plain = plainNames.get(name);
  if (plain === undefined) {
    const last = /(?:^|\.)(event\.(?:start|end)|[^.]*)$/.exec(name)?.[1] ?? name;
    plain = /^@(?:t|st)$/.test(last) ? last : plainName(last);
    if (plainNames.size >= namesKept) plainNames.clear();
    plainNames.set(name, plain);
  }
  return plain;
}
