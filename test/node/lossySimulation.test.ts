import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NoteKind } from '../../src/common/model/note';
import type { Trace } from '../../src/common/model/trace';
import { joinKey } from '../../src/common/profile/ids';
import { assembleTrace } from '../../src/common/trace/assembleTrace';
import { readFolder } from '../simulation/readFolder';
import { type LossOptions, type LossyTrace, lossy, missingOf, simulate, writeTraces } from '../simulator/index';
import { releasing, type Step, stepsOf } from '../simulator/model';

const traceCount = Math.ceil(Number(process.env.SIMULATED_TRACES ?? 10_000) / 20);

interface Setting extends Partial<LossOptions> {
  name: string;
  traces: number;
  maxFanOut?: number;
}

const settings: Setting[] = [
  { name: '5 % of the records lost', traces: traceCount, lostRecordShare: 0.05 },
  { name: '5 % of the starts lost', traces: traceCount, lostStartShare: 0.05 },
  { name: '5 % of the ends lost', traces: traceCount, lostEndShare: 0.05 },
  { name: 'clocks off by up to 5 s', traces: traceCount, clockSkewMs: 5000 },
  {
    name: 'all of it',
    traces: traceCount,
    lostRecordShare: 0.05,
    clockSkewMs: 5000,
  },
  {
    name: 'records lost from fan-outs to 200',
    traces: Math.ceil(traceCount / 20),
    maxFanOut: 200,
    lostRecordShare: 0.05,
  },
];

/** Notes on what is missing, and where the truth has it. */
const told = { missingPrevious: 'previous', neverConsumed: 'consumption', endMissing: 'end' } as const;

class Tally {
  right = 0;
  wrong = 0;
  missed = 0;
  examples: string[] = [];

  get precision(): number {
    return this.right + this.wrong === 0 ? 1 : this.right / (this.right + this.wrong);
  }

  get recall(): number {
    return this.right + this.missed === 0 ? 1 : this.right / (this.right + this.missed);
  }
}

describe(`a simulation of ${traceCount} traces with losses`, () => {
  const directory = mkdtempSync(join(tmpdir(), 'throughline-lossy-'));
  after(() => rmSync(directory, { recursive: true, force: true }));

  let within = 0;
  let without = 0;

  settings.forEach((setting, index) => {
    it(`${setting.name}: durations hold their bounds, notes tell what is missing`, async () => {
      const { name, traces, maxFanOut = 5, ...losses } = setting;
      const seed = 20_260_400 + index;
      const all = [...lossy(simulate({ seed, traces, maxFanOut, retryShare: 0.1 }), { seed, ...losses })];
      const logs = join(directory, String(index));
      await writeTraces(all, { directory: logs, seed, truthPath: null });
      const groups = await readFolder(logs);
      const bounds = new Tally();
      const notes = new Tally();
      for (const trace of all) {
        const { correlationId } = trace.identity;
        const records = groups.get(joinKey(correlationId)) ?? [];
        const assembled = assembleTrace({ correlationId, records });
        checkBounds(assembled, trace, bounds);
        checkNotes(assembled, trace, notes);
      }
      const share = bounds.right / (bounds.right + bounds.wrong);
      const percent = (value: number) => `${(value * 100).toFixed(2)} %`;
      console.log(
        `      ${name}: ${percent(share)} of ${bounds.right + bounds.wrong} durations within their bound; notes: precision ${percent(notes.precision)}, recall ${percent(notes.recall)} of ${notes.right + notes.missed}`,
      );
      if (process.env.SHOW_MISSES) console.log([...bounds.examples, ...notes.examples].join('\n'));
      within += bounds.right;
      without += bounds.wrong;
      assert.ok(share >= 0.98, bounds.examples.slice(0, 5).join('\n'));
      assert.ok(notes.precision >= 0.9 && notes.recall >= 0.95, notes.examples.slice(0, 5).join('\n'));
    });
  });

  it('holds 99 % of all bounds', () => {
    const share = within / (within + without);
    console.log(`      ${(share * 100).toFixed(2)} % of ${within + without} durations within their bound`);
    assert.ok(share >= 0.99);
  });
});

function checkBounds(trace: Trace, { stages }: LossyTrace, tally: Tally): void {
  const truths = new Map<string | null, Step>(stepsOf(stages).map(step => [step.stepId, step]));
  for (const { stepId, duration, durationKind, bound, records } of trace.steps) {
    const step = truths.get(stepId);
    const run = step && releasing(step);
    if (!run || run.end === null || duration === null) continue;
    const [stated, real] = [duration / 1e6, run.end - run.start];
    const holds = bound === 'exact' ? stated === real : bound === 'atMost' ? stated >= real : stated <= real;
    if (holds) tally.right++;
    else {
      tally.wrong++;
      const lines = records
        .map(at => trace.records[at]!)
        .map(({ service, host, phase, attempt }) => `${service}/${host}/${phase}/${attempt}`);
      tally.examples.push(
        `${trace.correlationId} ${stepId} ${step.service.name}: ${durationKind} ${bound} ${stated} against ${real} (${lines.join(', ')})`,
      );
    }
  }
}

function checkNotes(trace: Trace, lossyTrace: LossyTrace, tally: Tally): void {
  const truth = missingOf(lossyTrace);
  for (const [kind, of] of Object.entries(told) as [keyof typeof told & NoteKind, keyof typeof truth][]) {
    const said = new Set(
      trace.notes
        .filter(note => note.kind === kind || (of === 'end' && note.kind === 'timeout'))
        .flatMap(note => note.steps),
    );
    const expected = new Set(truth[of]);
    for (const id of said) {
      if (expected.has(id)) tally.right++;
      else {
        tally.wrong++;
        tally.examples.push(`${trace.correlationId} ${id}: ${kind} is told but not so`);
      }
    }
    for (const id of expected) {
      if (said.has(id)) continue;
      tally.missed++;
      tally.examples.push(`${trace.correlationId} ${id}: ${kind} is not told`);
    }
  }
}
