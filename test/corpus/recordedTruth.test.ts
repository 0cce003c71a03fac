import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { StepDocument, TraceDocument } from '../../src/common/protocol/documents';
import { withEngine } from '../node/support/logs';

const corpus = path.resolve(import.meta.dirname, '../../../shared/corpus');
const inCorpus = (name: string) => path.join(corpus, name);
const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));
const filesIn = (folder: string): string[] =>
  existsSync(inCorpus(folder)) ? readdirSync(inCorpus(folder)).map(name => `${folder}/${name}`) : [];

/** A span as its document states it, by another reading. Times are nanoseconds since the epoch. */
interface Span {
  trace: string;
  id: string;
  /** Within its trace. */
  parents: string[];
  service: string;
  start: bigint;
  duration: bigint;
}

/** What was compared, as it is printed. Of the inner side of a call only the start: its interval is the call's. */
const compared = { traces: 0, spans: 0, parents: 0, starts: 0, durations: 0, innerSides: 0, lines: 0 };

const msOf = (duration: bigint): number => Number(duration) / 1e6;
const parentsOf = ({ previousSteps }: StepDocument) => previousSteps.filter(({ evidence }) => evidence === 'stated');

/** Nanoseconds of an ISO time with any number of digits. */
function nanosOf(time: string): bigint {
  const [, seconds = '', fraction = ''] = /^([^.Z]+)(?:\.(\d+))?Z$/.exec(time) ?? [];
  return BigInt(Date.parse(`${seconds}Z`)) * 1_000_000n + BigInt(fraction.padEnd(9, '0'));
}

const isoToClock = (time: string | null): string => (time ?? '').replace('T', ' ').replace('Z', '');

async function eachTrace(
  files: readonly string[],
  ids: Iterable<string>,
  use: (trace: TraceDocument) => void,
): Promise<void> {
  await withEngine(files.map(inCorpus), async engine => {
    for (const id of ids) {
      const result = await engine.lookup({ text: id });
      assert.ok(result.kind === 'trace', `${id}: ${result.kind}`);
      use(await engine.document(result.trace.traceId));
      await engine.release(result.trace.traceId);
      compared.traces++;
    }
  });
}

const byTrace = (spans: readonly Span[]): Map<string, Span[]> => {
  const traces = new Map<string, Span[]>();
  for (const span of spans) traces.set(span.trace, [...(traces.get(span.trace) ?? []), span]);
  return traces;
};

/**
 * Every span of a trace is an attempt of a step, or the called side of one, with its very service, start and duration,
 * under its parents. Spans that share an ID are attempts of one step, or the two sides of a call.
 */
function checkSpans({ steps }: TraceDocument, spans: readonly Span[]): void {
  const stepOf = new Map<string, StepDocument>();
  for (const step of steps) if (step.stepId !== null) stepOf.set(step.stepId, step);
  for (const span of spans) {
    const step = stepOf.get(span.id) ?? retryOf(span);
    assert.ok(step, `${span.id} is a step`);
    compared.spans++;
    for (const parent of span.parents) {
      const keys = parentsOf(step).map(({ stepId, key }) => stepId ?? key);
      assert.ok(keys.includes(parent), `${span.id}: parent ${parent} among ${keys.join()}`);
      compared.parents++;
    }
    const same = spans.filter(({ id }) => id === span.id);
    if (same.every(({ parents }) => parents.length === 0)) assert.deepEqual(parentsOf(step), [], span.id);
    const isSpan = ({ start, end }: Pick<StepDocument, 'start' | 'end'>) =>
      start !== null &&
      nanosOf(start) === span.start &&
      end !== null &&
      nanosOf(end) - nanosOf(start) === span.duration;
    const attempt = step.attempts.find(isSpan);
    const side = attempt ?? step.attempts.flatMap(({ sides }) => sides).find(isSpan);
    assert.ok(side, `${span.id}: an attempt or a side of ${span.duration} ns that starts at ${span.start}`);
    assert.equal(side.service, span.service, span.id);
    compared.starts++;
    compared.durations++;
    if (!attempt) compared.innerSides++;
    const own = step.records.filter(({ timestamp }) => timestamp !== null && nanosOf(timestamp) === span.start);
    assert.ok(own.length > 0, `${span.id}: a record of its own start`);
    if (!attempt?.releasing) continue;
    assert.equal(step.start, attempt.start);
    assert.deepEqual([step.durationMs, step.durationKind, step.bound], [msOf(span.duration), 'stated', 'exact']);
  }

  /** A call that was made again after it had failed is an attempt of the one that went through. */
  function retryOf(span: Span): StepDocument | undefined {
    return steps.find(
      ({ attempts }) =>
        attempts.length > 1 &&
        attempts.some(
          ({ start, status, service }) =>
            start !== null && nanosOf(start) === span.start && status === 'failed' && service === span.service,
        ),
    );
  }
}

