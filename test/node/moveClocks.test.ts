import assert from 'node:assert/strict';
import path from 'node:path';
import { run } from '../../src/cli/run';
import type { TraceDocument } from '../../src/common/protocol/documents';
import { EngineError } from '../../src/common/protocol/logEngine';
import { EngineClient } from '../../src/node/engine/engineClient';
import { json, orderId, others, tempFolder } from './support/logs';
import { engineWorker, scanWorker } from './support/workers';

const step = (ms: number, service: string, stepId: string, event: string, previousStepId?: string) =>
  json(ms, { correlationId: orderId, service, host: `${service}-1`, stepId, previousStepId, event, message: event });

/** Worker's clock is 1 s behind: it begins before it was asked, and its answer comes late. */
const folder = tempFolder({
  'api.jsonl':
    others(8) +
    step(0, 'api', 'step-1', 'started') +
    step(200, 'api', 'step-1', 'completed') +
    step(400, 'api', 'step-3', 'started', 'step-2') +
    step(420, 'api', 'step-3', 'completed', 'step-2'),
  'worker.jsonl':
    step(-700, 'worker', 'step-2', 'started', 'step-1') + step(-600, 'worker', 'step-2', 'completed', 'step-1'),
});

async function cli(...args: string[]) {
  const out: string[] = [];
  const terminal = {
    out: (text: string) => void out.push(text),
    err: () => {},
    readStdin: async () => Buffer.alloc(0),
    width: 140,
    color: false,
    cwd: folder,
  };
  return { status: await run(args, terminal, path.dirname(scanWorker.path)), out: out.join('\n') };
}

describe('clock offsets of a looked-up trace', () => {
  it('are applied on request and taken back, and everything asked for goes by it', async () => {
    const engine = new EngineClient({ engineWorker, scanWorker, workers: 1 });
    try {
      await engine.setSources([{ kind: 'path', path: folder }]);
      const result = await engine.lookup({ text: orderId });
      assert.ok(result.kind === 'trace');
      const { traceId, revision, clockOffsets, offsetsApplied } = result.trace;
      assert.deepEqual([clockOffsets.map(({ host }) => host), offsetsApplied], [['worker-1'], []]);
      const rows = () => engine.window({ traceId, from: 0, to: 10 });
      const raw = await rows();

      const moved = await engine.moveClocks({ traceId, apply: true });
      const { suggestedMs } = clockOffsets[0]!;
      assert.deepEqual(moved.offsetsApplied, [{ host: 'worker-1', offsetMs: suggestedMs }]);
      assert.ok(moved.revision > revision, 'rows of before must be asked for again');
      assert.deepEqual(
        moved.notes.map(({ kind }) => kind).filter(kind => kind === 'effectBeforeCause'),
        [],
      );
      const now = await rows();
      assert.deepEqual(
        now.map(({ clockOffsetMs, waitMs }) => [clockOffsetMs, waitMs !== null && waitMs >= 0]),
        [
          [null, false],
          [suggestedMs, true],
          [null, true],
        ],
      );
      assert.equal((await engine.step({ traceId, key: 'step-2' })).clockOffsetMs, suggestedMs);
      assert.match(
        (await engine.step({ traceId, key: 'step-2' })).records[0]!.timestamp!,
        /^2026-03-02T09:59:59\.300Z$/,
      );

      const back = await engine.moveClocks({ traceId, apply: false });
      assert.deepEqual([back.offsetsApplied, back.clockOffsets], [[], clockOffsets]);
      assert.deepEqual(await rows(), raw);
      await assert.rejects(engine.moveClocks({ traceId: 'gone', apply: true }), EngineError);
    } finally {
      await engine.dispose();
    }
  });

  it('are applied by the command line where it is told to', async () => {
    const plain = await cli('trace', orderId);
    assert.match(plain.out, /worker-1's clock seems to be .* behind api-1's[\s\S]*--apply-clock-offsets/);
    assert.doesNotMatch(plain.out, /time moved/);
    const moved = await cli('trace', orderId, '--apply-clock-offsets');
    assert.equal(moved.status, 0);
    assert.match(moved.out, /^Times moved, as asked: worker-1 .* later\.$/m);
    assert.match(moved.out, /^Step 2 .*worker\.jsonl:1 \(time moved\)$/m);
    assert.doesNotMatch(moved.out, /--apply-clock-offsets/);
    const document = JSON.parse((await cli('trace', orderId, '--apply-clock-offsets', '--json')).out) as TraceDocument;
    assert.deepEqual(
      [document.offsetsApplied.length, document.steps.map(({ clockOffsetMs }) => clockOffsetMs !== null)],
      [1, [false, true, false]],
    );
    assert.equal((await cli('list', '--apply-clock-offsets')).status, 2, 'is an option of trace alone');
  });
});
