import { endTime, lastLogged, type StepDraft } from './stepDraft';
import { isPlumbing } from './stepKind';

/**
 * The step at whose end the request counts as done: the first service's last step where the flow came back to it, else
 * the latest end. Late side work (observability, audit) is no end.
 *
 * @param drafts all steps, each at its index
 */
export function chooseEnd(drafts: readonly StepDraft[]): { step: StepDraft; reason: string } | null {
  const timed = drafts.filter(draft => lastLogged(draft) !== null && draft.releasing !== null);
  if (timed.length === 0) return null;
  const main = timed.filter(draft => !isPlumbing(draft.kind));
  const candidates = main.length > 0 ? main : timed;

  // What a clock that is behind puts first is not the first if something else caused it.
  const roots = candidates.filter(isRoot);
  const first = (roots.length > 0 ? roots : candidates).reduce((a, b) =>
    (b.entry ?? endTime(b)!) < (a.entry ?? endTime(a)!) ? b : a,
  );
  const home = first.service;
  const back = latestOf(candidates.filter(draft => draft.service === home));
  const over = back && lastLogged(back)!;
  const unfinished = (draft: StepDraft) =>
    (draft.releasing!.status === 'failed' || endTime(draft) === null) && lastLogged(draft)! > over!;
  const isBack = back && home !== null && !candidates.some(unfinished) && cameFromElsewhere(back, home, drafts.length);
  if (isBack) {
    return { step: back, reason: `the flow came back to ${home}` };
  }
  return { step: latestOf(candidates)!, reason: 'the latest end' };
}

function isRoot({ links }: StepDraft): boolean {
  for (const { to } of links) if (!to.placeholder) return false;
  return true;
}

function latestOf(drafts: readonly StepDraft[]): StepDraft | null {
  let latest: StepDraft | null = null;
  for (const draft of drafts) {
    if (!latest || compareEnds(draft, latest) > 0) latest = draft;
  }
  return latest;
}

/** Later end by logged stamps (an inferred one is its neighbour's), then later start, then key. */
const compareEnds = (a: StepDraft, b: StepDraft): number =>
  lastLogged(a)! - lastLogged(b)! || (a.entry ?? 0) - (b.entry ?? 0) || (a.key < b.key ? -1 : 1);

/** Whether another service causally precedes a step. */
function cameFromElsewhere(step: StepDraft, home: string, count: number): boolean {
  const seen = new Uint8Array(count);
  seen[step.index] = 1;
  const open = [step];
  for (let draft = open.pop(); draft; draft = open.pop()) {
    const service = draft.placeholder ? home : draft.service;
    if (service !== null && service !== home) return true;
    for (const { to } of draft.links) {
      if (seen[to.index]) continue;
      seen[to.index] = 1;
      open.push(to);
    }
  }
  return false;
}
