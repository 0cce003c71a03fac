import { useCallback, useEffect, useReducer, useState } from 'preact/hooks';
import type { TraceRows } from './listRows';
import { keep, recall } from './pageMemory';

interface Selected {
  index: number;
  /** `null` until the row has come. What is selected is the trace; its place changes as the list does. */
  id: string | null;
}

interface Options {
  rows: TraceRows;
  /** Grows when rows have come. */
  version: number;
  /** Names the list: what is selected in one is looked for in the next. */
  list: number;
}

export function useSelection({ rows, version, list }: Options) {
  const [selected, setSelected] = useState<Selected | null>(recall().selected ?? null);
  const [revealed, reveal] = useReducer<number, void>(count => count + 1, 0);

  const select = useCallback(
    (index: number) => setSelected({ index, id: rows.at(index)?.correlationId ?? null }),
    [rows],
  );

  // A list that was sorted or read anew: the selection goes with its trace, as far as that is at hand.
  useEffect(() => {
    if (selected === null) return;
    const here = rows.at(selected.index)?.correlationId;
    if (here === undefined || here === selected.id) return;
    if (selected.id === null) setSelected({ ...selected, id: here });
    else {
      const index = rows.indexOf(selected.id);
      setSelected(index === null ? null : { index, id: selected.id });
      if (index !== null) reveal();
    }
  }, [selected, rows, version, list]);

  useEffect(() => keep({ selected: selected?.id ? { id: selected.id, index: selected.index } : null }), [selected]);

  return { index: selected?.index ?? null, revealed, select };
}
