/**
 * Stands in for VS Code and the extension, in the page itself, so that the timeline runs in an ordinary browser:
 * `npx tsx test/ui/timelinePage/pageServer.ts`. `?show=` names a fixture, `?theme=` a body class.
 */
import { RpcChannel } from '../../../src/common/protocol/rpcChannel';
import type { TimelineState } from '../../../src/common/protocol/timelineProtocol';
import { findSteps } from '../../../src/common/query/findSteps';
import type { Arrangement, ShownEntries } from '../../../src/common/timeline/arrangement';
import { FoldableRows } from '../../../src/common/timeline/foldableRows';
import { type Landmark, nextRow } from '../../../src/common/timeline/nextRow';
import { stepLinks } from '../../../src/common/timeline/stepLinks';
import { recordAt, recordOf, recordRowsOf } from './allRecords';
import { colourContrast, pixelContrast, serviceContrasts } from './contrasts';
import { findDefects } from './defects';
import { fixtures } from './fixtures';
import { rowsOverview } from './traces';

declare global {
  interface Window {
    acquireVsCodeApi: unknown;
    /** For tests: what the page asked for, and a way to tell it something. */
    devHost: {
      calls: { method: string; request: unknown }[];
      violations: string[];
      tell(method: 'show' | 'select' | 'selected', argument?: unknown): Promise<unknown>;
      /** Puts another fixture in the place of this one, as a search does that goes on. */
      grow(show: string): Promise<unknown>;
      /** Puts another fixture in the place of this one as a later revision of the same trace, as a log does that grows. */
      extend(show: string): Promise<unknown>;
      findDefects(): string[];
      serviceContrasts(): number[];
      pixelContrast: typeof pixelContrast;
      colourContrast: typeof colourContrast;
    };
  }
}

const fixture = (name: string) => (fixtures[name] ?? fixtures.showcase)!();
let { trace, state } = fixture(new URLSearchParams(location.search).get('show') ?? 'showcase');
const stateKey = `state of ${location.href}`;
const calls: Window['devHost']['calls'] = [];
const violations: string[] = [];
document.addEventListener('securitypolicyviolation', event => violations.push(event.violatedDirective));

let receive: (message: unknown) => void = () => {};
const noted = <Argument, Answer>(method: string, answer: (request: Argument) => Answer) => {
  return (request: Argument) => {
    calls.push({ method, request });
    return answer(request);
  };
};

const indexOf = (key: string): number | null => {
  const index = trace?.rows.findIndex(row => row.key === key) ?? -1;
  return index === -1 ? null : index;
};

const foldable = () => new FoldableRows(trace?.rows ?? []);

const channel = new RpcChannel(
  {
    post: message => window.postMessage(message, '*'),
    onMessage: listener => {
      receive = listener;
    },
    onClose: () => {},
  },
  {
    ready: noted('ready', (): TimelineState => state),
    rows: noted('rows', ({ from, to }: { from: number; to: number }) => trace?.rows.slice(from, to)),
    overview: noted(
      'overview',
      ({ columns, compress }: { columns: number; compress: boolean }) =>
        trace && rowsOverview(trace, columns, compress),
    ),
    arrange: noted('arrange', ({ arrangement, show }: { arrangement: Arrangement; show: number | null }) =>
      foldable().arrange(arrangement, show),
    ),
    pick: noted('pick', ({ entries }: { entries: ShownEntries }) => foldable().pick(entries)),
    find: noted('find', ({ query }: { query: string }) => {
      const { header, rows = [] } = trace ?? {};
      if (!header) throw new Error('There is no trace to look in.');
      const texts = (index: number) => [rows[index]!.label, rows[index]!.service ?? ''];
      return findSteps(query, { ...header, rows, texts });
    }),
    nextRow: noted('nextRow', (request: { from: number | null; landmark: Landmark; backwards: boolean }) =>
      nextRow(trace?.rows ?? [], request.from, request.landmark, request.backwards),
    ),
    step: noted('step', ({ key }: { key: string }) => {
      const row = trace?.rows[indexOf(key) ?? -1];
      if (!trace || !row) throw new Error(`No step "${key}".`);
      return trace.step(row);
    }),
    locate: noted('locate', ({ key }: { key: string }) => indexOf(key)),
    openRecord: noted('openRecord', () => {}),
    recordRows: noted('recordRows', ({ from, to }: { from: number; to: number }) =>
      trace ? recordRowsOf(trace, from, to) : [],
    ),
    recordOf: noted('recordOf', ({ key }: { key: string }) => (trace ? recordOf(trace, key) : null)),
    recordAt: noted('recordAt', ({ id }: { id: string }) => (trace ? recordAt(trace, id) : null)),
    links: noted('links', ({ key }: { key: string }) => stepLinks(trace?.rows ?? [], key)),
    openLine: noted('openLine', () => {}),
    openCode: noted('openCode', () => {}),
    openFrame: noted('openFrame', () => {}),
    openNote: noted('openNote', () => {}),
    copy: noted('copy', () => {}),
    moveClocks: noted('moveClocks', ({ apply }: { apply: boolean }) => {
      ({ trace, state } = fixture(apply ? 'moved' : 'skewed'));
      void channel.request('show', state);
    }),
    lens: noted('lens', ({ on }: { on: boolean | null }) => on ?? new URLSearchParams(location.search).has('lens')),
    cancel: noted('cancel', () => {}),
    searchAgain: noted('searchAgain', () => {}),
    addLogs: noted('addLogs', () => {}),
    openSetting: noted('openSetting', () => {}),
    howRead: noted('howRead', () => {}),
    pivot: noted('pivot', () => {}),
  },
);

window.devHost = {
  calls,
  violations,
  findDefects,
  serviceContrasts,
  pixelContrast,
  colourContrast,
  tell: (method, argument) => channel.request(method, argument),
  extend: show => {
    const revision = (trace?.header.revision ?? 0) + 1;
    ({ trace, state } = fixture(show));
    if (trace) trace.header.revision = revision;
    return channel.request('show', state);
  },
  grow: show => {
    ({ trace, state } = fixture(show));
    if (trace && state.kind === 'trace') trace.header.traceId = state.trace.traceId = 'trace-2';
    return channel.request('show', state);
  },
};
window.acquireVsCodeApi = () => ({
  // A copy, and later: as between two processes.
  postMessage: (message: unknown) => setTimeout(receive, 0, structuredClone(message)),
  getState: () => JSON.parse(sessionStorage.getItem(stateKey) ?? 'null') ?? undefined,
  setState: (kept: unknown) => sessionStorage.setItem(stateKey, JSON.stringify(kept)),
});
