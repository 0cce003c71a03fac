import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { LogEngine, SourcePlace } from '../../../src/common/protocol/logEngine';
import { createEngine } from '../../../src/node/engine/createEngine';
import { scanWorker } from './workers';

const folders: string[] = [];
process.on('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A folder that goes away with the process. */
export function tempFolder(files: Record<string, string | Uint8Array> = {}): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'throughline-node-'));
  folders.push(folder);
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  return folder;
}

/** Runs with an engine over some places and closes it. */
export async function withEngine<Result>(
  places: (string | SourcePlace)[],
  use: (engine: LogEngine) => Promise<Result>,
  workers = 2,
): Promise<Result> {
  const engine = createEngine({ scanWorker, workers });
  try {
    await engine.setSources(places.map(place => (typeof place === 'string' ? { kind: 'path', path: place } : place)));
    return await use(engine);
  } finally {
    await engine.dispose();
  }
}

export const orderId = '7c2d9f7b-18e7-4c7a-bf8c-4d83d13d9c01';
export const otherId = 'a1b2c3d4-0000-4c7a-bf8c-00000000beef';

const start = Date.parse('2026-03-02T10:00:00.000Z');

/** A JSON line at so many ms since the start. */
export const json = (ms: number, fields: Record<string, unknown>): string =>
  `${JSON.stringify({ timestamp: new Date(start + ms).toISOString(), level: 'INFO', ...fields })}\n`;

export const logfmt = (ms: number, fields: Record<string, string>): string =>
  `time=${new Date(start + ms).toISOString()} level=info ${Object.entries(fields)
    .map(([key, value]) => `${key}=${/\s/.test(value) ? JSON.stringify(value) : value}`)
    .join(' ')}\n`;

/** Lines of other requests, so that a profile has something to learn from. */
export const others = (count: number, from = 0): string =>
  Array.from({ length: count }, (_, at) => {
    const id = `0f${String(from + at).padStart(6, '0')}-18e7-4c7a-bf8c-4d83d13d9c02`;
    const context = { correlationId: id, stepId: `step-${from + at}`, userId: `user-${at % 7}`, service: 'api' };
    return json(at, { ...context, message: `Order ${at} taken` });
  }).join('');
