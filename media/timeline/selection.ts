import { useCallback, useEffect, useLayoutEffect, useReducer, useState } from 'preact/hooks';
import type { TraceHeader } from '../../src/common/protocol/logEngine';
import type { TimelineRow } from '../../src/common/timeline/timelineRow';
import type { RowWindows } from '../page/rowWindows';
import type { HostConnection } from './hostConnection';
import { keep, recall } from './pageMemory';

interface Selected {
  index: number;
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
  report: (error: unknown) => void;
}

export function useSelection({ host, trace, asked, rows, version, report }: SelectionOptions) {
  const { traceId, revision, complete, correlationId: query } = trace;
  const [selected, setSelected] = useState<Selected | null>(null);
  const [revealed, reveal] = useReducer<number, void>(count => count + 1, 0);
  const row = selected?.row ?? null;

  const selectIndex = useCallback((index: number) => setSelected({ index, row: rows.at(index) ?? null }), [rows]);
  const goTo = useCallback(
    (index: number) => {
      selectIndex(index);
      reveal();
    },
    [selectIndex],
  );
  /** False where the trace has no such step, or not yet. */
  const selectKey = useCallback(
    async (key: string, scroll = true): Promise<boolean> => {
      const index = await host.locate({ traceId, key });
      if (index === null) return false;
      selectIndex(index);
      if (scroll) reveal();
      return true;
    },
    [host, traceId, selectIndex],
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
    if (key === now.key) return setSelected({ index: selected.index, row: now });
    const index = rows.indexOf(row => row.key === key);
    if (index !== null) selectIndex(index);
    else void selectKey(key, false).then(found => found || setSelected(null));
  }, [selected, rows, version, selectIndex, selectKey]);

  useEffect(() => {
    if (row !== null) keep(query, { selected: row.key });
  }, [row, query]);

  return { index: selected?.index ?? null, row, revealed, selectIndex, selectKey, goTo };
}
