import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { defaultQuery, type TraceQuery, type TracesState } from '../../src/common/protocol/tracesProtocol';
import { counted, formatBytes } from '../page/format';
import { Problem } from '../page/problem';
import { Progress } from '../page/progress';
import { useProblem } from '../page/useProblem';
import { vscode } from '../page/vscodeApi';
import { connectHost } from './hostConnection';
import { useListRows } from './listRows';
import { Empty, NoList, Outdated } from './messages';
import { keep, recall } from './pageMemory';
import { QueryBox } from './queryBox';
import { useSelection } from './selection';
import { useSimilar } from './similar';
import { Summary } from './summary';
import { Table } from './table';

const before: TracesState = {
  query: recall().query ?? defaultQuery,
  list: null,
  reading: { progress: null },
  problem: null,
};

/** The *Traces* view: a box for a query, and the list of what fits it. */
export function App() {
  const [state, setState] = useState<TracesState>(before);
  const { problem: fault, report, close } = useProblem();
  const input = useRef<HTMLInputElement>(null);
  const host = useMemo(() => connectHost(vscode, { show: setState }), []);
  const { query, list, reading, problem } = state;
  const similar = useSimilar(list, host);
  const { rows, count, version } = useListRows(host, list, similar, report);
  const { index, revealed, select } = useSelection({ rows, version, list: list?.revision ?? -1 });

  useEffect(() => {
    host.ready(recall().query ?? null).then(setState, report);
  }, [host, report]);
  useEffect(() => {
    if (state !== before) keep({ query });
  }, [state, query]);

  const ask = useCallback(
    (change: Partial<TraceQuery>) => void host.tell('ask', { ...query, ...change }),
    [host, query],
  );
  const open = useCallback(
    (at: number, preview: boolean) => {
      const trace = rows.at(at);
      if (trace) void host.tell('open', { text: trace.correlationId, preview });
    },
    [host, rows],
  );
  const keepScroll = useCallback((scrollTop: number) => list && keep({ scrollTop }), [list === null]);
  /** Keys of VS Code's own lists. */
  const onKeyDown = (event: KeyboardEvent) => {
    const trace = index === null ? undefined : rows.at(index);
    const key = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey ? event.key.toLowerCase() : '';
    if (key === 'f') input.current?.focus();
    else if (key === 'c' && trace && event.target !== input.current)
      void host.tell('copy', { correlationId: trace.correlationId });
    else return;
    event.preventDefault();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of what is selected, wherever the focus is
    <div class="view" onKeyDown={onKeyDown}>
      <h1 class="spoken">Traces</h1>
      <QueryBox filter={query.filter} input={input} ask={filter => ask({ filter })} />
      {reading && (
        <Progress
          label="Reading log files"
          share={reading.progress?.bytesTotal ? reading.progress.bytesRead / reading.progress.bytesTotal : null}
          text={readingText(reading)}
          cancel={() => void host.tell('cancel')}
        />
      )}
      {list && problem && <Outdated problem={problem} host={host} />}
      {list && count > 0 && <Summary list={list} similar={similar} />}
      {list === null ? (
        problem && <NoList problem={problem} host={host} />
      ) : count === 0 ? (
        <Empty list={list} host={host} clear={() => ask({ filter: '' })} />
      ) : (
        <Table
          rows={rows}
          count={count}
          longestMs={similar ? longest(similar.traces) : list.longestMs}
          query={list.query}
          input={input}
          selected={index}
          revealed={revealed}
          initialScroll={recall().scrollTop ?? 0}
          ask={ask}
          onSelect={select}
          onOpen={open}
          onScroll={keepScroll}
        />
      )}
      <p class="spoken" role="status">
        {list && !reading ? counted(count, 'trace').replace('\u00a0', ' ') : ''}
      </p>
      {fault !== null && <Problem text={fault} close={close} />}
    </div>
  );
}

/** `1.2 of 3.0 GB, 12,304 traces` */
function readingText({ progress }: NonNullable<TracesState['reading']>): string {
  if (progress === null) return 'Reading logs…';
  const { bytesRead, bytesTotal, traces } = progress;
  return `${formatBytes(bytesRead)} of ${formatBytes(bytesTotal)}, ${counted(traces, 'trace')}`;
}

const longest = (traces: readonly { durationMs: number | null }[]): number | null =>
  traces.reduce<number | null>(
    (most, { durationMs }) => (durationMs === null ? most : Math.max(most ?? 0, durationMs)),
    null,
  );
