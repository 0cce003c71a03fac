import { uint8Column } from './columns';
import type { OrderedRecords } from './orderRecords';
import { endTime, lastLogged, type StepDraft } from './stepDraft';
import { isPlumbing } from './stepKind';

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
  const isTimed = (draft: StepDraft) => draft.releasing !== null && lastLogged(draft, ordered) !== null;
  const isMain = (draft: StepDraft) => isTimed(draft) && !isPlumbing(draft.kind);
  // Asked of each step, not kept as a list: most steps would be on it.
  const isCandidate = drafts.some(isMain) ? isMain : isTimed;
  const first = firstOf(drafts, isCandidate);
  if (!first) return null;

  const home = first.service;
  let back: StepDraft | null = null;
  let latest = first;
  let latestUnfinished = Number.NEGATIVE_INFINITY;
  for (const draft of drafts) {
    if (!isCandidate(draft)) continue;
    if (compareEnds(draft, latest, ordered) > 0) latest = draft;
    if (draft.service === home && (!back || compareEnds(draft, back, ordered) > 0)) back = draft;
    const unfinished = draft.releasing!.status === 'failed' || draft.releasing!.end === null;
    if (unfinished) latestUnfinished = Math.max(latestUnfinished, lastLogged(draft, ordered)!);
  }
  const isBack =
    back &&
    home !== null &&
    latestUnfinished <= lastLogged(back, ordered)! &&
    cameFromElsewhere(back, home, drafts.length);
  if (back && isBack) return { step: back, reason: `back at ${home}, where the request began` };
  return { step: latest, reason: 'the latest end' };
}

/** What a clock that is behind puts first is not the first if something else caused it. */
function firstOf(drafts: readonly StepDraft[], isCandidate: (draft: StepDraft) => boolean): StepDraft | null {
  const begins = (draft: StepDraft) => draft.entry ?? endTime(draft)!;
  let first: StepDraft | null = null;
  let root: StepDraft | null = null;
  for (const draft of drafts) {
    if (!isCandidate(draft)) continue;
    if (!first || begins(draft) < begins(first)) first = draft;
    if ((!root || begins(draft) < begins(root)) && isRoot(draft)) root = draft;
  }
  return root ?? first;
}

function isRoot({ firstLink }: StepDraft): boolean {
  for (let link = firstLink; link !== null; link = link.next) if (!link.to.isPlaceholder) return false;
  return true;
}

/** Later end by logged stamps (an inferred one is its neighbour's), then later start, then key. */
const compareEnds = (a: StepDraft, b: StepDraft, ordered: OrderedRecords): number =>
  lastLogged(a, ordered)! - lastLogged(b, ordered)! || (a.entry ?? 0) - (b.entry ?? 0) || (a.key < b.key ? -1 : 1);

/** Whether another service causally precedes a step. */
function cameFromElsewhere(step: StepDraft, home: string, count: number): boolean {
  const seen = uint8Column(count);
  seen[step.index] = 1;
  const open = [step];
  for (let draft = open.pop(); draft; draft = open.pop()) {
    const service = draft.isPlaceholder ? home : draft.service;
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
