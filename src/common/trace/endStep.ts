import type { OrderedRecords } from './orderRecords';
import { endTime, entryTime, lastLogged, type StepDraft } from './stepDraft';
import { isPlumbing } from './stepKind';

/**
 * The step at whose end the request counts as done: the first service's last step where the flow came back to it, else
 * the latest end. Late side work (observability, audit) is no end.
 */
export function chooseEnd(
  drafts: readonly StepDraft[],
  ordered: OrderedRecords,
): { step: StepDraft; reason: string } | null {
  const timed = drafts.filter(draft => lastLogged(draft, ordered) !== null && draft.releasing !== null);
  if (timed.length === 0) return null;
  const main = timed.filter(draft => !isPlumbing(draft.kind));
  const candidates = main.length > 0 ? main : timed;

  const first = candidates.reduce((a, b) => ((entryTime(b) ?? endTime(b)!) < (entryTime(a) ?? endTime(a)!) ? b : a));
  const home = first.service;
  const back = latestOf(
    candidates.filter(draft => draft.service === home),
    ordered,
  );
  const over = back && lastLogged(back, ordered)!;
  const unfinished = (draft: StepDraft) =>
    (draft.releasing!.status === 'failed' || endTime(draft) === null) && lastLogged(draft, ordered)! > over!;
  if (back && home !== null && cameFromElsewhere(back, home) && !candidates.some(unfinished)) {
    return { step: back, reason: `the flow came back to ${home}` };
  }
  return { step: latestOf(candidates, ordered)!, reason: 'the latest end' };
}

function latestOf(drafts: readonly StepDraft[], ordered: OrderedRecords): StepDraft | null {
  let latest: StepDraft | null = null;
  for (const draft of drafts) {
    if (!latest || compareEnds(draft, latest, ordered) > 0) latest = draft;
  }
  return latest;
}

/** Later end by logged stamps (an inferred one is its neighbour's), then later start, then key. */
const compareEnds = (a: StepDraft, b: StepDraft, ordered: OrderedRecords): number =>
  lastLogged(a, ordered)! - lastLogged(b, ordered)! ||
  (entryTime(a) ?? 0) - (entryTime(b) ?? 0) ||
  (a.key < b.key ? -1 : 1);

/** Whether another service causally precedes a step. */
function cameFromElsewhere(step: StepDraft, home: string): boolean {
  const seen = new Set([step]);
  const open = [step];
  for (let draft = open.pop(); draft; draft = open.pop()) {
    const service = draft.placeholder ? home : draft.service;
    if (service !== null && service !== home) return true;
    for (const { to } of draft.links) {
      if (seen.has(to)) continue;
      seen.add(to);
      open.push(to);
    }
  }
  return false;
}