interface ZipkinSpan {
  traceId: string;
  id: string;
  parentId?: string;
  timestamp: number;
  duration: number;
  localEndpoint: { serviceName: string };
}

const zipkinSpans = (file: string): Span[] =>
  (readJson(inCorpus(file)) as ZipkinSpan[]).map(span => ({
    trace: span.traceId,
    id: span.id,
    parents: span.parentId === undefined ? [] : [span.parentId],
    service: span.localEndpoint.serviceName,
    start: BigInt(span.timestamp) * 1000n,
    duration: BigInt(span.duration) * 1000n,
  }));

interface JaegerTrace {
  spans: {
    traceID: string;
    spanID: string;
    processID: string;
    references?: { traceID: string; spanID: string }[];
    startTime: number;
    duration: number;
  }[];
  processes: Record<string, { serviceName: string }>;
}

function jaegerSpans(file: string): Span[] {
  const document = readJson(inCorpus(file)) as JaegerTrace | { data: JaegerTrace[] | JaegerTrace };
  const traces = 'data' in document ? [document.data].flat() : [document];
  return traces.flatMap(({ spans, processes }) =>
    spans.map(span => ({
      trace: span.traceID,
      id: span.spanID,
      parents: (span.references ?? []).filter(({ traceID }) => traceID === span.traceID).map(({ spanID }) => spanID),
      service: processes[span.processID]?.serviceName ?? '',
      start: BigInt(span.startTime) * 1000n,
      duration: BigInt(span.duration) * 1000n,
    })),
  );
}

const nezha = 'tt_2023-01-29_08_50';
const spanTable = `nezha/${nezha}_trace.csv`;

