import { useCallback, useEffect, useReducer, useState } from 'preact/hooks';
import type { TimelineRow } from '../../src/common/timeline/timelineRow';
import type { HostConnection } from './hostConnection';
import type { RowWindows } from './rowWindows';

interface Selected {
  index: number;
  /** `null` until the row has come. What is selected is the step; its index changes as a trace grows. */
  row: TimelineRow | null;
}

interface SelectionOptions {
  host: HostConnection;
  traceId: string;
  rows: RowWindows;
  version: number;
}

export function useSelection({ host, traceId, rows, version }: SelectionOptions) {
  const [selected, setSelected] = useState<Selected | null>(null);
  const [revealed, reveal] = useReducer<number, void>(count => count + 1, 0);

  const selectIndex = useCallback((index: number) => setSelected({ index, row: rows.at(index) ?? null }), [rows]);
  const selectKey = useCallback(
    (key: string, scroll = true) => {
      void host.locate({ traceId, key }).then(index => {
        if (index === null) return;
        selectIndex(index);
        if (scroll) reveal();
      });
    },
    [host, traceId, selectIndex],
  );

  useEffect(() => {
    const now = selected && rows.at(selected.index);
    if (!now || now === selected.row) return;
    if (selected.row === null || selected.row.key === now.key) setSelected({ index: selected.index, row: now });
    else selectKey(selected.row.key, false);
  }, [selected, rows, version, selectKey]);

  return { index: selected?.index ?? null, row: selected?.row ?? null, revealed, selectIndex, selectKey };
}
