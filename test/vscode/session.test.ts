import { strict as assert } from 'node:assert';
import type { LogEngine, LookupOptions, LookupResult, TraceHeader } from '../../src/common/protocol/logEngine';
import { AbortError } from '../../src/common/protocol/rpcChannel';
import type { TimelineState } from '../../src/common/protocol/timelineProtocol';
import { EngineAccess } from '../../src/vscode/engine/engineAccess';
import { TraceSession } from '../../src/vscode/timeline/traceSession';
import { ErrorReporter, messageOf, UserError } from '../../src/vscode/userError';

type Lookup = (options: LookupOptions) => Promise<LookupResult>;

const header = (traceId: string) => ({ traceId, correlationId: 'ID-1', complete: true }) as unknown as TraceHeader;
const found = (traceId: string) => ({ kind: 'trace', trace: header(traceId) }) as unknown as LookupResult;
const reading = (trace: TraceHeader | null) => ({
  bytesRead: 1,
  bytesTotal: 9,
  sourcesDone: 0,
  sources: 2,
  hits: 0,
  trace,
});

/** An engine that answers look-ups as it is told, and writes down what it is asked to release. */
function session(...lookups: Lookup[]) {
  const released: string[] = [];
  let steps = 0;
  const engine = {
    setSources: async () => {},
    lookup: (_request: unknown, options: LookupOptions) =>
      lookups.shift()?.(options) ?? Promise.reject(new Error('end')),
    moveClocks: async ({ traceId, apply }: { traceId: string; apply: boolean }) => ({
      ...header(traceId),
      offsetsApplied: apply ? [{ host: 'h', offsetMs: 5 }] : [],
    }),
    step: async ({ key }: { key: string }) => ({ key, asked: ++steps }),
    release: async (traceId: string) => void released.push(traceId),
    // Nothing grows here.
    follow: () => new Promise(() => {}),
  } as unknown as LogEngine;
  const states: TimelineState[] = [];
  const access = new EngineAccess(engine, () => []);
  const subject = new TraceSession(access, 'what was asked');
  subject.onDidChange(state => states.push(state));
  return { subject, states, released, access, shown: () => states.map(({ kind }) => kind) };
}

const untilCancelled: Lookup = ({ signal }) =>
  new Promise((_, reject) => {
    // As a channel does: what was cancelled before it was asked is not asked.
    if (signal?.aborted) reject(new AbortError());
    signal?.addEventListener('abort', () => reject(new AbortError()));
  });

