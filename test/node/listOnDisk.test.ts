import assert from 'node:assert/strict';
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { createEngine } from '../../src/node/engine/createEngine';
import type { Engine } from '../../src/node/engine/engine';
import { IndexFolder } from '../../src/node/engine/index/indexFolder';
import { StoredTables } from '../../src/node/engine/list/storedTables';
import { TraceTables } from '../../src/node/engine/list/traceTables';
import { cancelFlag } from '../../src/node/engine/scan/cancel';
import { sampleSource } from '../../src/node/engine/scan/sampleSource';
import type { ProfiledSource } from '../../src/node/engine/scan/scanJobs';
import { scanMethods } from '../../src/node/engine/scan/scanMethods';
import { discoverSources } from '../../src/node/sources/discoverSources';
import { writeBulk } from '../simulator/index';
import { json, others, tempFolder } from './support/logs';
import { LogWorld } from './support/logWorld';
import { scanWorker } from './support/workers';

const megabyte = 1024 * 1024;

/** Failures and what comes after them: columns do not tell how such traces went. */
const failed = (count: number) =>
  Array.from({ length: count }, (_, at) => {
    const own = { correlationId: `7c2d9f7b-18e7-4c7a-bf8c-${String(at).padStart(12, '0')}`, stepId: `s-${at}` };
    return (
      json(at, { ...own, event: 'start', message: 'Step started' }) +
      json(at + 1, { ...own, event: 'end', level: 'ERROR', message: 'Step failed' })
    );
  }).join('');

interface Place {
  logs: string;
  index: string;
  /** Of the workers that make tables. */
  script: string;
  /** How each log is read: as it was found out first. */
  samples: Map<string, Omit<ProfiledSource, 'source'>>;
}

const place = (files: Record<string, string | Uint8Array>): Place => ({
  logs: tempFolder(files),
  index: path.join(tempFolder(), 'index'),
  script: path.join(tempFolder({ script: '' }), 'script'),
  samples: new Map(),
});

const bothLogs = () => place({ 'a.log': others(400) + failed(20), 'b.log': others(200, 5000) });

async function profiled({ logs, samples }: Place): Promise<ProfiledSource[]> {
  const { sources } = await discoverSources([{ kind: 'path', path: logs }]);
  const found: ProfiledSource[] = [];
  for (const source of sources.sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const name = `${source.id}:${source.identity}`;
    const sample = samples.get(name) ?? (await sampleSource({ source, overrides: null, assumedZone: 'UTC' }));
    samples.set(name, sample);
    found.push({ source, ...sample });
  }
  return found;
}

/** Lists the logs with nothing in memory. @returns also which ranges were read for it */
async function listed(at: Place, stored: StoredTables | null) {
  const ranges: string[] = [];
  let readAgain = 0;
  const run = (
    method: 'tabulate' | 'summarise',
    job: { from?: number; source?: { id: string }; traces?: unknown[] },
  ) => {
    if (method === 'tabulate') ranges.push(`${path.basename(job.source?.id ?? '')} ${job.from}`);
    readAgain += job.traces?.length ?? 0;
    return scanMethods[method]({ ...job, cancel: cancelFlag() } as never, () => {});
  };
  const engine = { pool: { run }, workers: 1, profiles: { toStore: () => null } } as unknown as Engine;
  const tables = new TraceTables(stored);
  const { table, notes, counts } = await tables.of(engine, await profiled(at), { signal: undefined });
  await tables.settled();
  const rows = Array.from({ length: table.size }, (_, row) => table.rowAt(row));
  rows.sort((a, b) => (a.correlationId < b.correlationId ? -1 : 1));
  return { document: { rows, notes, counts }, ranges, readAgain };
}

const opened = (at: Place, mostBytes = 1e9) =>
  listed(at, new StoredTables(new IndexFolder(at.index, mostBytes), at.script));
const fresh = async (at: Place) => (await listed(at, null)).document;

const tablesOf = ({ index }: Place): string[] =>
  readdirSync(index)
    .filter(name => name.endsWith('.traces'))
    .map(name => path.join(index, name))
    // The larger log's first.
    .sort((a, b) => statSync(b).size - statSync(a).size);

