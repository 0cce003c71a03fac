import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import {
  appendLive,
  defaultOptions,
  type SimulatedTrace,
  type StepTruth,
  showcaseIdentity,
  simulate,
  type TraceTruth,
  truthOf,
  type Written,
  writeBulk,
  writeLogs,
  writeSample,
} from '../simulator/index.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

async function text(directory: string, file: string): Promise<string> {
  const bytes = await readFile(join(directory, file));
  return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
}

async function texts(directory: string): Promise<Map<string, string>> {
  const files = (await readdir(directory)).sort();
  return new Map(await Promise.all(files.map(async file => [file, await text(directory, file)] as const)));
}

const truths = (traces: Iterable<SimulatedTrace>): TraceTruth[] =>
  [...traces].map(trace => truthOf(trace, () => ({ source: '', line: 0 })));

describe('the simulator', () => {
  let directory: string;
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'throughline-simulator-'));
  });
  after(() => rm(directory, { recursive: true, force: true }));

  it('imports nothing from src', async () => {
    for (const [file, source] of await texts(here('../simulator'))) {
      const imports = [...source.matchAll(/from '([^']+)'/g)].map(match => match[1] ?? '');
      assert.deepEqual(
        imports.filter(path => !/^(node:|\.\/[\w-]+\.ts$)/.test(path)),
        [],
        file,
      );
    }
  });

  it('gives the same logs and truth for the same seed, and others for another', async () => {
    const options = { seed: 5, traces: 40 };
    const write = (name: string, seed: number) => writeLogs({ ...options, seed, directory: join(directory, name) });
    const [one, two, other] = [await write('one', 5), await write('two', 5), await write('other', 6)];
    assert.deepEqual(await texts(one.directory), await texts(two.directory));
    assert.deepEqual(await readFile(one.truthPath ?? ''), await readFile(two.truthPath ?? ''));
    assert.notDeepEqual(await texts(one.directory), await texts(other.directory));
  });

  it('does not let a trace depend on how many others there are', () => {
    const few = truths(simulate({ seed: 5, traces: 3 }));
    assert.deepEqual(truths(simulate({ seed: 5, traces: 30 })).slice(0, 3), few);
  });

  describe('in 500 traces', () => {
    let written: Written;
    let lines: Map<string, string[]>;
    let traces: readonly TraceTruth[];
    let steps: StepTruth[];
    before(async () => {
      written = await writeLogs({ seed: 500, traces: 500, directory: join(directory, 'many') });
      lines = new Map([...(await texts(written.directory))].map(([file, log]) => [file, log.split('\n')]));
      traces = (await readFile(written.truthPath ?? '', 'utf8'))
        .trimEnd()
        .split('\n')
        .map(line => JSON.parse(line));
      steps = traces.flatMap(trace => trace.steps);
    });
    const lineAt = ({ source, line }: { source: string; line: number }) => lines.get(source)?.[line - 1] ?? '';

    it('has truth whose references hold the ids, and no line that it does not know of', () => {
      const held = new Map<string, number>();
      for (const log of lines.values()) {
        for (const line of log) {
          for (const [id] of line.matchAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g))
            held.set(id, (held.get(id) ?? 0) + 1);
        }
      }
      for (const trace of traces) {
        for (const ref of [...trace.records, ...trace.mentions]) assert.ok(lineAt(ref).includes(trace.correlationId));
        assert.equal(held.get(trace.correlationId), trace.records.length + trace.mentions.length);
        for (const step of trace.steps) {
          for (const ref of [...step.records, ...step.handoffs]) assert.ok(lineAt(ref).includes(step.stepId));
          for (const ref of step.records) assert.ok(lineAt(ref).includes(step.service));
        }
        const ofSteps = trace.steps.flatMap(step => [...step.records, ...step.handoffs]);
        assert.equal(new Set(ofSteps.map(ref => `${ref.source}:${ref.line}`)).size, trace.records.length);
      }
    });

    it('has every feature', () => {
      const seen = (what: string, count: number) => assert.ok(count > 0, what);
      for (const status of ['ok', 'failed', 'recovered', 'unknown']) {
        seen(`trace ${status}`, traces.filter(trace => trace.status === status).length);
      }
      for (const phases of ['start+end', 'start', 'end', 'stated']) {
        seen(phases, steps.filter(step => step.loggedPhases === phases).length);
      }
      for (const attempts of ['failed,ok', 'ok,ok', 'failed,failed,failed']) {
        seen(`attempts ${attempts}`, steps.filter(step => step.attemptStatuses.join() === attempts).length);
      }
      seen('five branches', steps.filter(step => step.previousStepIds.length === 5).length);
      seen('a fan-in that names one', steps.filter(isHalfNamed).length);
      seen('handoffs', steps.filter(step => step.handoffs.length).length);
      seen('no handoff', steps.filter(step => !step.handoffs.length).length);
      seen('long waits', steps.filter(step => (step.waitMs ?? 0) > 4000).length);
      seen('mentions', traces.filter(trace => trace.mentions.length).length);
      seen('side branches', steps.filter(step => step.stepType === 'Observability' && step.depth === 1).length);
      seen('several services', Number(new Set(steps.map(step => step.service)).size >= 9));
      const all = [...lines.values()].flat();
      seen('a stack trace', all.filter(line => line.startsWith('\tat ')).length);
      seen('an external service', all.filter(line => line.includes('Calling external API')).length);
      seen('JSON array of previous steps', all.filter(line => line.includes('"previousStepId":["s-')).length);
      seen('previous steps in text', all.filter(line => /previousStepId: s-\w+,s-/.test(line)).length);
      const noise = all.filter(line => line.includes('GET /health') || line.includes('Heartbeat'));
      seen('noise', noise.length);
      assert.deepEqual([...new Set([...lines.keys()].map(file => file.split('.').at(-1)))].sort(), [
        'gz',
        'jsonl',
        'log',
      ]);
      const rotated = traces.filter(trace => new Set(trace.records.map(ref => ref.source)).has('api.log.1.gz'));
      seen(
        'a trace across the rotation',
        rotated.filter(trace => trace.records.some(ref => ref.source === 'api.log')).length,
      );
    });

    it('expects of the logs what the truth allows', () => {
      for (const { start, end, expected, loggedPhases } of steps) {
        if (expected.bound === 'exact') assert.equal(expected.durationMs, Number(end) - start);
        else if (expected.bound === 'atMost') assert.ok(Number(expected.durationMs) >= Number(end) - start);
        else assert.ok(end === null && expected.durationMs === null && loggedPhases === 'start');
      }
    });

    it('lets steps follow each other in time', () => {
      for (const trace of traces) {
        const byId = new Map(trace.steps.map(step => [step.stepId, step]));
        for (const step of trace.steps) {
          for (const id of step.previousStepIds) assert.ok(step.start > Number(byId.get(id)?.end));
          assert.ok(step.waitMs === null || step.waitMs > 0);
        }
      }
    });

    it('keeps half-named fan-ins decidable: an unnamed branch has no follower and a logged end', () => {
      for (const trace of traces) {
        for (const join of trace.steps.filter(isHalfNamed)) {
          assert.notEqual(join.loggedPhases, 'end');
          for (const step of trace.steps) {
            if (!join.previousStepIds.includes(step.stepId) || join.loggedPreviousStepIds.includes(step.stepId))
              continue;
            assert.notEqual(step.loggedPhases, 'start');
            assert.ok(!trace.steps.some(other => other.loggedPreviousStepIds.includes(step.stepId)));
          }
        }
      }
    });

    it('orders rows by design §3', () => {
      for (const trace of traces) checkRows(trace);
    });
  });

  it('fans out to 200', () => {
    const wide = truths(simulate({ seed: 2, traces: 20, maxFanOut: 200 }));
    const widest = Math.max(...wide.flatMap(trace => trace.steps.map(step => step.previousStepIds.length)));
    assert.ok(widest > 150 && widest <= 200, String(widest));
    for (const trace of wide) checkRows(trace);
  });

  it('obeys its shares', () => {
    const none = {
      retryShare: 0,
      handledFailureShare: 0,
      failureShare: 0,
      lostShare: 0,
      sideShare: 0,
      mentionShare: 0,
    };
    const calm = truths(simulate({ ...none, traces: 100, joinNamesOneShare: 0 }));
    assert.ok(calm.every(trace => trace.status === 'ok' && trace.steps.every(step => step.attempts === 1)));
    assert.ok(!calm.some(trace => trace.steps.some(step => step.stepType === 'Observability' || isHalfNamed(step))));
    assert.ok(truths(simulate({ traces: 20, failureShare: 1 })).every(trace => trace.status === 'failed'));
    assert.ok(
      truths(simulate({ traces: 20, failureShare: 0, lostShare: 1 })).every(trace => trace.status === 'unknown'),
    );
  });

  describe('the sample logs', () => {
    const shipped = here('../../media/sample-logs');

    it('are what the generator writes, and small', async () => {
      const fresh = join(directory, 'sample');
      await writeSample(fresh);
      // Compared unzipped: zlib's versions compress differently.
      assert.deepEqual(await texts(shipped), await texts(fresh), 'run: npx tsx test/simulator/main.ts --sample');
      const sizes = await Promise.all(
        (await readdir(shipped)).map(async file => (await stat(join(shipped, file))).size),
      );
      assert.ok(sizes.reduce((sum, size) => sum + size, 0) < 300_000);
    });

    it('show the seed pipeline with its durations', async () => {
      const { traces } = await writeSample(join(directory, 'showcase'));
      const trace = traces.find(candidate => candidate.correlationId === showcaseIdentity.correlationId);
      assert.ok(trace);
      assert.deepEqual([trace.status, trace.durationMs, trace.records.length], ['recovered', 12_100, 41]);
      assert.deepEqual(
        trace.steps.map(step => [step.stepType, step.service, step.expected.durationMs, step.depth, step.status]),
        [
          ['Context Management', 'API', 120, 0, 'ok'],
          ['LLM Inference', 'Worker1', 8400, 0, 'ok'],
          ['Context Management', 'Worker1', 970, 0, 'ok'],
          ['Tool: search', 'Worker2', 2100, 1, 'ok'],
          ['Tool: fetch', 'Worker3', 1100, 1, 'failed'],
          ['Context Management', 'API', 160, 0, 'ok'],
          ['Result', 'API', 90, 0, 'ok'],
        ],
      );
    });

    it("hold the seed's five lines", async () => {
      const example = await text(shipped, 'seed-example.log');
      const [first, ...rest] = example.trimEnd().split('\n');
      assert.match(first ?? '', /^ {2}• \[correlationId: 3f0c6a52-[0-9a-f-]{27}, service: API\] API request received$/);
      assert.equal(rest.length, 4);
    });
  });

  for (const format of ['json', 'bracketed'] as const) {
    it(`writes bulk ${format} and knows where its ids are`, async () => {
      const file = join(directory, `bulk-${format}.log`);
      const bytes = 9_000_000;
      const written = await writeBulk({ file, bytes, format, inFlight: 50, sample: 10 });
      const log = await readFile(file, 'utf8');
      const lines = log.split('\n');
      assert.equal(log.length, written.bytes);
      assert.ok(written.bytes >= bytes && written.bytes < bytes + 1000);
      assert.equal(lines.pop(), '');
      assert.equal(lines.length, written.lines);
      assert.equal(written.ids.length, 10);
      for (const { correlationId, records, firstLine, lastLine } of written.ids) {
        const at = lines.flatMap((line, index) => (line.includes(correlationId) ? index + 1 : []));
        assert.deepEqual([at.length, at[0], at.at(-1)], [records, firstLine, lastLine]);
      }
      if (format === 'json') for (const line of lines.slice(0, 100)) JSON.parse(line);
    });
  }

  it('appends live, stamped with the present', async function () {
    this.timeout(5000);
    const live = join(directory, 'live');
    const begun = Date.now();
    const { records, started, complete } = await appendLive({ directory: live, tracesPerSecond: 40, seconds: 1 });
    const stamps = [...(await text(live, 'api.log')).matchAll(/"timestamp":"([^"]+)"/g)].map(match =>
      Date.parse(match[1] ?? ''),
    );
    assert.ok(records > 50 && started.length > 10 && complete.length < started.length);
    assert.ok(stamps.every((stamp, index) => stamp >= (stamps[index - 1] ?? begun) && stamp <= Date.now()));
  });

  it('starts when it says', () => {
    assert.equal(truths(simulate({ traces: 1 }))[0]?.steps[0]?.start, defaultOptions.start);
  });
});

