import { append } from '../../base/groupBy';
import type { OrderedRecords } from '../records/orderRecords';
import { settle } from './attempts';
import type { GroupedSteps } from './groupSteps';
import { measureAttempt } from './measureAttempt';
import { attemptsOf, firstOf, lastSign, newAttempt, notAfter, type StepDraft, setAttempts } from './stepDraft';

/**
 * A retry that got a new step ID: the same previous steps, type and input, begun after a failure that nothing
 * followed. It is another attempt of the failed step, not a fork.
 *
 * @returns the steps that are left
 */
export function mergeRetries(
  { steps: drafts, anyFailed }: GroupedSteps,
  ordered: OrderedRecords,
): readonly StepDraft[] {
  if (!anyFailed) return drafts;
  const named = new Set<string>();
  for (const { pointers } of drafts) for (const { id } of pointers) named.add(id);
  const goes = new Map<string, StepDraft[]>();
  const failedTypes = new Set(drafts.filter(gaveUp).map(({ stepType }) => stepType));
  for (const draft of drafts) {
    if (draft.pointers.length === 0 || draft.stepType === null || !failedTypes.has(draft.stepType)) continue;
    const previous = draft.pointers.map(({ id }) => id).sort();
    const input = firstOf(draft, ordered.records, record => record.input);
    const identity = JSON.stringify([previous, draft.stepType, input]);
    append(goes, identity, draft);
  }
  const merged = new Set<StepDraft>();
  for (const list of goes.values()) {
    list.sort((a, b) => (a.entry ?? 0) - (b.entry ?? 0));
    for (let at = 1; at < list.length; at++) {
      const [before, after] = [list[at - 1]!, list[at]!];
      const isFree = gaveUp(before) && !named.has(before.stepId!);
      const over = lastSign(before, ordered);
      const begun = after.entry;
      if (!isFree || over === null || begun === null || !notAfter(over, begun, ordered.ticks[after.records[0]!]))
        continue;
      absorb(after, before, ordered);
      merged.add(before);
    }
  }
  return merged.size === 0 ? drafts : drafts.filter(draft => !merged.has(draft));
}

const gaveUp = (draft: StepDraft): boolean => draft.releasing?.status === 'failed';

/** The later go keeps its ID as the step's key: it is the one that others name. */
function absorb(step: StepDraft, earlier: StepDraft, ordered: OrderedRecords): void {
  // An only attempt is the step's draft, whose records are now to be those of several.
  const own = step.firstAttempt === step ? [measureAttempt(newAttempt(step.records), ordered)] : attemptsOf(step);
  setAttempts(step, [...attemptsOf(earlier), ...own]);
  step.records = [...earlier.records, ...step.records].sort((a, b) => a - b);
  step.handoffs = [...earlier.handoffs, ...step.handoffs].sort((a, b) => a - b);
  step.attributes = null;
  settle(step, ordered);
}