describe('A trace session', () => {
  it('shows progress, then first steps, then the trace', async () => {
    const { subject, states, shown } = session(async ({ onProgress }) => {
      onProgress?.(reading(null));
      onProgress?.(reading(header('t')));
      return found('t');
    });
    assert.equal((await subject.search()).kind, 'trace');
    assert.deepEqual(shown(), ['loading', 'loading', 'trace', 'trace']);
    assert.deepEqual(
      states.map(state => 'progress' in state && state.progress !== null),
      [false, true, true, false],
    );
    assert.equal(subject.query, 'ID-1');
  });

  it('knows a step as its page was told of it, without reading it again, while its trace is on show', async () => {
    const { subject } = session(
      async () => found('t'),
      async () => found('u'),
    );
    await subject.search();
    const told = await subject.step('t', 'a');
    assert.equal(await subject.stepTold('t', 'a'), told);
    assert.notEqual(await subject.stepTold('t', 'b'), told);
    assert.notEqual(await subject.step('t', 'b'), await subject.step('t', 'b'), 'a page that asks again wants to know');
    await subject.search();
    await assert.rejects(subject.stepTold('t', 'b'), /no longer shown/);
  });

  it('shows the trace with moved clocks, and keeps it so when the next search comes to nothing', async () => {
    const { subject } = session(async () => found('t'), untilCancelled);
    await subject.search();
    await subject.moveClocks('t', true);
    assert.equal(subject.trace?.offsetsApplied.length, 1);
    const again = subject.search();
    subject.cancel();
    await again;
    assert.equal(subject.trace?.offsetsApplied.length, 1);
    await subject.moveClocks('t', false);
    assert.equal(subject.trace?.offsetsApplied.length, 0);
    await assert.rejects(subject.moveClocks('gone', true));
  });

  it('settles when it is cancelled', async () => {
    const { subject, states } = session(untilCancelled);
    const end = subject.search();
    setTimeout(() => subject.cancel(), 10);
    assert.equal((await end).kind, 'cancelled');
    assert.equal(states.at(-1)?.kind, 'failed');
    assert.equal(subject.searchingSince, null);
  });

  it('keeps the first steps where it is cancelled, and says that it was', async () => {
    const { subject, states, released } = session(options => {
      options.onProgress?.(reading(header('part')));
      return untilCancelled(options);
    });
    const end = subject.search();
    setTimeout(() => subject.cancel(), 10);
    assert.equal((await end).kind, 'cancelled');
    assert.deepEqual(states.at(-1), {
      kind: 'trace',
      trace: header('part'),
      selected: null,
      progress: null,
      cancelled: true,
    });
    assert.equal(await subject.ask('part', async () => 'rows'), 'rows');
    assert.deepEqual(released, []);
    subject.dispose();
    assert.deepEqual(released, ['part']);
  });

  it('tells of another search, and keeps its trace where that one is cancelled', async () => {
    const { subject, states, released } = session(
      async () => found('good'),
      options => {
        options.onProgress?.(reading(header('part')));
        return untilCancelled(options);
      },
    );
    await subject.search();
    states.length = 0;
    const end = subject.search();
    assert.notEqual(subject.searchingSince, null);
    setTimeout(() => subject.cancel(), 10);
    await end;
    assert.deepEqual(
      states.map(state => state.kind === 'trace' && [state.trace.traceId, state.progress !== null, state.cancelled]),
      [
        ['good', true, undefined],
        ['good', true, undefined],
        ['good', false, undefined],
      ],
    );
    assert.deepEqual(released, ['part']);
  });

  it('lets go of the first steps where nobody is left to see them', async () => {
    const { subject, released } = session(options => {
      options.onProgress?.(reading(header('part')));
      return untilCancelled(options);
    });
    const end = subject.search();
    await new Promise(resolve => setTimeout(resolve, 5));
    subject.dispose();
    await end;
    assert.deepEqual(released, ['part']);
  });

  it('says that several traces fit, and how many', async () => {
    const { subject, states } = session(
      async () => ({ kind: 'choices', role: 'userId', traces: [{}, {}] }) as unknown as LookupResult,
    );
    assert.equal((await subject.search()).kind, 'choices');
    assert.deepEqual(states.at(-1), { kind: 'choices', title: 'what was asked', role: 'userId', count: 2 });
    assert.equal(subject.keep(), false);
  });

  it('hands its trace over with the step that is wanted', async () => {
    const { subject, released, access } = session(
      async () => found('old'),
      async () => found('new'),
    );
    await subject.search();
    const newer = new TraceSession(access, 'm-1', 'step-7');
    await newer.search();
    newer.handOver(subject);
    newer.dispose();
    const { state } = subject;
    assert.ok(state.kind === 'trace');
    assert.equal(state.trace.traceId, 'new');
    assert.equal(state.selected, 'step-7');
    assert.deepEqual(released, ['old']);
  });

  it('keeps the newest of two searches and lets go of the other one', async () => {
    let finishFirst = (_: LookupResult) => {};
    const { subject, released } = session(
      () => new Promise(resolve => (finishFirst = resolve)),
      async () => found('second'),
    );
    const first = subject.search();
    await new Promise(resolve => setTimeout(resolve, 5));
    await subject.search();
    finishFirst(found('first'));
    assert.equal((await first).kind, 'cancelled');
    assert.equal(subject.trace?.traceId, 'second');
    assert.deepEqual(released, ['first']);
  });

  it('finds its trace again, once, where the engine has lost it', async () => {
    const { subject } = session(
      async () => found('t1'),
      async () => found('t2'),
    );
    await subject.search();
    const lost = () => Promise.reject(new Error('This trace is no longer held.'));
    await assert.rejects(subject.ask('t1', lost));
    await new Promise(resolve => setTimeout(resolve, 5));
    assert.equal(subject.trace?.traceId, 't2');
    await assert.rejects(subject.ask('t1', lost), /no longer shown/);
    await assert.rejects(subject.ask('t2', lost));
    await new Promise(resolve => setTimeout(resolve, 5));
    assert.equal(subject.trace?.traceId, 't2');
  });

  it('says what went wrong, keeps the trace that it has, and lets go of it at the end', async () => {
    const broken: Lookup = () => Promise.reject(new UserError('The disk is gone. Plug it in.'));
    const { subject, states, released } = session(broken, async () => found('t'), broken);
    assert.equal((await subject.search()).kind, 'failed');
    const failed = states.at(-1);
    assert.equal(failed?.kind === 'failed' && failed.message, 'The disk is gone. Plug it in.');
    await subject.search();
    assert.equal((await subject.search()).kind, 'failed');
    assert.equal(subject.trace?.traceId, 't');
    assert.deepEqual(released, []);
    subject.dispose();
    assert.deepEqual(released, ['t']);
  });
});

describe('Errors', () => {
  it('that nobody foresaw are told and noted without their text, which may be log text (SEC-15)', () => {
    const lines: string[] = [];
    const reporter = new ErrorReporter({ error: (line: string) => lines.push(line) } as never);
    const error = new SyntaxError('Unexpected token in "password=hunter2"');
    reporter.note(error);
    assert.doesNotMatch([messageOf(error), ...lines].join('\n'), /hunter2/);
    assert.match(lines[0] ?? '', /^SyntaxError\n\s+at /);
  });
});
