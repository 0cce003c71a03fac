import { strict as assert } from 'node:assert';
import * as v from 'valibot';
import { commands } from 'vscode';
import type { ListDocument } from '../../src/common/protocol/documents';
import type {
  CallOptions,
  ListOptions,
  ListRequest,
  LogEngine,
  NamesRequest,
  SourcePlace,
} from '../../src/common/protocol/logEngine';
import { AbortError } from '../../src/common/protocol/rpcChannel';
import { defaultQuery, type TracesState } from '../../src/common/protocol/tracesProtocol';
import { EngineAccess } from '../../src/vscode/engine/engineAccess';
import { type CheckedTracesHost, readRowContext, tracesSchemas } from '../../src/vscode/traces/tracesMessages';
import { TracesSession } from '../../src/vscode/traces/tracesSession';
import { checkedHandlers } from '../../src/vscode/webview/checkedHandlers';
import { activateExtension, closeAll, eventually, showcaseId, timelineTabs } from './support/workspace';

type List = (request: ListRequest, options: ListOptions) => Promise<ListDocument>;

const listOf = (ids: string[], total = ids.length): ListDocument =>
  ({
    traces: ids.map(correlationId => ({ correlationId })),
    total,
    longestMs: 5,
    notes: [],
    completeness: { sources: 2, bytesRead: 1_200_000, lines: 12, records: 12, unparsed: 0, skippedSources: [] },
  }) as unknown as ListDocument;

/** A session of an engine that answers as it is told; `asked` is what it was asked for. */
function session(answer: List) {
  const asked: ListRequest[] = [];
  const named: CallOptions[] = [];
  let places: SourcePlace[] = [{ kind: 'path', path: '/a' }];
  const engine = {
    setSources: async () => {},
    list: (request: ListRequest, options: ListOptions = {}) => {
      asked.push(request);
      return answer(request, options);
    },
    names: async ({ ids }: NamesRequest, options: CallOptions) => {
      named.push(options);
      return ids.map(nameOf);
    },
  } as unknown as LogEngine;
  const subject = new TracesSession(new EngineAccess(engine, () => places));
  const states: TracesState[] = [];
  subject.onDidChange(state => states.push(state));
  return { subject, asked, named, states, move: (path: string) => (places = [{ kind: 'path', path }]) };
}

const nameOf = (id: string) => ({ name: `POST /${id}`, unnamed: null });

const ids = (count: number) => Array.from({ length: count }, (_, index) => `id-${index}`);