describe('the list on disk', () => {
  it('is there without a look into the logs when they are opened again', async () => {
    const at = place({ 'a.log': others(2000), 'b.log': others(1000, 5000), 'c.log.gz': gzipSync(others(500, 9000)) });
    const first = await opened(at);
    assert.deepEqual(first.ranges, ['a.log 0', 'b.log 0', 'c.log.gz 0']);
    const again = await opened(at);
    assert.deepEqual(again.ranges, []);
    assert.deepEqual(again.document, first.document);
    assert.deepEqual(again.document, await fresh(at));
  });

  it('has what was read of traces that columns cannot tell, as long as their records stand where they stood', async () => {
    const at = place({ 'a.log': failed(50), 'b.log': failed(60).replaceAll('Step started', 'Step begun') });
    const first = await opened(at);
    assert.equal(first.readAgain, 60);
    assert.deepEqual(first.document, await fresh(at));
    const again = await opened(at);
    assert.deepEqual([again.readAgain, again.document], [0, first.document]);
    appendFileSync(path.join(at.logs, 'b.log'), failed(2));
    const grown = await opened(at);
    assert.deepEqual([grown.readAgain, grown.document], [2, await fresh(at)]);
    const [summaries = ''] = readdirSync(at.index).filter(name => name.endsWith('.summaries'));
    const file = path.join(at.index, summaries);
    const whole = readFileSync(file);
    writeFileSync(file, whole.with(whole.length - 20, (whole[whole.length - 20] ?? 0) ^ 1));
    const damaged = await opened(at);
    assert.deepEqual([damaged.readAgain > 0, damaged.document], [true, grown.document]);
    writeFileSync(path.join(at.logs, 'a.log'), failed(50).replaceAll('"ERROR"', '"INFO" '));
    assert.deepEqual((await opened(at)).document, await fresh(at));
  });

  it('comes with the way in which the logs are read', async () => {
    const at = place({ 'a.log': others(500) });
    const [script, jobs] = [path.join(tempFolder(), 'worker.cjs'), path.join(at.logs, '.jobs')];
    writeFileSync(
      script,
      `const fs = require('node:fs');
       require('node:worker_threads').parentPort.on('message', ({ method }) => {
         if (method) fs.appendFileSync(${JSON.stringify(jobs)}, method + '\\n');
       });
       require(${JSON.stringify(scanWorker.path)});`,
    );
    const list = async () => {
      writeFileSync(jobs, '');
      const options = { scanWorker: { path: script }, workers: 1, indexFolder: { path: at.index, mostBytes: 1e9 } };
      const engine = createEngine(options);
      try {
        await engine.setSources([{ kind: 'path', path: path.join(at.logs, 'a.log') }]);
        return { traces: (await engine.list({})).traces, jobs: readFileSync(jobs, 'utf8').split('\n').filter(Boolean) };
      } finally {
        await engine.dispose();
      }
    };
    const first = await list();
    // The first log is profiled in this thread, while the workers start.
    assert.deepEqual(first.jobs, ['tabulate']);
    assert.deepEqual(await list(), { traces: first.traces, jobs: [] });
    const engine = createEngine({ scanWorker, indexFolder: { path: at.index, mostBytes: 1e9 } });
    assert.ok((await engine.clearIndex()) > 0);
    await engine.dispose();
    assert.deepEqual(tablesOf(at), []);
    assert.deepEqual((await list()).jobs, ['tabulate']);
  });

  it('takes less room than a tenth of the logs', async () => {
    const at = place({});
    await writeBulk({ file: path.join(at.logs, 'a.log'), bytes: 2_000_000, seed: 3, inFlight: 40 });
    await opened(at);
    const [file = ''] = tablesOf(at);
    assert.ok(statSync(file).size < 200_000, String(statSync(file).size));
  });

  it('is not believed where it is damaged, of another log, version or build, and is made anew', async () => {
    const at = bothLogs();
    const { document } = await opened(at);
    const [first = '', second = ''] = tablesOf(at);
    const whole = readFileSync(first);
    const flipped = (place: number) => whole.with(place, (whole[place] ?? 0) ^ 1);
    const damages: Record<string, () => void> = {
      'one bit of a column': () => writeFileSync(first, flipped(whole.length - 100)),
      'one bit of the head': () => writeFileSync(first, flipped(100)),
      'cut off': () => writeFileSync(first, whole.subarray(0, whole.length - 4)),
      'cut off in the head': () => writeFileSync(first, whole.subarray(0, 64)),
      empty: () => writeFileSync(first, ''),
      'no tables': () => writeFileSync(first, others(3)),
      'of another log': () => copyFileSync(second, first),
      'another version': () => writeFileSync(first, whole.with(4, 99)),
      'another kind of file': () => writeFileSync(first, whole.with(3, 0)),
    };
    for (const [name, damage] of Object.entries(damages)) {
      damage();
      const again = await opened(at);
      assert.deepEqual(again.document, document, name);
      assert.deepEqual(again.ranges, ['a.log 0'], `${name}: only that log is read`);
      assert.deepEqual((await opened(at)).ranges, [], `${name}: made anew`);
    }
    writeFileSync(at.script, 'another build');
    const other = await opened(at);
    assert.deepEqual(other.document, document);
    assert.deepEqual(other.ranges, ['a.log 0', 'b.log 0']);
  });

  it('is read on where a log has grown meanwhile', async () => {
    const at = place({ 'a.log': others(50_000) });
    const file = path.join(at.logs, 'a.log');
    assert.ok(statSync(file).size > 9 * megabyte);
    await opened(at);
    appendFileSync(file, others(100, 70_000) + failed(3));
    const { ranges, document } = await opened(at);
    assert.deepEqual(ranges, [`a.log ${8 * megabyte}`]);
    assert.deepEqual(document, await fresh(at));
  });

  const text = others(3000);
  const changed = text.slice(0, 100_000) + text.slice(100_000).replaceAll('user-5"', 'user-6"');
  const changes: Record<string, (file: string) => void> = {
    'rewritten in the same size': file => writeFileSync(file, changed),
    'rewritten in the same size and its time set back': file => {
      const { atime, mtime } = statSync(file);
      writeFileSync(file, changed);
      utimesSync(file, atime, mtime);
    },
    'rewritten and larger': file => writeFileSync(file, changed + others(50, 8000)),
    'rewritten behind its beginning': file => writeFileSync(file, text.slice(0, 100_000) + others(3000, 9000)),
    truncated: file => truncateSync(file, 200_000),
    'copied and truncated': file => {
      copyFileSync(file, `${file}.1`);
      writeFileSync(file, others(10, 9000));
    },
    rotated: file => {
      renameSync(file, `${file}.1`);
      writeFileSync(file, others(10, 9000));
    },
    'replaced by another': file => {
      renameSync(path.join(path.dirname(file), 'b.log'), file);
    },
  };
  for (const [name, change] of Object.entries(changes))
    it(`is not that of a log that was ${name}`, async () => {
      const at = place({ 'a.log': text, 'b.log': others(3000, 20_000) });
      const before = await opened(at);
      change(path.join(at.logs, 'a.log'));
      const { document } = await opened(at);
      assert.deepEqual(document, await fresh(at));
      assert.notDeepEqual(document.rows, before.document.rows);
    });

  for (const seed of [11])
    it(`is the one that is read, whatever happens to the logs (${seed})`, async function () {
      this.timeout(180_000);
      const world = new LogWorld(tempFolder(), seed);
      const at = { ...place({}), logs: world.folder };
      const history: string[] = [];
      let [known, read] = [0, 0];
      for (let turn = 0; turn < 6; turn++) {
        const { document, ranges } = await opened(at);
        assert.deepEqual(document, await fresh(at), history.join(', '));
        if (turn > 0) {
          known += readdirSync(at.logs).length - ranges.length;
          read += ranges.length;
        }
        history.push(world.change());
      }
      assert.ok(known > 2 * read, `${known} were known, ${read} were read`);
    });

  it('takes no more room than it may', async () => {
    const at = bothLogs();
    await opened(at);
    const [first = ''] = tablesOf(at);
    const most = statSync(first).size + 100;
    appendFileSync(path.join(at.logs, 'a.log'), others(500, 30_000));
    appendFileSync(path.join(at.logs, 'b.log'), others(500, 40_000));
    await opened(at, most);
    assert.ok(tablesOf(at).reduce((sum, file) => sum + statSync(file).size, 0) <= most);
    assert.deepEqual((await opened(at)).document, await fresh(at));
  });

  it('is done without where nothing can be written', async () => {
    const at = { ...bothLogs(), index: path.join(tempFolder({ file: 'x' }), 'file', 'below') };
    await opened(at);
    assert.deepEqual((await opened(at)).document, await fresh(at));
    assert.ok(!existsSync(at.index));
  });
});
