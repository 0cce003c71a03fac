import type { StepKind } from '../../src/common/model/trace';
import type { Arrangement } from '../../src/common/timeline/arrangement';
import type { TimelineRow } from '../../src/common/timeline/timelineRow';
import { inTree, makeRow } from '../ui/timelinePage/traces';

/** Rows `r0`, `r1` …, each in its place in the tree. */
export function makeRows(given: readonly Partial<TimelineRow>[]): TimelineRow[] {
  return inTree(
    given.map((row, index) => makeRow({ key: `r${index}`, number: String(index + 1), label: 'Step', ...row })),
  );
}

const kinds: readonly StepKind[] = ['llm', 'tool', 'agent', 'work', 'work', 'plumbing', 'context', 'observability'];

/** Rows and an arrangement of them, always the same for a seed. */
export function randomRows(seed: number): { rows: TimelineRow[]; arrangement: Arrangement } {
  let state = seed * 2_654_435_761 + 1;
  const below = (limit: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  let depth = 0;
  const rows = makeRows(
    Array.from({ length: 1 + below(40) }, (_, at) => {
      depth = at === 0 ? 0 : Math.max(0, depth + below(4) - 2 + (below(6) === 0 ? 1 : 0));
      const startMs = below(10) === 0 ? null : below(1000);
      const endMs = startMs === null ? null : startMs + below(100);
      const failed = below(8) === 0;
      return {
        kind: kinds[below(kinds.length)]!,
        depth,
        startMs,
        endMs,
        status: failed ? ('failed' as const) : ('ok' as const),
        errors: failed && startMs !== null ? below(3) : 0,
        path:
          startMs !== null && endMs !== null && below(2) === 0
            ? [{ kind: below(2) === 0 ? ('run' as const) : ('wait' as const), startMs, endMs }]
            : [],
      };
    }),
  );
  const some = () => rows.filter(() => below(4) === 0).map(({ key }) => key);
  const arrangement = {
    lens: below(3) > 0,
    level: below(2) === 0 ? null : below(4),
    closed: some(),
    opened: some(),
    openRuns: some(),
  };
  return { rows, arrangement };
}
