import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { LogEngine } from '../../../src/common/protocol/logEngine';
import { json, orderId, others } from '../../node/support/logs';
import { until } from '../../node/support/until';

/** One record of the order, with a step of its own. */
export const step = (ms: number, name: string): string =>
  json(ms, { correlationId: orderId, stepId: name, service: 'api', message: `did ${name}` });

const total = 40;

/** A log in a new folder, with the order's first step in it. @returns its file */
export function newLog(folder: string): string {
  mkdirSync(folder);
  const file = path.join(folder, 'app.log');
  writeFileSync(file, others(100) + step(0, 'step-x0'));
  return file;
}

/** Follows the order while its log grows and is rotated by name: each of its records comes, and once. */
export async function assertFollowed(engine: LogEngine, file: string): Promise<void> {
  const found = await engine.lookup({ text: orderId });
  assert.ok(found.kind === 'trace', JSON.stringify(found));
  const { traceId } = found.trace;
  let { records } = found.trace;
  const stop = new AbortController();
  const following = engine.follow(traceId, {
    signal: stop.signal,
    onProgress: trace => {
      records = trace.records;
    },
  });
  for (let at = 1; at <= total; at++) {
    appendFileSync(file, others(50, 1_000 * at) + step(at, `step-x${at}`));
    if (at % 15 === 0) {
      if (at > 15) renameSync(`${file}.1`, `${file}.2`);
      renameSync(file, `${file}.1`);
    }
    await delay(40);
  }
  await until(() => records >= total + 1, 40);
  stop.abort();
  await following;
  const { steps } = await engine.document(traceId);
  assert.deepEqual(
    steps.map(each => each.records.length),
    Array.from({ length: total + 1 }, () => 1),
  );
}
