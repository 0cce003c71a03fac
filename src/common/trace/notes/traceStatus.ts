import type { TraceStatus } from '../../model/trace';
import type { OrderedRecords } from '../records/orderRecords';
import { isPlumbing } from '../records/stepKind';
import { attemptsOf, endTime, hasSeveralAttempts, lastSign, linksOf, type StepDraft } from '../steps/stepDraft';

/**
 * `failed`: the end step failed, or a step that is no plumbing failed and no such step starts after it. `recovered`: a
 * failure, of a step or of an attempt, was handled and the end was reached. A trace whose end step never ended is
 * `unknown`, whatever was handled before.
 */
export function traceStatus(
  drafts: readonly StepDraft[],
  end: StepDraft | null,
  ordered: OrderedRecords,
): { status: TraceStatus; failed: StepDraft | null } {
  const failures: StepDraft[] = [];
  let isRunning = false;
  let isRetried = false;
  for (let at = 0; at < drafts.length; at++) {
    const draft = drafts[at]!;
    if (!isMain(draft)) continue;
    const { status } = draft.releasing!;
    if (status === 'failed') failures.push(draft);
    isRunning ||= status === 'running';
    isRetried ||= hasSeveralAttempts(draft) && attemptsOf(draft).some(attempt => attempt.status === 'failed');
  }
  failures.sort((a, b) => (lastSign(a, ordered) ?? 0) - (lastSign(b, ordered) ?? 0) || a.records[0]! - b.records[0]!);
  const goesOnAfter = failures.length > 0 ? continuation(drafts.filter(isMain), ordered) : null;
  const unhandled = failures.find(failure => failure === end || !goesOnAfter?.(failure));
  if (unhandled) return { status: 'failed', failed: originOf(unhandled, failures) };
  if (isRunning) return { status: 'running', failed: null };
  // Without times nothing says which step is the last: all that nothing follows must have ended well.
  const last = end ? [end] : withoutFollower(drafts.filter(isMain));
  if (!last.every(draft => draft.releasing?.status === 'ok')) return { status: 'unknown', failed: null };
  return { status: failures.length > 0 || isRetried ? 'recovered' : 'ok', failed: null };
}

const isMain = ({ releasing, kind }: StepDraft): boolean => releasing !== null && !isPlumbing(kind);

/** Whether a step begins at or after another's end, or, where a time is missing, is stated to follow it. */
function continuation(main: readonly StepDraft[], ordered: OrderedRecords): (failure: StepDraft) => boolean {
  const begins = (draft: StepDraft) => draft.entry ?? endTime(draft) ?? Number.NEGATIVE_INFINITY;
  let latest: StepDraft | undefined;
  let second: StepDraft | undefined;
  for (const draft of main) {
    if (!latest || begins(draft) > begins(latest)) [latest, second] = [draft, latest];
    else if (!second || begins(draft) > begins(second)) second = draft;
  }
  let followed: ReadonlySet<StepDraft> | null = null;
  return failure => {
    const end = lastSign(failure, ordered);
    if (end === null) {
      followed ??= followedSteps(main);
      return followed.has(failure);
    }
    const other = failure === latest ? second : latest;
    return other !== undefined && begins(other) >= end;
  };
}

function withoutFollower(main: readonly StepDraft[]): StepDraft[] {
  const followed = followedSteps(main);
  return main.filter(draft => !followed.has(draft));
}

function followedSteps(main: readonly StepDraft[]): Set<StepDraft> {
  const followed = new Set<StepDraft>();
  for (const step of main) for (const { to, meaning } of linksOf(step)) if (meaning === 'follows') followed.add(to);
  return followed;
}

/** Where a failure began: inside the step that failed, as deep as steps that it encloses had failed before it. */
function originOf(failure: StepDraft, failures: readonly StepDraft[]): StepDraft {
  const inside = new Map<StepDraft, StepDraft>();
  for (const draft of [...failures].reverse()) {
    for (const { to, meaning } of linksOf(draft)) if (meaning === 'encloses') inside.set(to, draft);
  }
  let origin = failure;
  for (let next = inside.get(origin); next; next = inside.get(origin)) origin = next;
  return origin;
}
