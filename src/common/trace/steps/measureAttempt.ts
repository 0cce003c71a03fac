import type { StepStatus } from '../../model/trace';
import type { OrderedRecords } from '../records/orderRecords';
import { ends, errs, fails, stampsEnd, starts, states, succeeds } from '../records/recordSigns';
import type { AttemptDraft } from './stepDraft';

/**
 * No ID says what a line ends in a made-up step: where the step logs on, or has logged before that began, it was a part of
 * it, and the whole takes longer.
 */
export function reachToAllLines(attempt: AttemptDraft, { stamps, ticks }: OrderedRecords): void {
  const { records, start, end } = attempt;
  const first = stamps[records[0]!]!;
  const last = stamps[records.at(-1)!]!;
  if (start === null || end === null) return;
  const isEarlier = first < start - Math.max(ticks[records[0]!]!, ticks[records.at(-1)!]!, (end - start) / 100);
  if (!(last > end) && !isEarlier) return;
  attempt.start = first < start ? first : start;
  attempt.end = last > end ? last : end;
  attempt.stated = null;
  attempt.durationKind = 'observed';
  attempt.bound = 'atLeast';
}

/**
 * What the records of one attempt say of its start, end and duration: stated, else observed, else an instant; the
 * missing side of a lone start or end is left open for inference from the neighbours.
 *
 * @param attempt has its records, and nothing else yet
 */
export function measureAttempt(attempt: AttemptDraft, ordered: OrderedRecords): AttemptDraft {
  const { durations, signs, stamps, lanes, habits } = ordered;
  const { records: indexes } = attempt;
  attempt.first = indexes[0]!;
  // NaN stands for what no record says: `null` beside numbers would make an object of each.
  let first = Number.NaN;
  let last = Number.NaN;
  let stamped = 0;
  let started = Number.NaN;
  let ended = Number.NaN;
  let stated = -1;
  for (let at = 0; at < indexes.length; at++) {
    const index = indexes[at]!;
    const sign = signs.of[index]!;
    const stamp = stamps[index]!;
    if ((sign & states) !== 0) stated = index;
    if (Number.isNaN(stamp)) continue;
    if (stamped++ === 0) first = stamp;
    last = stamp;
    if ((sign & ends) !== 0) ended = stamp;
    else if ((sign & starts) !== 0 && Number.isNaN(started)) started = stamp;
  }

  // A run without step IDs may end one thing and then start another: together they are no pair.
  if (ended < started) started = ended = Number.NaN;
  const hasStart = !Number.isNaN(started);
  const hasEnd = !Number.isNaN(ended);
  if (stated >= 0) {
    const duration = durations![stated]!;
    const stamp = stamps[stated]!;
    attempt.stated = duration;
    attempt.durationKind = 'stated';
    attempt.bound = 'exact';
    if (!Number.isNaN(stamp)) {
      const start = (signs.of[stated]! & stampsEnd) !== 0 ? stamp - duration : stamp;
      attempt.start = start;
      attempt.end = start + duration;
      attempt.startLogged = attempt.endLogged = true;
    }
  } else if (hasStart && !hasEnd) {
    attempt.start = started;
    attempt.startLogged = true;
  } else if (hasEnd && stamped === 1) {
    attempt.end = ended;
    attempt.endLogged = true;
  } else if (stamped > 0) {
    attempt.start = hasStart ? started : first;
    attempt.end = hasEnd ? ended : last;
    // A first line stands for the start only where the service logs none.
    const startLost = !hasStart && habits.logsStarts(lanes.list[lanes.of[indexes[0]!]!]!.service);
    attempt.startLogged = hasStart || (hasEnd && !startLost);
    attempt.endLogged = hasEnd;
    attempt.durationKind = stamped === 1 ? 'instant' : 'observed';
    attempt.bound = hasStart && hasEnd ? 'exact' : 'atLeast';
  }
  attempt.status = statusOf(indexes, ordered);
  return attempt;
}

/** By what the end says, else by the severity of the last record. */
function statusOf(indexes: readonly number[], { signs }: OrderedRecords): StepStatus {
  const isError = (signs.of[indexes.at(-1)!]! & errs) !== 0;
  for (let at = indexes.length - 1; at >= 0; at--) {
    const sign = signs.of[indexes[at]!]!;
    if ((sign & (ends | states)) === 0) continue;
    if ((sign & fails) !== 0) return 'failed';
    return (sign & succeeds) !== 0 || !isError ? 'ok' : 'failed';
  }
  return isError ? 'failed' : 'unknown';
}
