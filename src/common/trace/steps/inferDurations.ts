import { type OrderedRecords, stampOf } from '../records/orderRecords';
import { linksOf, noteEntry, type StepDraft } from './stepDraft';

/**
 * Gives a lone start or a lone end its other side from the neighbours: a start runs at most to the earliest next step's
 * logged stamp (its handoff only where the service logs no ends), an end begins at the latest previous step's. Only logged stamps are used, never
 * another inference; an encloser's own records bound what it encloses.
 *
 * @param apart whether the stamps of two records do not compare, because one's clock is known to be wrong
 */
export function inferDurations(
  drafts: readonly StepDraft[],
  ordered: OrderedRecords,
  apart: (a: number, b: number) => boolean,
): void {
  const open = drafts.filter(draft => draft.releasing?.durationKind === 'unknown');
  const followers = new Map<StepDraft, StepDraft[]>(open.map(draft => [draft, []]));
  if (open.length > 0) {
    for (const draft of drafts)
      for (const { to, meaning } of linksOf(draft)) if (meaning === 'follows') followers.get(to)?.push(draft);
  }
  for (const draft of open) {
    const attempt = draft.releasing!;
    const comparable = (indexes: readonly number[]) => indexes.filter(index => !apart(index, attempt.first));
    if (attempt.start !== null && attempt.end === null) {
      const own = latest(attempt.records, ordered, Number.POSITIVE_INFINITY) ?? attempt.start;
      let end: number | null = null;
      const offer = (time: number | null) => {
        if (time !== null && (end === null || time < end)) end = time;
      };
      // Who logs ends hands over before them: the line says nothing of an end that is lost.
      const handsOverLast = ordered.habits.logsNoEnds(draft.service);
      for (const next of followers.get(draft)!) {
        const announced = next.handoffs.filter(index => ordered.records[index]!.service === draft.service);
        if (handsOverLast) offer(earliest(comparable(next.handoffs), ordered, own));
        const begun = earliest(comparable(next.records), ordered, Number.NEGATIVE_INFINITY);
        // What begins before it was announced tells of its clock, not of this step's end; what begins before this step's
        // last sign does not wait for its end, or its clock differs.
        const handedOver = latest(announced, ordered, Number.POSITIVE_INFINITY);
        const isAfter = begun !== null && begun >= Math.max(own, handedOver ?? own) && (next.entry ?? begun) >= own;
        if (isAfter) offer(begun);
      }
      for (const { to, meaning } of linksOf(draft))
        if (meaning === 'encloses') offer(earliest(comparable(to.records), ordered, own + 1));
      if (end !== null) attempt.end = end;
    } else if (attempt.start === null && attempt.end !== null) {
      let start: number | null = null;
      for (const { to } of linksOf(draft)) {
        const stamp = releasedBefore(to, comparable(draft.handoffs), comparable, attempt.end, ordered);
        if (stamp !== null && (start === null || stamp > start)) start = stamp;
      }
      if (start !== null) attempt.start = start;
    }
    if (attempt.start !== null && attempt.end !== null) {
      attempt.durationKind = 'inferred';
      attempt.bound = 'atMost';
      noteEntry(draft);
    }
  }
}

/**
 * The latest stamp at or before `until` by which a previous step had let go: its handoff, or where it logged none the
 * last stamp of its releasing attempt. What it logs after a handoff says nothing of its follower.
 */
function releasedBefore(
  previous: StepDraft,
  announced: readonly number[],
  comparable: (indexes: readonly number[]) => number[],
  until: number,
  ordered: OrderedRecords,
): number | null {
  const handoffs = announced.filter(index => ordered.records[index]!.service === previous.service);
  const own = comparable(previous.releasing?.records ?? previous.records);
  const { releasing } = previous;
  // What ended later and handed nothing over was not waited for, or its clock differs.
  const isLate = releasing?.endLogged === true && releasing.end! > until;
  return latest(handoffs, ordered, until) ?? (isLate ? null : latest(own, ordered, until));
}

function earliest(indexes: readonly number[], ordered: OrderedRecords, from: number): number | null {
  for (const index of indexes) {
    const time = stampOf(ordered, index);
    if (time !== null && time >= from) return time;
  }
  return null;
}

function latest(indexes: readonly number[], ordered: OrderedRecords, until: number): number | null {
  for (let at = indexes.length - 1; at >= 0; at--) {
    const time = stampOf(ordered, indexes[at]);
    if (time !== null && time <= until) return time;
  }
  return null;
}
