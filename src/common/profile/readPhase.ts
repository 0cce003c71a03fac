import type { Phase, Severity } from '../model/logRecord';
import type { DurationUnit } from '../model/sourceProfile';
import type { Nanos } from '../model/units';
import { requestMethods } from './httpMethod';
import { type MessagePhase, maySayTime, outcomeOf, phaseOfMessage, phaseOfValue } from './phase';
import type { ReadField } from './recordReader';
import type { RoleSlots } from './roleSlots';
import { durationInText, durationOf } from './time/duration';
import { writtenDuration } from './time/durationUnit';
import type { RecordTiming } from './time/readTime';

export interface StepEvent {
  phase: Phase;
  duration: Nanos | null;
  /** Whether the record's time is the start or the end of `duration`. */
  timeIs: 'start' | 'end';
  outcome: 'ok' | 'failed' | null;
}

/** Longest first line of a message in which a duration is looked for. */
const longestLine = 600;

/**
 * What a record says of its step's life. Phase: an event or phase field, else a stated duration (the end, or the start
 * where the profile says so), else a status field, else the verb of the message, else that a request was answered.
 * Outcome: those fields, an error field or verb beside an end.
 */
export function stepEventOf(
  slots: RoleSlots,
  fields: readonly ReadField[],
  message: string,
  timing: RecordTiming,
  severity: Severity | null,
  unit: DurationUnit | undefined,
): StepEvent {
  const field = statedDuration(slots, fields, unit);
  const stated = field?.value ?? timing.duration;
  const timeIs = field?.stampIsStart ? 'start' : timing.timeIs;
  const lineEnd = message.indexOf('\n');
  const line = message.slice(0, lineEnd < 0 ? longestLine : Math.min(lineEnd, longestLine));
  const plain = phaseOfWords(line);
  const timed = maySayTime(line) ? phaseOfMessage(line, true) : plain;
  const inText = stated === null && timed.phase === 'end' ? durationInText(line, timed.verbEnd) : null;
  const duration = stated ?? inText?.value ?? null;
  const byVerb = duration === null ? plain : timed;

  const event = eventOf(slots);
  const status = statusOf(slots);
  const said = status.phase !== 'progress' ? status.phase : byVerb.phase;
  const answer = event === null && said === 'progress' ? answerOf(slots, line) : null;
  const phase = event?.phase ?? (duration !== null ? timeIs : (answer?.phase ?? said));
  // `Call finished`, said as an error, has not gone well.
  const verb = byVerb.outcome === 'ok' && (severity === 'error' || severity === 'fatal') ? null : byVerb.outcome;
  // A record with a duration tells of the whole step, whichever end its stamp is.
  const isEnd = phase === 'end' || duration !== null;
  return {
    phase,
    duration,
    timeIs,
    outcome: outcomeAt(isEnd, event?.outcome ?? null, status.outcome ?? answer?.outcome ?? null, verb, slots),
  };
}

/** `request_finished`, the name of an event in the place of a sentence, or what the sentence says. */
function phaseOfWords(line: string): MessagePhase {
  const word = eventName.test(line) ? phaseOfValue(line) : null;
  return word && word.phase !== 'progress' ? { ...word, verbEnd: line.length } : phaseOfMessage(line);
}

const eventName = /^[a-z]{3,}(?:[_.][a-z]+){0,4}$/;

function statedDuration(slots: RoleSlots, fields: readonly ReadField[], unit: DurationUnit | undefined) {
  for (const { field } of slots.all('duration')) {
    if (isUptime(field, fields)) continue;
    const stated = durationInParts(field, slots) ?? durationOf(field.name, field.value);
    const written = writtenDuration(field, fields);
    const value = stated ?? (written && durationOf(field.name, field.value, written.unit));
    if (value !== null) return { value, stampIsStart: written?.stampIsStart ?? isRequestOfGoogle(field, fields) };
    const shown = unit?.field === field.name ? durationOf(field.name, field.value, unit.nanos) : null;
    if (shown !== null) return { value: shown, stampIsStart: true };
  }
  return null;
}

