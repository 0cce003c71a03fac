import { lateLine } from '../clocks/clockBounds';
import { attemptAt, type OrderedRecords, stampOf } from '../records/orderRecords';
import { endTime, type LinkDraft, lastSign, linksOf, notAfter, type StepDraft } from '../steps/stepDraft';

/** The previous step that a step had to wait for, and what the time between them was. */
export interface Binding {
  to: StepDraft;
  /** When the previous step let go: its handoff, else its end, never later than the step's entry. */
  releasedAt: number;
  /**
   * `wait` and `idle` only between a logged end or handoff and a logged start; otherwise the logs do not say. `null` where
   * no previous step started in time: the effect is stamped before its cause.
   */
  gap: 'wait' | 'idle' | 'elapsed' | null;
}

/** The binding one among the previous steps, or of those that `usable` allows; `null` where there is none with a time. */
export function bindingOf(
  step: StepDraft,
  ordered: OrderedRecords,
  usable?: (step: StepDraft) => boolean,
): Binding | null {
  const entry = step.entry ?? endTime(step);
  if (entry === null) return null;
  const tick = ordered.ticks[step.records[0] ?? 0] ?? 0;
  let best: LinkDraft | null = null;
  let bestStart = 0;
  let released = 0;
  let isLogged = false;
  let earliest: LinkDraft | null = null;
  let earliestStart = 0;
  for (let link = step.firstLink; link !== null; link = link.next) {
    if (link.meaning !== 'follows' || (usable && !usable(link.to))) continue;
    const start = link.to.entry ?? endTime(link.to);
    if (start === null) continue;
    if (!earliest || start < earliestStart) {
      earliest = link;
      earliestStart = start;
    }
    if (!notAfter(start, entry, tick)) continue;
    // Mostly no line hands it over: nothing has to be made to tell when it was let go.
    const handover = step.handoffs.length > 0 ? releaseOf(link.to, step, ordered) : null;
    const releasedAt = Math.min(handover ? handover.at : (lastSign(link.to, ordered) ?? start), entry);
    const isLater = releasedAt > released || (releasedAt === released && start > bestStart);
    if (best && !isLater) continue;
    best = link;
    bestStart = start;
    released = releasedAt;
    isLogged = handover ? handover.logged : (link.to.releasing?.endLogged ?? false);
  }
  if (best) return { to: best.to, releasedAt: released, gap: gapKind(step, best, isLogged) };
  return earliest && { to: earliest.to, releasedAt: entry, gap: null };
}

/**
 * The step that a step is stamped before although it follows it or stands inside it: any sign of the effect against the
 * logged start of the cause's first attempt, or against the line of another clock that hands it over. What is inferred,
 * and an end alone, say nothing of the order of starts; a line of the same clock is merely late.
 */
export function effectBefore(step: StepDraft, ordered: OrderedRecords): StepDraft | null {
  const first = step.records[0];
  if (first === undefined) return null;
  const stamp = stampOf(ordered, first);
  const { entry, releasing } = step;
  const sign =
    entry !== null && (stamp === null || entry < stamp) && releasing?.durationKind !== 'inferred' ? entry : stamp;
  if (sign === null) return null;
  for (let link = step.firstLink; link !== null; link = link.next) {
    const { to, evidence, meaning } = link;
    const began = meaning === 'follows' && evidence === 'inferred' ? null : loggedStart(to, ordered);
    if (began !== null && !notAfter(began, sign, ordered.ticks[first])) return to;
  }
  if (step.handoffs.length === 0 || !isHandedOverLater(step, first, sign, ordered)) return null;
  return linksOf(step).find(({ meaning }) => meaning === 'follows')?.to ?? null;
}

/** A function of its own: to make a function inside another takes memory at each call of that, whether it is needed or not. */
function isHandedOverLater({ handoffs }: StepDraft, first: number, sign: number, ordered: OrderedRecords): boolean {
  const clock = clockOf(first, ordered);
  const isLater = (handoff: number) =>
    (stampOf(ordered, handoff) ?? 0) > sign + lateLine && clockOf(handoff, ordered) !== clock;
  return handoffs.some(isLater);
}

const clockOf = (index: number, { records }: OrderedRecords): string | null =>
  records[index]!.host ?? records[index]!.service;

/** Null too where the log counts attempts and does not have the first. */
function loggedStart({ firstAttempt: first }: StepDraft, ordered: OrderedRecords): number | null {
  return first?.startLogged && attemptAt(ordered, first.first) <= 1 ? first.start : null;
}

/**
 * When `from` let go of the work that `to` took up: its last handoff within its own interval, else its end. A handoff
 * written after that end is its own only if no other previous step of that service was at work then.
 */
export function releaseOf(from: StepDraft, to: StepDraft, ordered: OrderedRecords): { at: number; logged: boolean } {
  const end = lastSign(from, ordered) ?? from.entry ?? 0;
  let late: number | null = null;
  for (let at = to.handoffs.length - 1; at >= 0; at--) {
    const index = to.handoffs[at]!;
    const time = stampOf(ordered, index);
    if (time === null || !writes(from, index, ordered) || time < (from.entry ?? time)) continue;
    if (time <= end) return { at: time, logged: true };
    late = time;
  }
  if (late !== null && !isTaken(late, from, to, ordered)) return { at: late, logged: true };
  return { at: end, logged: from.releasing?.endLogged ?? false };
}

/** Whether another previous step of the same service was at work at a time. */
const isTaken = (time: number, from: StepDraft, to: StepDraft, ordered: OrderedRecords): boolean =>
  linksOf(to).some(({ to: other }) => {
    if (other === from || other.service !== from.service || other.entry === null) return false;
    return other.entry <= time && time <= (lastSign(other, ordered) ?? other.entry);
  });

/** Whether the step's worker wrote a record: its service (either side of a call) and, where both are named, its host. */
function writes(step: StepDraft, index: number, { records }: OrderedRecords): boolean {
  const { service, host } = records[index]!;
  return (step.releasing?.records ?? step.records).some(own => {
    const record = records[own]!;
    return record.service === service && (record.host === host || record.host === null || host === null);
  });
}

/** Of several attempts that began at once the first counts. */
function isEntryLogged({ firstAttempt, entry }: StepDraft): boolean {
  for (let attempt = firstAttempt; attempt !== null; attempt = attempt.next)
    if (attempt.start === entry) return attempt.startLogged;
  return false;
}

function gapKind(step: StepDraft, link: LinkDraft, logged: boolean): Binding['gap'] {
  if (!logged || !isEntryLogged(step)) return 'elapsed';
  const elsewhere = step.service !== link.to.service || step.host !== link.to.host;
  return link.evidence !== 'inferred' || elsewhere ? 'wait' : 'idle';
}
