import type { TraceStatus } from '../model/trace';
import type { OrderedRecords } from './orderRecords';
import { entryTime, lastSign, type StepDraft } from './stepDraft';
import { isPlumbing } from './stepKind';

/**
 * `failed`: the end step failed, or a step that is no plumbing failed and no such step starts after it. `recovered`: a
 * failure was handled.
 */
export function traceStatus(
  drafts: readonly StepDraft[],
  end: StepDraft | null,
  ordered: OrderedRecords,
): { status: TraceStatus; failed: StepDraft | null } {
  const main = drafts.filter(draft => draft.releasing && !isPlumbing(draft.kind));
  const position = (draft: StepDraft) => lastSign(draft, ordered) ?? draft.records.at(-1)!;
  const failures = main
    .filter(draft => draft.releasing!.status === 'failed')
    .sort((a, b) => position(a) - position(b) || a.records[0]! - b.records[0]!);
  const begins = (draft: StepDraft) => entryTime(draft) ?? draft.records[0]!;
  const [latest, second] = [...main].sort((a, b) => begins(b) - begins(a));
  const goesOnAfter = (failure: StepDraft) => {
    const other = failure === latest ? second : latest;
    return other !== undefined && begins(other) >= position(failure);
  };

  const unhandled = failures.find(failure => failure === end || !goesOnAfter(failure));
  if (unhandled) return { status: 'failed', failed: originOf(unhandled, failures) };
  if (main.some(draft => draft.releasing!.status === 'running')) return { status: 'running', failed: null };
  const retried = main.some(draft => draft.attempts.some(attempt => attempt.status === 'failed'));
  const last = end ?? main.at(-1) ?? null;
  if (failures.length > 0 || retried) return { status: 'recovered', failed: null };
  return { status: last?.releasing?.status === 'ok' ? 'ok' : 'unknown', failed: null };
}

/** Where a failure began: back along links as long as the previous step, or a step inside, had failed as well. */
function originOf(failure: StepDraft, failures: readonly StepDraft[]): StepDraft {
  const failed = new Set(failures);
  let origin = failure;
  for (;;) {
    failed.delete(origin);
    const inside = [...failed].find(draft =>
      draft.links.some(link => link.to === origin && link.meaning === 'encloses'),
    );
    const before = inside ?? origin.links.map(({ to }) => to).find(to => failed.has(to));
    if (!before) return origin;
    origin = before;
  }
}
