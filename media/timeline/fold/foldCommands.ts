import { useCallback, useRef } from 'preact/hooks';
import type { TraceHeader } from '../../../src/common/protocol/logEngine';
import type { Arrangement } from '../../../src/common/timeline/arrangement';
import { entryOf } from '../../../src/common/timeline/arrangement';
import type { TimelineRow } from '../../../src/common/timeline/timelineRow';
import type { HostConnection } from '../hostConnection';
import { beginWith } from '../pageMemory';
import type { ListedStep } from '../rows/selection';
import { listedStep } from '../rows/shownRows';
import type { FoldCommands } from './foldActions';
import { type Folding, levelChanges, turned } from './folding';
import { useFoldKeys } from './foldKeys';

interface FoldCommandsOptions {
  host: HostConnection;
  trace: TraceHeader;
  folding: Folding;
  /** False while something else decides what is shown. */
  enabled: boolean;
  selected: ListedStep | null;
  select: (step: ListedStep) => void;
  report: (error: unknown) => void;
}

/** Folds: what hides the selected step is selected in its stead. */
export function useFoldCommands({ host, trace, folding, enabled, select, report, ...now }: FoldCommandsOptions) {
  const { arrangement, change } = folding;
  const latest = useRef(now);
  latest.current = now;
  const fold = useCallback(
    async (next: (now: Arrangement) => Arrangement) => {
      const entries = await change(next);
      const { selected } = latest.current;
      if (entries === undefined || !selected) return;
      const place = entries ? entryOf(entries, selected.index) : null;
      if (!entries) select({ ...selected, run: false });
      else if (place !== null && entries.starts[place] !== selected.index) select(listedStep(entries, place));
    },
    [change, select],
  );
  const foldRow = useCallback((row: TimelineRow) => void fold(turned(row)), [fold]);

  const { levels, plumbing } = trace;
  const commands: FoldCommands = {
    lens: plumbing > 0 ? arrangement.lens : null,
    toggleLens: () => {
      const lens = !arrangement.lens;
      beginWith({ lens });
      host.lens({ on: lens }).catch(report);
      void fold(now => ({ ...now, lens }));
    },
    levels:
      levels > 0
        ? {
            collapse: () => void fold(levelChanges.collapse(levels)),
            collapseAll: () => void fold(levelChanges.collapseAll),
            expand: () => void fold(levelChanges.expand(levels)),
            expandAll: () => void fold(levelChanges.expandAll),
          }
        : null,
  };
  useFoldKeys(enabled ? commands : null);
  return { commands, foldRow: enabled ? foldRow : null };
}
