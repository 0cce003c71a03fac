import { float64Column, int32Column, uint8Column } from '../columns';
import type { OrderedRecords } from '../records/orderRecords';
import { isPlumbing } from '../records/stepKind';
import { isPlaceholder, lastLogged, type StepDraft } from '../steps/stepDraft';

/**
 * The step at whose end the request counts as done: the first service's last step where the flow came back to it, else
 * the latest end. Late side work (observability, audit) is no end.
 *
 * @param drafts all steps, each at its index
 */
export function chooseEnd(
  drafts: readonly StepDraft[],
  ordered: OrderedRecords,
): { step: StepDraft; reason: string } | null {
  const candidates = candidatesOf(drafts, ordered);
  const { places, ends } = candidates;
  const first = firstOf(candidates, drafts);
  if (!first) return null;

  const home = first.service;
  const latestOf = (isUsable: (draft: StepDraft) => boolean): number => {
    let latest = -1;
    // Later steps mostly end later: from the last one back few have to be looked at.
    for (let at = places.length - 1; at >= 0; at--) {
      if (latest >= 0 && ends[at]! < ends[latest]!) continue;
      const draft = drafts[places[at]!]!;
      if (latest >= 0 && ends[at] === ends[latest] && isBefore(draft, drafts[places[latest]!]!)) continue;
      if (isUsable(draft)) latest = at;
    }
    return latest;
  };
  const latest = latestOf(() => true);
  const back = home === null ? -1 : latestOf(({ service }) => service === home);
  if (home !== null && back >= 0 && candidates.latestUnfinished <= ends[back]!) {
    const step = drafts[places[back]!]!;
    if (cameFromElsewhere(step, home, drafts.length))
      return { step, reason: `back at ${home}, where the request began` };
  }
  return { step: drafts[places[latest]!]!, reason: 'the latest end' };
}

/** The steps at whose end the request may be done, as columns: they are asked several times. */
interface Candidates {
  /** Their indexes, ascending. */
  places: Int32Array;
  begins: Float64Array;
  /** By logged stamps: an inferred end is its neighbour's. */
  ends: Float64Array;
  /** The end of the last one that failed or whose end is not known. */
  latestUnfinished: number;
}

/** All that have a time; those that are no plumbing, if there are any. */
function candidatesOf(drafts: readonly StepDraft[], ordered: OrderedRecords): Candidates {
  const places = int32Column(drafts.length);
  const begins = float64Column(drafts.length);
  const ends = float64Column(drafts.length);
  let latestUnfinished = Number.NEGATIVE_INFINITY;
  let onlyPlumbing = true;
  let count = 0;
  for (let index = 0; index < drafts.length; index++) {
    const draft = drafts[index]!;
    const { releasing } = draft;
    const isPlumber = isPlumbing(draft.kind);
    if (releasing === null || (isPlumber && !onlyPlumbing)) continue;
    const ended = lastLogged(draft, ordered);
    if (ended === null) continue;
    if (onlyPlumbing && !isPlumber) {
      onlyPlumbing = false;
      count = 0;
      latestUnfinished = Number.NEGATIVE_INFINITY;
    }
    places[count] = index;
    begins[count] = draft.entry ?? releasing.end ?? 0;
    ends[count++] = ended;
    if (releasing.status === 'failed' || releasing.end === null) latestUnfinished = Math.max(latestUnfinished, ended);
  }
  return {
    places: places.subarray(0, count),
    begins: begins.subarray(0, count),
    ends: ends.subarray(0, count),
    latestUnfinished,
  };
}

/** What a clock that is behind puts first is not the first if something else caused it. */
function firstOf({ places, begins }: Candidates, drafts: readonly StepDraft[]): StepDraft | null {
  let first = -1;
  let root = -1;
  for (let at = 0; at < places.length; at++) {
    if (first < 0 || begins[at]! < begins[first]!) first = at;
    if ((root < 0 || begins[at]! < begins[root]!) && isRoot(drafts[places[at]!]!)) root = at;
  }
  return drafts[places[root >= 0 ? root : first]!] ?? null;
}

function isRoot({ firstLink }: StepDraft): boolean {
  for (let link = firstLink; link !== null; link = link.next) if (!isPlaceholder(link.to)) return false;
  return true;
}

/** Of steps that end at one time, by their start, then by their key. */
const isBefore = (a: StepDraft, b: StepDraft): boolean =>
  ((a.entry ?? 0) - (b.entry ?? 0) || (a.key < b.key ? -1 : 1)) < 0;

/** Whether another service causally precedes a step. */
function cameFromElsewhere(step: StepDraft, home: string, count: number): boolean {
  const seen = uint8Column(count);
  seen[step.index] = 1;
  const open = [step];
  for (let draft = open.pop(); draft; draft = open.pop()) {
    const service = isPlaceholder(draft) ? home : draft.service;
    if (service !== null && service !== home) return true;
    for (let link = draft.firstLink; link !== null; link = link.next) {
      const { to } = link;
      if (seen[to.index]) continue;
      seen[to.index] = 1;
      open.push(to);
    }
  }
  return false;
}
