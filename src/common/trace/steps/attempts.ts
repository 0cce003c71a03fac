import { sortFew } from '../../base/sortFew';
import type { LogRecord } from '../../model/logRecord';
import { attemptAt, type OrderedRecords, stampOf } from '../records/orderRecords';
import { counts, ends, hints, starts, states } from '../records/recordSigns';
import { addRecords, addSide, joinCallSides } from './callSides';
import { measureAttempt, reachToAllLines } from './measureAttempt';
import { type AttemptDraft, lengthOf, newAttempt, notAfter, noteEntry, type StepDraft, setAttempts } from './stepDraft';

interface Go {
  service: string | null;
  host: string | null;
  thread: string | null;
  attempt: number | null;
  /** Empty for a sole go, whose records are all of the step's. */
  records: number[];
  started: boolean;
  /** Index of the last record that states an end, by phase or by duration; −1 for none. */
  end: number;
}

/**
 * Splits a step's records into goes at it. A second start, a start after an end, another attempt number, or a record of
 * another service or host opens one; so does an end that cannot be the same go's (see {@link endsAnew}). An interval
 * that contains another one on another service is the other side of the same call. A record that names no host goes
 * with any.
 */
export function formAttempts(draft: StepDraft, ordered: OrderedRecords): void {
  if (isPlainlyOneGo(draft.records, ordered)) formSingleAttempt(draft, ordered);
  else formByGoes(draft, ordered);
}

/** A function of its own: to make a function inside another takes memory at each call of that, whether it is needed or not. */
function formByGoes(draft: StepDraft, ordered: OrderedRecords): void {
  const { signs, lanes, threads } = ordered;
  const goes: Go[] = [];
  for (let at = 0; at < draft.records.length; at++) {
    const index = draft.records[at]!;
    // Asked of columns: to fetch a record takes longer.
    const sign = signs.of[index]!;
    const { service, host } = lanes.list[lanes.of[index]!]!;
    const thread = threads.list[threads.of[index]!]!;
    const attempt = (sign & counts) === 0 ? null : attemptAt(ordered, index);
    const isStart = (sign & starts) !== 0;
    const isEnd = (sign & (ends | states)) !== 0;
    let go = goOf(goes, service, host, thread);
    const anew =
      !go ||
      (isStart && (go.started || go.end >= 0)) ||
      (attempt !== null && attempt !== (go.attempt ?? 1)) ||
      (isEnd && go.end >= 0 && endsAnew(ordered.records[go.end]!, go.started, ordered.records[index]!));
    if (!go || anew) {
      if (goes.length === 1) goes[0]!.records = draft.records.slice(0, at);
      go = { service, host, thread, attempt, records: [], started: false, end: -1 };
      goes.push(go);
    }
    if (goes.length > 1) go.records.push(index);
    go.service ??= service;
    go.host ??= host;
    go.attempt ??= attempt;
    go.started ||= isStart;
    if (isEnd) go.end = index;
  }
  if (goes.length === 1) {
    draft.firstAttempt = measureAttempt(draft, ordered);
  } else {
    const attempts = goes.map(go => measureAttempt(newAttempt(go.records), ordered));
    setAttempts(draft, mergeSides(attempts, ordered));
  }
  settle(draft, ordered);
}

/** Most steps by far: records of one lane, no count of attempts, at most one start and, after it, one end. */
function isPlainlyOneGo(indexes: readonly number[], { signs, lanes }: OrderedRecords): boolean {
  if (indexes.length === 0) return false;
  const lane = lanes.of[indexes[0]!];
  let started = false;
  let ended = false;
  for (let at = 0; at < indexes.length; at++) {
    const index = indexes[at]!;
    const sign = signs.of[index]!;
    if (lanes.of[index] !== lane || (sign & counts) !== 0) return false;
    const isStart = (sign & starts) !== 0;
    const isEnd = (sign & (ends | states)) !== 0;
    if ((isStart && started) || ((isStart || isEnd) && ended)) return false;
    started ||= isStart;
    ended ||= isEnd;
  }
  return true;
}

/** The go that a record belongs to by its lane: an open one of its thread, else an open one, else the last. */
function goOf(goes: readonly Go[], service: string | null, host: string | null, thread: string | null): Go | undefined {
  let open: Go | undefined;
  let last: Go | undefined;
  for (let at = goes.length - 1; at >= 0; at--) {
    const go = goes[at]!;
    if (!fits(go.service, service) || !fits(go.host, host)) continue;
    last ??= go;
    if (go.end >= 0) continue;
    if (go.thread === thread) return go;
    open ??= go;
  }
  return open ?? last;
}

/**
 * Whether an end after an end is another go's: it contradicts the first, repeats it word for word, follows one that had
 * no start of its own, or its stated duration begins when the first had ended.
 */
function endsAnew(end: LogRecord, started: boolean, record: LogRecord): boolean {
  if (end.outcome !== null && record.outcome !== null && end.outcome !== record.outcome) return true;
  if (record.duration !== null && end.duration !== null) {
    if (record.time === null || end.time === null || record.timeIs !== 'end') return false;
    return record.time.at - BigInt(record.duration) >= end.time.at;
  }
  // A stated duration tells of its start as well.
  return (!started && end.duration === null) || end.message === record.message;
}

const fits = (a: string | null, b: string | null): boolean => a === b || a === null || b === null;

