import type { LinkEvidence } from '../../model/trace';
import { bucketsOf } from '../buckets';
import { int32Column, uint8Column } from '../columns';
import type { NoteDraft } from '../notes/noteDraft';
import { linksOf, removeLinks, type StepDraft } from '../steps/stepDraft';

/**
 * Steps in causal order (previous steps and enclosers first). Where links form a cycle, an inferred one is taken back, else a
 * joined one: what the log states stands. If all are stated, the member that begins first loses its link to the one before it in
 * the cycle, with a note: something must have come first.
 *
 * Kahn's algorithm; when it stalls, a walk back along unfinished links finds a cycle, and goes on from what is left of
 * it when it stalls again.
 *
 * @param drafts all steps, each at its index
 */
export function causalOrder(drafts: readonly StepDraft[], notes: NoteDraft[]): StepDraft[] {
  const open = int32Column(drafts.length);
  let linkCount = 0;
  for (let index = 0; index < drafts.length; index++) {
    for (let link = drafts[index]!.firstLink; link !== null; link = link.next) open[index]!++;
    linkCount += open[index]!;
  }
  const causes = int32Column(linkCount);
  const effects = int32Column(linkCount);
  for (let index = 0, place = 0; index < drafts.length; index++) {
    for (let link = drafts[index]!.firstLink; link !== null; link = link.next) {
      causes[place] = link.to.index;
      effects[place++] = index;
    }
  }
  const followers = bucketsOf(causes, drafts.length);
  // Of its full length from the start: a list that grows is copied many times.
  const order = new Array<StepDraft>(drafts.length);
  let found = 0;
  const done = uint8Column(drafts.length);
  for (let index = 0; index < drafts.length; index++) if (open[index] === 0) enqueue(drafts[index]!);
  const walk: StepDraft[] = [];
  const placeInWalk = int32Column(drafts.length).fill(-1);
  for (let taken = 0, waiting = 0; ; ) {
    for (; taken < found; taken++) {
      const cause = order[taken]!.index;
      for (let at = followers.first[cause]!; at < followers.first[cause + 1]!; at++) {
        const effect = effects[followers.places[at]!]!;
        if (effect >= 0) countDown(effect);
      }
    }
    while (waiting < drafts.length && done[waiting]) waiting++;
    if (waiting === drafts.length) return order;
    cut(cycleFrom(drafts[waiting]!));
  }

  function countDown(effect: number) {
    if (--open[effect]! === 0 && done[effect] === 0) enqueue(drafts[effect]!);
  }

  function enqueue(draft: StepDraft) {
    done[draft.index] = 1;
    order[found++] = draft;
  }

  /** Members of a cycle, each linked to the next. */
  function cycleFrom(start: StepDraft): StepDraft[] {
    while (walk.length > 0 && done[walk.at(-1)!.index]) stepBack();
    for (let draft = stepBack() ?? start; ; draft = linksOf(draft).find(({ to }) => !done[to.index])!.to) {
      const seen = placeInWalk[draft.index]!;
      if (seen >= 0) return walk.slice(seen);
      placeInWalk[draft.index] = walk.length;
      walk.push(draft);
    }
  }

  function stepBack(): StepDraft | undefined {
    const last = walk.pop();
    if (last) placeInWalk[last.index] = -1;
    return last;
  }

  function cut(cycle: StepDraft[]) {
    const nextOf = (at: number) => cycle[(at + 1) % cycle.length]!;
    const weakest = (evidence: LinkEvidence) =>
      cycle.findIndex((step, at) => linksOf(step).some(link => link.to === nextOf(at) && link.evidence === evidence));
    const inferred = weakest('inferred');
    const guessed = inferred >= 0 ? inferred : weakest('joined');
    const firstAt = guessed >= 0 ? guessed : cycle.reduce((a, b, at) => (begins(b, cycle[a]!) ? at : a), 0);
    const [first, next] = [cycle[firstAt]!, nextOf(firstAt)];
    const cutLinks = removeLinks(first, next);
    for (let at = followers.first[next.index]!; at < followers.first[next.index + 1]!; at++) {
      const place = followers.places[at]!;
      if (effects[place] === first.index) effects[place] = -1;
    }
    while (walk.at(-1) !== first) stepBack();
    if (guessed < 0) notes.push({ kind: 'cycle', steps: cycle, about: next.stepId ?? next.key });
    // It may be linked to the other twice: by the step's ID and by a message's.
    for (let link = 0; link < cutLinks; link++) countDown(first.index);
  }
}

const begins = (a: StepDraft, b: StepDraft): boolean => {
  const [at, bt] = [a.entry ?? Number.POSITIVE_INFINITY, b.entry ?? Number.POSITIVE_INFINITY];
  return at < bt || (at === bt && (a.records[0] ?? -1) < (b.records[0] ?? -1));
};
