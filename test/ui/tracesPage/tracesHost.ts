/** Stands in for VS Code and the extension, in the page itself; `?show=` names a state. */
import type { TraceSummaryDocument } from '../../../src/common/protocol/documents';
import { RpcChannel } from '../../../src/common/protocol/rpcChannel';
import {
  defaultQuery,
  type TraceList,
  type TraceQuery,
  type TracesState,
} from '../../../src/common/protocol/tracesProtocol';
import { matches, parseQuery } from '../../../src/common/query/query';
import { findDefects } from './defects';
import { fewTraces, hostileText, hostileTraces, manyTraces, nameOf } from './listedTraces';

declare global {
  interface Window {
    tracesHost: {
      calls: { method: string; request: unknown }[];
      violations: string[];
      /** Tells the page of another state. */
      show(change: Partial<TracesState>): Promise<unknown>;
      /** As if the logs had been read anew. */
      replace(traces: TraceSummaryDocument[]): Promise<unknown>;
      all(): TraceSummaryDocument[];
      findDefects(): string[];
    };
  }
}

const name = new URLSearchParams(location.search).get('show') ?? 'few';
const stateKey = `state of ${location.href}`;
const calls: Window['tracesHost']['calls'] = [];
const violations: string[] = [];
document.addEventListener('securitypolicyviolation', event => violations.push(event.violatedDirective));

const sets: Record<string, () => TraceSummaryDocument[]> = {
  many: () => manyTraces(100_000),
  huge: () => manyTraces(1_200_000),
  hostile: hostileTraces,
  nothing: () => [],
  noIds: () => [],
};
let all = (sets[name] ?? (() => fewTraces))();
let fitting = all;
let revision = 0;

const note = (text: string) => ({ kind: 'countedNot' as const, count: 3, text, steps: [], records: [] });

function listOf(query: TraceQuery): TraceList {
  const parsed = parseQuery(query.filter);
  fitting = parsed.kind === 'all' ? all : all.filter(trace => matches(parsed, trace));
  if (query.sort === 'correlationId') {
    const turn = query.reverse ? -1 : 1;
    fitting = fitting.toSorted((a, b) => turn * (a.correlationId < b.correlationId ? -1 : 1));
  } else if (query.reverse) fitting = fitting.toReversed();
  revision++;
  return {
    query,
    revision,
    total: fitting.length,
    longestMs: fitting.reduce((most, { durationMs }) => Math.max(most, durationMs ?? 0), 0),
    sources: name === 'nothing' ? 0 : 8,
    searched: 'Searched “shop” for “**/*.log”, “**/*.jsonl”, “**/*.ndjson”, “**/*.log.*”.',
    read: 'Read 8 sources, 1.2 MB, 12,204 log lines.',
    hasFolder: name !== 'nothing',
    notes: name === 'few' ? [note('3 records have no correlation ID and are in no trace of this list.')] : [],
    ...(name === 'hostile' ? { notes: [note(hostileText)] } : {}),
  };
}

const progress = { bytesRead: 1_200_000_000, bytesTotal: 3_000_000_000, traces: 12_304 };
const idle = { reading: null, problem: null };
const states: Record<string, () => Partial<TracesState>> = {
  loading: () => ({ reading: { progress }, problem: null }),
  starting: () => ({ reading: { progress: null }, problem: null }),
  again: () => ({ list: listOf(defaultQuery), reading: { progress }, problem: null }),
  failed: () => ({
    reading: null,
    problem: {
      kind: 'failed',
      message: 'The setting "throughline.sources" cannot be used: it is a number, not a list. Make it a list of paths.',
    },
  }),
  stopped: () => ({ reading: null, problem: { kind: 'cancelled', message: 'Reading was stopped.' } }),
  outdated: () => ({
    list: listOf(defaultQuery),
    reading: null,
    problem: { kind: 'cancelled', message: 'Reading was stopped.' },
  }),
};
let state: TracesState = { query: defaultQuery, list: null, reading: null, problem: null };

let receive: (message: unknown) => void = () => {};
const noted = (method: string, answer: (request: never) => unknown) => (request: never) => {
  calls.push({ method, request });
  return answer(request);
};
const show = (change: Partial<TracesState>) => {
  state = { ...state, ...change };
  return channel.request('show', state);
};
const channel: RpcChannel = new RpcChannel(
  {
    post: message => window.postMessage(message, '*'),
    onMessage: listener => {
      receive = listener;
    },
    onClose: () => {},
  },
  {
    ready: noted('ready', ({ query }: { query: TraceQuery | null }) => {
      const asked = query ?? defaultQuery;
      state = { ...state, query: asked, ...(states[name]?.() ?? { list: listOf(asked), ...idle }) };
      return state;
    }),
    ask: noted('ask', (query: TraceQuery) => {
      setTimeout(() => void show({ query, list: listOf(query), ...idle }), 0);
    }),
    rows: noted('rows', ({ from, to }: { from: number; to: number }) => fitting.slice(from, to)),
    names: noted('names', ({ ids }: { ids: string[] }) => {
      // Of a log that is slow, or one that cannot be read.
      if (name === 'unnamed') return new Promise(() => {});
      if (name === 'nameless') throw new Error('The log is gone.');
      return new Promise(resolve => setTimeout(resolve, 20, ids.map(nameOf)));
    }),
    candidates: noted('candidates', () => {
      const traces = all.slice(0, 5_000);
      return { traces, names: traces.slice(0, 2_000).map(trace => nameOf(trace.correlationId)), of: all.length };
    }),
    ...Object.fromEntries(
      ['open', 'copy', 'refresh', 'cancel', 'addLogs', 'openFolder', 'openSetting', 'takeTour', 'howRead'].map(
        method => [method, noted(method, () => {})],
      ),
    ),
  },
);
window.tracesHost = {
  calls,
  violations,
  findDefects,
  show,
  all: () => all,
  replace: traces => {
    all = traces;
    return show({ list: listOf(state.query), ...idle });
  },
};
window.acquireVsCodeApi = () => ({
  // A copy, and later: as between two processes.
  postMessage: (message: unknown) => setTimeout(receive, 0, structuredClone(message)),
  getState: () => JSON.parse(sessionStorage.getItem(stateKey) ?? 'null') ?? undefined,
  setState: (kept: unknown) => sessionStorage.setItem(stateKey, JSON.stringify(kept)),
});
