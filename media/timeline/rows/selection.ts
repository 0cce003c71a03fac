import { useCallback, useEffect, useLayoutEffect, useReducer, useState } from 'preact/hooks';
import type { TraceHeader } from '../../../src/common/protocol/logEngine';
import type { TimelineRow } from '../../../src/common/timeline/timelineRow';
import type { RowWindows } from '../../page/rowWindows';
import type { HostConnection } from '../hostConnection';
import { keep, recall } from '../pageMemory';

/** A step by its row among all, or the run of plumbing that begins with it. */
export interface ListedStep {
  index: number;
  run: boolean;
}

interface Selected extends ListedStep {
  /** `null` until the row has come. What is selected is the step; its index changes as a trace grows. */
  row: TimelineRow | null;
}

interface SelectionOptions {
  host: HostConnection;
  trace: TraceHeader;
  /** The step that the extension wants selected. */
  asked: string | null;
  rows: RowWindows<TimelineRow>;
  version: number;
  /** Sees to it that a row is not hidden. */
  open: (row: number) => Promise<void>;
  report: (error: unknown) => void;
}

export function useSelection({ host, trace, asked, rows, version, open, report }: SelectionOptions) {
  const { traceId, revision, complete, correlationId: query } = trace;
  const [selected, setSelected] = useState<Selected | null>(null);
  const [revealed, reveal] = useReducer<number, void>(count => count + 1, 0);
  const row = selected?.row ?? null;

  const select = useCallback(
    ({ index, run }: ListedStep) => setSelected({ index, run, row: rows.at(index) ?? null }),
    [rows],
  );
  const goTo = useCallback(
    async (index: number) => {
      await open(index);
      select({ index, run: false });
      reveal();
    },
    [select, open],
  );
  /** Shows where a step is, or what it is folded into. */
  const point = useCallback(
    (index: number) => {
      select({ index, run: false });
      reveal();
    },
    [select],
  );
  /** False where the trace has no such step, or not yet. */
  const selectKey = useCallback(
    async (key: string, scroll = true): Promise<boolean> => {
      const index = await host.locate({ traceId, key });
      if (index === null) return false;
      if (scroll) await goTo(index);
      else select({ index, run: false });
      return true;
    },
    [host, traceId, select, goTo],
  );

  // What the extension asks for, once; else what was selected before the page was hidden. As soon as the trace has it.
  useEffect(() => {
    const memory = recall(query);
    const isNew = asked !== null && asked !== memory.asked;
    const wanted = isNew ? asked : row === null ? memory.selected : null;
    if (wanted === null) return;
    void selectKey(wanted, isNew).then(found => {
      if (!isNew || !(found || complete)) return;
      keep(query, { asked });
      if (!found) report(new Error(`The trace has no step “${wanted}”: the logs may have changed since.`));
    });
  }, [asked, traceId, revision]);

  // Before anything is drawn: nobody sees another row selected meanwhile.
  useLayoutEffect(() => {
    const now = selected && rows.at(selected.index);
    if (!now || now === selected.row) return;
    const key = selected.row?.key ?? now.key;
    if (key === now.key) return setSelected({ ...selected, row: now });
    const index = rows.indexOf(row => row.key === key);
    if (index !== null) select({ index, run: selected.run });
    else void selectKey(key, false).then(found => found || setSelected(null));
  }, [selected, rows, version, select, selectKey]);

  useEffect(() => {
    if (row !== null) keep(query, { selected: row.key });
  }, [row, query]);

  return { selected, row, revealed, select, selectKey, goTo, point };
}
