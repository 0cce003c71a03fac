import type { TraceSummaryDocument } from '../../src/common/protocol/documents';

/** A duration beside the longest of the list. Without a time there is no bar: an empty one would say "short". */
export function DurationBar({ trace, longestMs }: { trace: TraceSummaryDocument; longestMs: number | null }) {
  const { durationMs, status } = trace;
  if (durationMs === null || longestMs === null) return null;
  const share = longestMs === 0 ? 0 : Math.min(1, durationMs / longestMs);
  return (
    <span class="duration-track" aria-hidden="true">
      <span
        class={status === 'running' ? 'duration-bar open' : 'duration-bar'}
        style={{ width: `${(share * 100).toFixed(2)}%` }}
      />
    </span>
  );
}
