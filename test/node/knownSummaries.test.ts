import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Engine } from '../../src/node/engine/engine';
import { TraceTables } from '../../src/node/engine/list/traceTables';
import { cancelFlag } from '../../src/node/engine/scan/cancel';
import type { ProfiledSource } from '../../src/node/engine/scan/scanJobs';
import { scanMethods } from '../../src/node/engine/scan/scanMethods';
import { json, tempFolder } from './support/logs';
import { profiledIn } from './support/summaries';

const id = (at: number) => `7c2d9f7b-18e7-4c7a-bf8c-${String(at).padStart(12, '0')}`;
/** A failure and what comes after it: columns do not tell how such a trace went. */
const failing = (at: number) =>
  json(at, { correlationId: id(at), stepId: `s-${at}`, event: 'start', level: 'INFO', message: 'Step started' }) +
  json(at + 1, { correlationId: id(at), stepId: `s-${at}`, event: 'end', level: 'ERROR', message: 'Step failed' });

/** Lists a folder again and again, and counts the traces whose records are read for it. */
function listing(folder: string) {
  const tables = new TraceTables();
  let read = 0;
  const run = (method: 'tabulate' | 'summarise', job: { traces?: unknown[] }) => {
    if (method === 'summarise') read += job.traces?.length ?? 0;
    return scanMethods[method]({ ...job, cancel: cancelFlag() } as never, () => {});
  };
  const engine = { pool: { run }, workers: 1 } as unknown as Engine;
  let known: Omit<ProfiledSource, 'source'>[] = [];
  return async () => {
    read = 0;
    const sources = await profiledIn(folder);
    // A log is read on in the way that was found out first.
    if (known.length === 0) known = sources;
    const profiled = sources.map((source, index) => ({ ...source, ...known[index], source: source.source }));
    const { table } = await tables.of(engine, profiled, { signal: undefined });
    const rows = Array.from({ length: table.size }, (_, row) => table.rowAt(row));
    return { read, rows: rows.sort((a, b) => (a.correlationId < b.correlationId ? -1 : 1)) };
  };
}

describe('What was read of traces that columns cannot tell', () => {
  const folder = tempFolder({ 'a.log': Array.from({ length: 50 }, (_, at) => failing(10 * at)).join('') });
  const file = path.join(folder, 'a.log');
  const list = listing(folder);

  it('is not read again as the log grows, but where a trace got new records', async () => {
    const first = await list();
    assert.deepEqual([first.read, first.rows.length], [50, 50]);
    appendFileSync(file, json(900, { correlationId: id(30), level: 'INFO', message: 'one more' }) + failing(5000));
    const second = await list();
    assert.deepEqual([second.read, second.rows.length], [2, 51]);
    assert.equal(second.rows.find(({ correlationId }) => correlationId === id(30))?.records, 3);
    assert.deepEqual(second.rows, (await listing(folder)()).rows);
  });

  it('is forgotten where the log is another one', async () => {
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, `${failing(10).replace('Step started', 'Step begun..')}${text.slice(failing(0).length)}`);
    const { read, rows } = await list();
    assert.equal(read, rows.length);
    assert.deepEqual(rows, (await listing(folder)()).rows);
  });
});
