import assert from 'node:assert/strict';
import type { TraceDocument } from '../../src/common/protocol/documents';
import { json, logfmt, orderId, others, tempFolder, withEngine } from './support/logs';

const step = (from: number, to: number, stepId: string, service: string, previousStepId?: string): string[] => [
  json(from, { correlationId: orderId, stepId, previousStepId, service, message: `${stepId} started` }),
  json(to, { correlationId: orderId, stepId, previousStepId, service, message: `${stepId} finished` }),
];

const ours = [
  ...step(0, 20, 'take-order', 'api'),
  ...step(40, 190, 'reserve-stock', 'stock', 'take-order'),
  ...step(60, 120, 'check-credit', 'billing', 'take-order'),
  ...step(200, 240, 'send-mail', 'mail', 'reserve-stock'),
];

/** Puts lines between others: where, a seed decides; ours keep their order. */
function mixed(lines: readonly string[], among: readonly string[], seed: number): string {
  let state = seed;
  const random = (): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
  const placed = [
    ...lines.map((line, at) => ({ line, place: (at + 0.5) / lines.length })),
    ...among.map(line => ({ line, place: random() })),
  ];
  return placed
    .sort((a, b) => a.place - b.place)
    .map(({ line }) => line)
    .join('');
}

/** Everything that a trace says but for where its records stand in their file, and what was read to find them. */
async function told(files: Record<string, string>): Promise<unknown> {
  const folder = tempFolder(files);
  return withEngine([folder], async engine => {
    const result = await engine.lookup({ text: orderId });
    assert.equal(result.kind, 'trace');
    if (result.kind !== 'trace') return null;
    const document: TraceDocument = await engine.document(result.trace.traceId);
    const text = JSON.stringify({ ...document, completeness: null }, (name, value: unknown) =>
      name === 'line' || name === 'byteOffset' || name === 'source' ? null : value,
    );
    return JSON.parse(text);
  });
}

describe('a record that has nothing to do with a trace', () => {
  const foreign = others(60).split(/(?<=\n)/);

  it('changes nothing of it, wherever it stands in the same file', async () => {
    const alone = await told({ 'shop.log': ours.join('') });
    for (const seed of [1, 2, 3, 4]) {
      const text = mixed(ours, foreign.slice(0, seed * 15), seed);
      assert.deepEqual(await told({ 'shop.log': text }), alone, `seed ${seed}`);
    }
  });

  it('changes nothing of it in other files of other formats', async () => {
    const alone = await told({ 'shop.log': ours.join('') });
    const text = Array.from({ length: 40 }, (_, at) => `2026-03-02 10:00:0${at % 10}.123 INFO Cache - evicted ${at}\n`);
    const pairs = Array.from({ length: 40 }, (_, at) => logfmt(at, { msg: 'tick', request_id: `req-${at}77c1` }));
    const files = { 'shop.log': ours.join(''), 'cache.log': text.join(''), 'ticks.log': pairs.join('') };
    assert.deepEqual(await told(files), alone);
  });
});