/** Google Cloud's own logs of requests have the stamp of their arrival beside `httpRequest.latency`. */
const isRequestOfGoogle = ({ name }: ReadField, fields: readonly ReadField[]): boolean =>
  name === 'httpRequest.latency' &&
  fields.some(other => other.name === 'logName' && /(?:\/|%2F|\.)request(?:s|_log)$/.test(other.value));

/** Loguru's `elapsed: {repr, seconds}` is the time since the program began. */
const isUptime = ({ name }: ReadField, fields: readonly ReadField[]): boolean =>
  name.endsWith('.elapsed.seconds') && fields.some(other => other.name === name.replace(/seconds$/, 'repr'));

/** `{"seconds": 8, "nanos": 400000000}`, as protobuf (`google.protobuf.Duration`) and Rust's serde write it. */
function durationInParts({ name, value }: ReadField, slots: RoleSlots): Nanos | null {
  const [, whole, part] = /^(.*\.)(seconds|secs|nanos)$/.exec(name) ?? [];
  if (whole === undefined) return null;
  const others = part === 'nanos' ? [`${whole}seconds`, `${whole}secs`] : [`${whole}nanos`];
  const other = slots.all('duration').find(({ field }) => others.includes(field.name))?.field;
  const [seconds, fraction] = part === 'nanos' ? [other?.value, value] : [value, other?.value];
  if (!seconds || !fraction || !/^\d{1,10}$/.test(seconds) || !/^\d{1,9}$/.test(fraction)) return null;
  return durationOf('', `${seconds}s${fraction}ns`);
}

function eventOf(slots: RoleSlots) {
  for (const { field } of slots.all('phase')) {
    const word = phaseOfValue(field.value);
    if (word) return word;
    // structlog writes the message into `event`.
    const sentence = field.value.includes(' ') ? phaseOfMessage(field.value) : null;
    if (sentence && sentence.phase !== 'progress') return sentence;
  }
  return null;
}

/** `completed` ends a step, `ok` or `200` only says how something went. */
const statusPhases =
  /^(?:start|started|running|completed|complete|finished|done|ended|failed|timeout|timed[ _-]?out|aborted|cancell?ed)$/i;

function statusOf(slots: RoleSlots): Pick<StepEvent, 'phase' | 'outcome'> {
  let phase: Phase = 'progress';
  let outcome: StepEvent['outcome'] = null;
  for (const { field, binding } of slots.all('status')) {
    outcome ??= outcomeOf(binding.plain, field.value);
    if (phase === 'progress' && statusPhases.test(field.value)) phase = phaseOfValue(field.value)?.phase ?? 'progress';
  }
  return { phase, outcome };
}

/** `POST /orders 201`, `GET /orders/7 -> 502 in 3 ms`; what is asked of others has their host before its path. */
const served = new RegExp(
  `^(?:HTTP )?["']?(?:${requestMethods}) /\\S*` +
    String.raw`(?:\s+(?:->|=>|→|-|:|responded|returned|status[ =:]?)?\s*([1-5]\d\d)(?=$|,|;|\s+(?:in\b|[-(\d])))?`,
);

/**
 * Whether a record tells how a request was answered, and with which status, in a field or in its words: the last thing
 * that is done about it. `null` where it does not.
 */
function answerOf(slots: RoleSlots, line: string): Pick<StepEvent, 'phase' | 'outcome'> | null {
  const answer = served.exec(line);
  if (!answer) return null;
  const fields = slots.all('status').map(({ field }) => field.value);
  const status = fields.find(value => /^[1-5]\d\d$/.test(value)) ?? answer[1];
  return status === undefined ? null : { phase: 'end', outcome: status >= '500' ? 'failed' : 'ok' };
}

function outcomeAt(
  isEnd: boolean,
  event: StepEvent['outcome'],
  status: StepEvent['outcome'],
  verb: StepEvent['outcome'],
  slots: RoleSlots,
): StepEvent['outcome'] {
  if (event === 'failed' || status === 'failed') return 'failed';
  if (!isEnd) return status;
  return slots.all('exception').length > 0 || verb === 'failed' ? 'failed' : (status ?? event ?? verb);
}
