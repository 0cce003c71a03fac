import type { PreviousPointer } from '../../model/logRecord';
import { logOf } from '../../model/logRecord';
import type { NoteDraft } from '../notes/noteDraft';
import type { OrderedRecords } from '../records/orderRecords';
import { pointerMeanings } from '../records/stepPointers';
import type { GroupedSteps } from '../steps/groupSteps';
import { addLink, endTime, newDraft, type StepDraft, startTime } from '../steps/stepDraft';
import { SharedIds } from './sharedIds';

/**
 * Resolves the stated pointers of every step. One that names a message or a tool call leads to the step that had it, one
 * whose step is not in the logs to a placeholder; one that names the correlation itself marks a root.
 *
 * @param grouped what the pointers name; nobody names a step that became an attempt of another (see `mergeRetries`)
 * @returns placeholders for the steps that are named but not logged
 */
export function linkStated(
  drafts: readonly StepDraft[],
  grouped: GroupedSteps,
  isRootPointer: (id: string) => boolean,
  ordered: OrderedRecords,
  notes: NoteDraft[],
): StepDraft[] {
  const placeholders = new Map<string, StepDraft>();
  const shared = new SharedIds(drafts, ordered);
  let ambiguousEncloses: ((draft: StepDraft) => boolean) | null = null;
  const encloses = (draft: StepDraft, meaning: PreviousPointer['meaning']) => {
    if (meaning !== 'either') return meaning === 'encloses';
    ambiguousEncloses ??= decideAmbiguous(drafts, grouped, ordered);
    return ambiguousEncloses(draft);
  };

  const linkAsStated = (draft: StepDraft, to: StepDraft, meaning: PreviousPointer['meaning']): void => {
    const isInside = encloses(draft, meaning) && !startsAfter(draft, to);
    addLink(draft, to, isInside ? 'encloses' : 'follows', 'stated');
  };
  const linkToUnknown = (draft: StepDraft, { id, meaning }: PreviousPointer): void => {
    if (isRootPointer(id)) return;
    const joined = shared.stepOf(id, draft);
    if (joined) {
      addLink(draft, joined, 'follows', 'joined');
      return;
    }
    const placeholder = placeholders.get(id) ?? newDraft(0, `?${id}`, id);
    placeholders.set(id, placeholder);
    notes.push({ kind: 'missingPrevious', steps: [draft], about: id });
    linkAsStated(draft, placeholder, meaning);
  };
  for (let place = 0; place < drafts.length; place++) {
    const draft = drafts[place]!;
    const count = pointerCount(draft, grouped);
    for (let at = 0; at < count; at++) {
      const to = namedStep(draft, at, grouped);
      if (to === draft) {
        const { id } = draft.pointers[at]!;
        if (!isRootPointer(id)) notes.push({ kind: 'cycle', steps: [draft], about: id });
        continue;
      }
      if (to) linkAsStated(draft, to, meaningOf(draft, at, grouped));
      else linkToUnknown(draft, draft.pointers[at]!);
    }
  }
  return [...placeholders.values()];
}

/** Asked here, a step's list of pointers is not fetched from memory. A made-up step has none. */
const pointerCount = ({ index, stepId }: StepDraft, { count }: GroupedSteps): number =>
  stepId === null ? 0 : count[index]!;

/** The step that a pointer names by its ID. */
function namedStep({ index }: StepDraft, pointer: number, { steps, first, named }: GroupedSteps): StepDraft | null {
  const place = named[first[index]! + pointer]!;
  return place < 0 ? null : steps[place]!;
}

const meaningOf = ({ index }: StepDraft, pointer: number, { first, meanings }: GroupedSteps) =>
  pointerMeanings[meanings[first[index]! + pointer]!]!;

/** A child that begins at or after its parent's logged end cannot be enclosed by it; an instant may hold an instant. */
function startsAfter(child: StepDraft, parent: StepDraft): boolean {
  const start = child.entry ?? endTime(child);
  const end = endTime(parent);
  if (start === null || end === null || !parent.releasing?.endLogged) return false;
  return startTime(parent) === end ? start > end : start >= end;
}

/** Names like `parent_id` do not say what they mean: per source, the share of contained intervals does. */
function decideAmbiguous(
  drafts: readonly StepDraft[],
  grouped: GroupedSteps,
  ordered: OrderedRecords,
): (draft: StepDraft) => boolean {
  const logOfStep = (draft: StepDraft) => logOf(ordered.records[draft.records[0] ?? draft.handoffs[0]!]!.location);
  const shares = new Map<string, { contained: number; all: number }>();
  for (const draft of drafts) {
    for (let at = 0; at < draft.pointers.length; at++) {
      if (meaningOf(draft, at, grouped) !== 'either') continue;
      const parent = namedStep(draft, at, grouped);
      if (!parent || parent === draft) continue;
      const share = shares.get(logOfStep(draft)) ?? { contained: 0, all: 0 };
      shares.set(logOfStep(draft), share);
      share.all++;
      if (isContained(draft, parent)) share.contained++;
    }
  }
  return draft => {
    const share = shares.get(logOfStep(draft));
    return share !== undefined && share.contained * 2 > share.all;
  };
}

function isContained(child: StepDraft, parent: StepDraft): boolean {
  const [from, to] = [child.entry, endTime(child)];
  const [outerFrom, outerTo] = [parent.entry, endTime(parent)];
  if (from === null || to === null || outerFrom === null || outerTo === null) return false;
  return outerFrom <= from && to <= outerTo && outerTo > outerFrom;
}
