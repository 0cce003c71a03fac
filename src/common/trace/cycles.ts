import { append } from '../base/groupBy';
import type { NoteDraft } from './noteDraft';
import { entryTime, type StepDraft } from './stepDraft';

/**
 * Steps in causal order (previous steps and enclosers first). Where links form a cycle, an inferred one is taken back:
 * what the log states stands. If all are stated, the member that begins first loses its link to the one before it in
 * the cycle, with a note: something must have come first.
 *
 * Kahn's algorithm; when it stalls, a walk back along unfinished links finds a cycle.
 */
export function causalOrder(drafts: readonly StepDraft[], notes: NoteDraft[]): StepDraft[] {
  const followers = new Map<StepDraft, StepDraft[]>();
  const open = new Map<StepDraft, number>();
  for (const draft of drafts) {
    open.set(draft, draft.links.length);
    for (const { to } of draft.links) {
      append(followers, to, draft);
    }
  }
  const order = drafts.filter(draft => open.get(draft) === 0);
  const done = new Set(order);
  const waiting = drafts.filter(draft => open.get(draft) !== 0);
  let nextWaiting = 0;
  for (let taken = 0; ; ) {
    while (taken < order.length) {
      for (const follower of followers.get(order[taken++]!) ?? []) countDown(follower);
    }
    while (nextWaiting < waiting.length && done.has(waiting[nextWaiting]!)) nextWaiting++;
    if (nextWaiting === waiting.length) return order;
    cut(cycleFrom(waiting[nextWaiting]!));
  }

  function countDown(draft: StepDraft) {
    const count = open.get(draft)! - 1;
    open.set(draft, count);
    if (count > 0 || done.has(draft)) return;
    done.add(draft);
    order.push(draft);
  }

  /** Members of a cycle, each linked to the next. */
  function cycleFrom(start: StepDraft): StepDraft[] {
    const position = new Map<StepDraft, number>();
    const walk: StepDraft[] = [];
    for (let draft = start; ; ) {
      const seen = position.get(draft);
      if (seen !== undefined) return walk.slice(seen);
      position.set(draft, walk.length);
      walk.push(draft);
      draft = draft.links.find(({ to }) => !done.has(to))!.to;
    }
  }

  function cut(cycle: StepDraft[]) {
    const nextOf = (draft: StepDraft) => cycle[(cycle.indexOf(draft) + 1) % cycle.length]!;
    const guessed = cycle.find(draft =>
      draft.links.some(link => link.to === nextOf(draft) && link.evidence === 'inferred'),
    );
    const first = guessed ?? cycle.reduce((a, b) => (begins(b, a) ? b : a));
    const next = nextOf(first);
    first.links = first.links.filter(({ to }) => to !== next);
    followers.set(
      next,
      followers.get(next)!.filter(step => step !== first),
    );
    if (!guessed) notes.push({ kind: 'cycle', steps: cycle, about: next.stepIds[0] ?? next.key });
    countDown(first);
  }
}

const begins = (a: StepDraft, b: StepDraft): boolean => {
  const [at, bt] = [entryTime(a) ?? Number.POSITIVE_INFINITY, entryTime(b) ?? Number.POSITIVE_INFINITY];
  return at < bt || (at === bt && (a.records[0] ?? -1) < (b.records[0] ?? -1));
};