const isHalfNamed = (step: StepTruth) => step.loggedPreviousStepIds.length < step.previousStepIds.length;

/** Row order as properties of the graph alone, without the plan it came from. */
function checkRows(trace: TraceTruth): void {
  const rows = trace.steps;
  const at = new Map(rows.map((step, row) => [step.stepId, row]));
  const row = (id: string) => at.get(id) ?? Number.NaN;
  const depth = (id: string) => rows[row(id)]?.depth;
  assert.equal(at.size, rows.length);
  assert.deepEqual([rows[0]?.depth, rows[0]?.previousStepIds], [0, []]);
  assert.ok(at.has(trace.endStepId));
  for (const step of rows) {
    for (const id of step.previousStepIds)
      assert.ok(row(id) < row(step.stepId), 'a step stands after those it follows');
    const followers = rows.filter(other => other.previousStepIds.includes(step.stepId));
    const single = followers.filter(other => other.previousStepIds.length === 1);
    if (followers.length === 1 && single.length === 1) assert.equal(single[0]?.depth, step.depth, 'a series is flat');
    if (followers.length < 2) continue;
    const trunk = followers.filter(other => other.depth === step.depth);
    assert.ok(trunk.length <= 1 && followers.every(other => other.depth - step.depth <= 1));
    if (trunk[0]) assert.equal(trunk[0], followers.at(-1), 'the trunk comes last');
    const branches = followers.filter(other => other.depth > step.depth).map(other => other.start);
    assert.deepEqual(
      branches,
      [...branches].sort((a, b) => a - b),
      'branches stand in start order',
    );
  }
  for (const join of rows.filter(step => step.previousStepIds.length > 1)) {
    for (const id of join.previousStepIds) assert.equal(depth(id), join.depth + 1, 'a join has the depth of its fork');
  }
}