/** Rows of the span table, which has no quoted cells. */
const nezhaSpans = (): Span[] =>
  readFileSync(inCorpus(spanTable), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map(row => {
      const [trace = '', id = '', parent = '', pod = '', , start = '', end = ''] = row.split(',');
      const service = pod.replace(/-[^-]+-[^-]+$/, '');
      const parents = parent === 'root' ? [] : [parent];
      return { trace, id, parents, service, start: BigInt(start), duration: BigInt(end) - BigInt(start) };
    });

interface NezhaTruth {
  traces: Record<string, Record<string, [parent: string | null, service: string]>>;
  log_groups: Record<string, { lines: number; spans: Record<string, number> }>;
}

describe('recorded truth in the assembled trace', () => {
  before(function () {
    if (existsSync(corpus)) return;
    console.log(`      skipped: there is no corpus in ${corpus}`);
    this.skip();
  });

  after(() => {
    if (compared.traces > 0)
      console.log(
        `      compared: ${Object.entries(compared)
          .map(([what, count]) => `${count} ${what}`)
          .join(', ')}`,
      );
  });

  for (const log of [`nezha/${nezha}_log.csv`, `nezha/${nezha}.docker.jsonl`]) {
    it(`${log} and the span table together: every span under its parent, each line with its span`, async () => {
      const truth = readJson(inCorpus(`truth/nezha_${nezha}.json`)) as NezhaTruth;
      const spans = byTrace(nezhaSpans());
      assert.deepEqual([...spans.keys()].sort(), Object.keys(truth.traces).sort());
      await eachTrace([spanTable, log], spans.keys(), trace => {
        const { correlationId, steps } = trace;
        const expected = truth.traces[correlationId] ?? {};
        const lines = truth.log_groups[correlationId]?.spans ?? {};
        checkSpans(trace, spans.get(correlationId) ?? []);
        assert.equal(steps.filter(({ key }) => key.startsWith('~')).length, 0, 'no step is made up');
        for (const step of steps) {
          const id = step.stepId ?? '';
          const found = step.records.filter(({ source }) => source === inCorpus(log)).length;
          assert.equal(found, lines[id] ?? 0, `lines of ${id}`);
          compared.lines += found;
          const recorded = expected[id];
          if (!recorded) continue;
          assert.deepEqual(
            parentsOf(step).map(({ stepId }) => stepId),
            recorded[0] === null ? [] : [recorded[0]],
          );
          assert.equal(step.service, recorded[1]);
          assert.equal(step.attempts.length, 1, `${id} is one go`);
        }
      });
    }).timeout(300_000);
  }

  for (const [files, spansOf] of [
    [filesIn('zipkin'), zipkinSpans],
    [filesIn('jaeger'), jaegerSpans],
  ] as const) {
    for (const file of files) {
      it(`${file}: every span with its parents, start and duration`, async () => {
        const spans = byTrace(spansOf(file));
        assert.ok(spans.size > 0);
        await eachTrace([file], spans.keys(), trace => checkSpans(trace, spans.get(trace.correlationId) ?? []));
      }).timeout(60_000);
    }
  }

  it('hometask/trace.log: the expected tree', async () => {
    interface Call {
      service: string;
      start: string;
      end: string;
      calls: Call[];
    }
    const { id, root } = readJson(inCorpus('hometask/trace.expected.json')) as { id: string; root: Call };
    await eachTrace(['hometask/trace.log'], [id], ({ steps }) => {
      const callOf = ({ key, service, start, end }: StepDocument): Call => ({
        service: service ?? '',
        start: isoToClock(start),
        end: isoToClock(end),
        calls: steps
          .filter(({ previousSteps }) => previousSteps.some(to => to.key === key && to.meaning === 'encloses'))
          .map(callOf),
      });
      const roots = steps.filter(({ previousSteps }) => previousSteps.length === 0);
      assert.deepEqual(roots.map(callOf), [root]);
      compared.spans += steps.length;
    });
  });

  for (const file of filesIn('claude_code')) {
    it(`${file}: every message under its parent`, async () => {
      const truth = readJson(inCorpus('truth/claude_code.json')) as {
        files: Record<string, Record<string, [parent: string | null, session: string, time: string]>>;
      };
      const messages = Object.entries(truth.files[path.basename(file)] ?? {});
      assert.ok(messages.length > 0);
      const hasParents = messages.some(([, [parent]]) => parent !== null);
      await eachTrace([file], new Set(messages.map(([, [, session]]) => session)), ({ correlationId, steps }) => {
        const stepOf = new Map(steps.map(step => [step.stepId, step]));
        for (const [uuid, [parent, session, time]] of messages) {
          if (session !== correlationId) continue;
          const step = stepOf.get(uuid);
          if (!step) {
            // Where no message names another, nothing tells that these are steps.
            assert.equal(hasParents, false, uuid);
            continue;
          }
          assert.deepEqual(
            parentsOf(step).map(({ stepId }) => stepId),
            parent === null ? [] : [parent],
            uuid,
          );
          assert.ok(
            step.records.some(({ timestamp }) => timestamp !== null && Date.parse(timestamp) === Date.parse(time)),
          );
          compared.parents++;
        }
      });
    }).timeout(60_000);
  }
});
