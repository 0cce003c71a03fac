import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { traceDocument } from '../../src/common/export/traceDocument';
import { joinKey } from '../../src/common/profile/ids';
import { nothingCounted } from '../../src/common/protocol/completeness';
import type { TraceDocument } from '../../src/common/protocol/documents';
import { assembleTrace } from '../../src/common/trace/assembleTrace';
import { rounds } from '../host/thorough';
import { differences } from '../simulation/compareTrace';
import { readFolder } from '../simulation/readFolder';
import { writeLogs } from '../simulator/index';
import type { TraceTruth } from '../simulator/truth';

const traceCount = Number(process.env.SIMULATED_TRACES ?? rounds(2_500, 10_000));

describe(`a simulation of ${traceCount} traces`, () => {
  const directory = mkdtempSync(join(tmpdir(), 'throughline-simulation-'));
  let truths: readonly TraceTruth[] = [];
  const documents = new Map<string, TraceDocument>();

  before(async function () {
    // A busy machine takes minutes.
    this.timeout(600_000);
    const logs = join(directory, 'logs');
    ({ traces: truths } = await writeLogs({ directory: logs, seed: 20_260_302, traces: traceCount }));
    const groups = await readFolder(logs);
    for (const { correlationId, mentions } of truths) {
      const records = groups.get(joinKey(correlationId)) ?? [];
      const document = traceDocument(assembleTrace({ correlationId, records }), nothingCounted);
      // Mentions are the look-up's business: tested there, given here.
      documents.set(correlationId, { ...document, mentions: mentions.length });
    }
  });
  after(() => rmSync(directory, { recursive: true, force: true }));

  const compare = (truth: TraceTruth) => differences(documents.get(truth.correlationId)!, truth);

  it('gives every trace as its ground truth has it', () => {
    const wrong = truths.map(truth => ({ truth, found: compare(truth) })).filter(({ found }) => found.length > 0);
    const shown = wrong
      .slice(0, 5)
      .map(({ truth, found }) => `${truth.correlationId}\n    ${found.slice(0, 8).join('\n    ')}`);
    assert.equal(wrong.length, 0, `${wrong.length} of ${truths.length} traces differ:\n${shown.join('\n')}`);
  });

  /** A change to the truth that the comparison must see in every trace it applies to. */
  const sees = (change: (truth: TraceTruth) => TraceTruth | null) => {
    let changed = 0;
    for (const truth of truths.slice(0, 300)) {
      const other = change(structuredClone(truth));
      if (!other) continue;
      changed++;
      assert.notDeepEqual(compare(other), [], truth.correlationId);
    }
    assert.ok(changed > 100, `the change applied to ${changed} traces`);
  };

  it('would see a swapped link', () => {
    sees(truth => {
      const [a, b] = truth.steps.filter(step => step.previousStepIds.length === 1).slice(-2);
      if (!a || !b || a.previousStepIds[0] === b.previousStepIds[0]) return null;
      [a.previousStepIds, b.previousStepIds] = [b.previousStepIds, a.previousStepIds];
      return truth;
    });
  });

  it('would see a moved end', () => {
    sees(truth => {
      const step = truth.steps.find(({ expected, end }) => expected.bound === 'exact' && end !== null);
      if (!step) return null;
      step.end! += 1;
      return truth;
    });
  });

  it('would see a dropped record', () => {
    sees(truth => {
      truth.records.pop();
      return truth;
    });
  });
});