describe('The session of the Traces view', () => {
  it('reads nothing before it is asked, then tells of its progress and of the list', async () => {
    const { subject, asked, states } = session(async (_request, { onProgress }) => {
      onProgress?.({ bytesRead: 1, bytesTotal: 2, traces: 3 });
      return listOf(['a', 'b']);
    });
    assert.deepEqual([asked, subject.state.list], [[], null]);
    await subject.ask(defaultQuery);
    assert.deepEqual(
      states.map(({ reading, list }) => [reading?.progress?.traces ?? reading, list?.total]),
      [
        [{ progress: null }, undefined],
        [3, undefined],
        [null, 2],
      ],
    );
    assert.match(subject.state.list?.read ?? '', /2 sources, 1\.2 MB, 12 log lines/);
    await subject.ask(defaultQuery);
    assert.equal(asked.length, 1, 'the same list is not read again');
  });

  it('asks for the order and the filter that are wanted, and for windows of them', async () => {
    const all = ids(1_000);
    const { subject, asked } = session(async ({ from = 0, limit = 0 }) => listOf(all.slice(from, from + limit), 1_000));
    await subject.ask({ filter: 'status = failed', sort: 'start', reverse: true });
    const revision = subject.state.list?.revision ?? 0;
    const first = await subject.rows({ revision, from: 0, to: 200 });
    assert.equal(asked.length, 1, 'the first stretch came with the list');
    assert.equal(first[199]?.correlationId, 'id-199');
    const later = await subject.rows({ revision, from: 400, to: 600 });
    assert.equal(later[0]?.correlationId, 'id-400');
    assert.deepEqual(asked.at(-1), { filter: 'status = failed', sort: 'start', reverse: true, from: 400, limit: 200 });
    await assert.rejects(subject.rows({ revision: revision - 1, from: 0, to: 1 }), /no longer shown/);
  });

  it('asks for the names of traces, and of the first of those to look for similar ones in', async () => {
    const { subject, named } = session(async ({ limit = 0 }) => listOf(ids(limit), 6_000));
    const { signal } = new AbortController();
    assert.deepEqual(await subject.names(['a', 'b'], signal), [nameOf('a'), nameOf('b')]);
    const { traces, names, of } = await subject.candidates(signal);
    assert.deepEqual([traces.length, names.length, of], [5_000, 2_000, 6_000]);
    assert.deepEqual(names[1_999], nameOf('id-1999'));
    assert.ok(named.every(options => options.signal === signal));
  });

  it('tells of a list that has grown since', async () => {
    let total = 1_000;
    const { subject } = session(async ({ limit = 0 }) => listOf(ids(limit), total));
    await subject.ask(defaultQuery);
    const before = subject.state.list?.revision ?? 0;
    total = 1_001;
    await subject.rows({ revision: before, from: 400, to: 600 });
    assert.deepEqual([subject.state.list?.total, subject.state.list?.revision], [1_001, before + 1]);
  });

  it('keeps the list where a later reading is stopped or fails, and says so', async () => {
    const answers: List[] = [
      async () => listOf(['a']),
      (_request, { signal }) =>
        new Promise((_, reject) => signal?.addEventListener('abort', () => reject(new AbortError()))),
      () => Promise.reject(Object.assign(new Error('/a cannot be read.'), { name: 'EngineError' })),
    ];
    const { subject, asked } = session((request, options) => answers.shift()?.(request, options) ?? Promise.reject());
    await subject.ask(defaultQuery);
    const reading = subject.read();
    await eventually('the engine to be asked', () => (asked.length === 2 ? true : undefined));
    subject.cancel();
    await reading;
    assert.deepEqual(
      [subject.state.problem?.kind, subject.state.list?.total, subject.state.reading],
      ['cancelled', 1, null],
    );
    await subject.read();
    assert.deepEqual(
      [subject.state.problem, subject.state.list?.total],
      [{ kind: 'failed', message: '/a cannot be read.' }, 1],
    );
  });

  it('shows the newest of two lists, whichever comes last', async () => {
    const late: (() => void)[] = [];
    const { subject } = session(({ filter }) =>
      filter === 'old'
        ? new Promise(resolve => late.push(() => resolve(listOf(['old']))))
        : Promise.resolve(listOf(['new', 'newer'])),
    );
    const old = subject.ask({ ...defaultQuery, filter: 'old' });
    await eventually('the old one to be asked for', () => (late.length === 1 ? true : undefined));
    await subject.ask({ ...defaultQuery, filter: 'new' });
    late[0]?.();
    await old;
    assert.deepEqual([subject.state.list?.total, subject.state.query.filter], [2, 'new']);
  });

  it('reads what is new without a word, unless something is read by now', async () => {
    const { subject, asked, states } = session(async () => listOf(ids(asked.length)));
    await subject.update();
    assert.equal(asked.length, 0, 'nothing was listed yet');
    await subject.ask(defaultQuery);
    states.length = 0;
    await subject.update();
    assert.deepEqual(
      states.map(({ reading, list }) => [reading, list?.total]),
      [[null, 2]],
    );
    const reading = subject.read();
    await subject.update();
    await reading;
    assert.equal(asked.length, 3);
  });

  it('reads again only where other logs are meant, and never before it was read at all', async () => {
    const { subject, asked, move } = session(async () => listOf(['a']));
    await subject.refreshIfStale();
    assert.equal(asked.length, 0);
    await subject.ask(defaultQuery);
    await subject.refreshIfStale();
    assert.equal(asked.length, 1);
    move('/b');
    await subject.refreshIfStale();
    assert.equal(asked.length, 2);
  });
});

describe('Messages of the Traces view (SEC-04)', () => {
  it('reach nothing, unless they have their shape', () => {
    const reached: string[] = [];
    const names = Object.keys(tracesSchemas) as (keyof CheckedTracesHost)[];
    const host = Object.fromEntries(
      names.map(name => [name, () => void reached.push(name)]),
    ) as unknown as CheckedTracesHost;
    const handlers = checkedHandlers<CheckedTracesHost, typeof tracesSchemas>(tracesSchemas, host as never);
    const bare = names.filter(name => v.is(tracesSchemas[name], undefined));
    const junk: unknown[] = [
      undefined,
      null,
      -1,
      '',
      [],
      {},
      { query: { filter: 7 } },
      { filter: '', sort: 'path', reverse: false },
      { filter: '', sort: 'start', reverse: false, path: '/etc/passwd' },
      { revision: 0, from: 0, to: 1e9 },
      { revision: 0, from: 2, to: 1 },
      { text: 'x'.repeat(20_000), preview: true },
      { text: 'id', preview: 1 },
      { correlationId: '' },
      { ids: ['id', ''] },
      { ids: Array.from({ length: 501 }, () => 'id') },
      JSON.parse('{"__proto__":{"text":"t","preview":true}}'),
    ];
    for (const name of names.filter(name => !bare.includes(name)))
      for (const argument of junk) assert.throws(() => handlers[name](argument), /Malformed request/);
    assert.deepEqual(reached, []);
  });

  it('of a row’s menu are taken only as what a row says', () => {
    for (const wrong of [
      undefined,
      'id',
      {},
      { webviewSection: 'other', correlationId: 'id' },
      { webviewSection: 'trace' },
    ])
      assert.equal(readRowContext(wrong), null);
    const row = { webviewSection: 'trace', correlationId: 'id', userId: 'u', webview: 'throughline.traces', extra: {} };
    assert.deepEqual(readRowContext(row), { webviewSection: 'trace', correlationId: 'id', userId: 'u' });
  });
});

describe('The commands of the Traces view', () => {
  before(activateExtension);
  afterEach(closeAll);

  it('open the timeline of the row they are called on', async () => {
    await commands.executeCommand('throughline.openTrace', { webviewSection: 'trace', correlationId: showcaseId });
    const tab = await eventually('a timeline', () => timelineTabs()[0]);
    assert.match(tab.label, /^7c2d9f7b/);
  });
});