/** Such is a made-up step, too: nothing says that a second start in its lane repeats the first. */
export function formSingleAttempt(draft: StepDraft, ordered: OrderedRecords): void {
  const attempt = measureAttempt(draft, ordered);
  if (draft.stepId === null) reachToAllLines(attempt, ordered);
  draft.firstAttempt = attempt;
  settle(draft, ordered);
}

/**
 * Client and server log one call each: the containing interval is the call's, both logs are its records. So it is with
 * what was measured or merely logged inside a stated duration, whoever logged it.
 */
function mergeSides(attempts: AttemptDraft[], ordered: OrderedRecords): AttemptDraft[] {
  return inOrderOfGoes(haveSides(attempts, ordered) ? withSides(attempts, ordered) : attempts, ordered);
}

/** Not so where one service logged all and stated no duration: goes of its own, one after another. */
function haveSides(attempts: readonly AttemptDraft[], { lanes, signs }: OrderedRecords): boolean {
  if ((signs.any & hints) !== 0) return true;
  let writer: string | null | undefined;
  for (const { first, durationKind } of attempts) {
    const { service } = lanes.list[lanes.of[first]!]!;
    if (durationKind === 'stated' || (writer !== undefined && service !== writer)) return true;
    writer = service;
  }
  return false;
}

function withSides(attempts: readonly AttemptDraft[], ordered: OrderedRecords): AttemptDraft[] {
  const { records } = ordered;
  const result: AttemptDraft[] = [];
  const goes = attempts.filter(attempt => {
    const during = attempts.find(other => isLoggedDuring(attempt, other, ordered));
    if (during) addRecords(during, attempt);
    return !during;
  });
  for (const attempt of sortFew(joinCallSides(goes, ordered), byLength)) {
    const { service, host } = records[attempt.records[0]!]!;
    const outer = result.find(other => {
      if (!contains(other, attempt)) return false;
      const lane = records[other.records[0]!]!;
      // On one lane only a stated duration says that what it covers is part of it.
      return lane.service !== service || (other.durationKind === 'stated' && fits(lane.host, host));
    });
    if (outer) addSide(outer, attempt);
    else result.push(attempt);
  }
  return result;
}

/** Where the log counts its attempts, that count: clocks of different hosts may differ. */
function inOrderOfGoes(attempts: AttemptDraft[], ordered: OrderedRecords): AttemptDraft[] {
  const count = ({ first }: AttemptDraft) => attemptAt(ordered, first);
  return sortFew(attempts, (a, b) => count(a) - count(b) || a.records[0]! - b.records[0]!);
}

/** 10 ms. */
const printed = 1e7;

/**
 * Whether an attempt is nothing but lines that were written while another one ran, whose duration is stated. Its last
 * lines may come a little after its end: by 1 % of it or one tick, as on the critical path, or by what a runtime needs to
 * stamp what a program printed. But a start after a failure is another go.
 */
function isLoggedDuring(
  { records: indexes, stated }: AttemptDraft,
  outer: AttemptDraft,
  ordered: OrderedRecords,
): boolean {
  if (stated !== null || outer.durationKind !== 'stated' || outer.start === null || outer.end === null) return false;
  const { start, end } = outer;
  const mayRepeat = outer.status === 'failed';
  return indexes.every(index => {
    const time = stampOf(ordered, index);
    const tick = ordered.ticks[index]!;
    const late =
      mayRepeat && (ordered.signs.of[index]! & starts) !== 0 ? 0 : Math.max((end - start) / 100, tick, printed);
    return time !== null && time <= end + late && notAfter(start, time, tick);
  });
}

const byLength = (a: AttemptDraft, b: AttemptDraft): number =>
  lengthOf(b) - lengthOf(a) || a.records[0]! - b.records[0]!;

const contains = (outer: AttemptDraft, inner: AttemptDraft): boolean =>
  outer.start !== null &&
  outer.end !== null &&
  outer.startLogged &&
  outer.endLogged &&
  inner.start !== null &&
  inner.end !== null &&
  inner.startLogged &&
  inner.endLogged &&
  outer.start <= inner.start &&
  outer.end >= inner.end;

/**
 * The first success releases the flow, else the last attempt; an attempt that was given up has failed, but for what
 * another service only said of the step, as the publisher of a first message does.
 */
export function settle(draft: StepDraft, ordered: OrderedRecords): void {
  let releasing = draft.firstAttempt;
  while (releasing !== null && releasing.next !== null && releasing.status !== 'ok') releasing = releasing.next;
  draft.releasing = releasing;
  const { lanes } = ordered;
  const serviceOf = ({ first }: AttemptDraft) => lanes.list[lanes.of[first]!]!.service;
  for (let attempt = draft.firstAttempt; attempt !== null && attempt !== releasing; attempt = attempt.next) {
    const isTold = !attempt.startLogged && releasing !== null && serviceOf(attempt) !== serviceOf(releasing);
    if (!attempt.endLogged && !isTold) attempt.status = 'failed';
  }
  // Of a call the caller's: the other side's clock may put its records first.
  const own = releasing && lanes.list[lanes.of[releasing.first]!]!;
  draft.service = own?.service ?? null;
  draft.host = own?.host ?? null;
  const written = releasing?.records ?? draft.records;
  for (let at = 0; at < written.length && (draft.service === null || draft.host === null); at++) {
    const { service, host } = lanes.list[lanes.of[written[at]!]!]!;
    draft.service ??= service;
    draft.host ??= host;
  }
  noteEntry(draft);
}
