import assert from 'node:assert/strict';
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { decodeIndex, encodeIndex } from '../../src/common/index/indexFile';
import type { LogEngine } from '../../src/common/protocol/logEngine';
import { createEngine } from '../../src/node/engine/createEngine';
import { json, orderId, otherId, others, tempFolder } from './support/logs';
import { scanWorker } from './support/workers';

const log = (id: string) =>
  others(1500) + json(1, { correlationId: id, message: 'found' }) + others(1500, 1500) + json(2, { correlationId: id });

/** A worker that dies of a job, once if it can leave a flag. */
function dyingWorker(method: string, flag = '') {
  const script = path.join(tempFolder(), 'dying.cjs');
  writeFileSync(
    script,
    `const fs = require('node:fs');
     const flag = ${JSON.stringify(flag)};
     require('node:worker_threads').parentPort.on('message', ({ method }) => {
       if (method !== ${JSON.stringify(method)} || fs.existsSync(flag)) return;
       if (flag) fs.writeFileSync(flag, '');
       process.exit(3);
     });
     require(${JSON.stringify(scanWorker.path)});`,
  );
  return { path: script };
}

interface Place {
  logs: string;
  index: string;
}

const place = (): Place => ({
  logs: tempFolder({ 'a.log': log(orderId), 'b.log': log(otherId) }),
  index: path.join(tempFolder(), 'not', 'yet'),
});

async function withIndex<Result>(
  { logs, index }: Place,
  use: (engine: LogEngine) => Promise<Result>,
  mostBytes = 1e9,
  workers = 2,
): Promise<Result> {
  const engine = createEngine({ scanWorker, workers, indexFolder: { path: index, mostBytes } });
  try {
    await engine.setSources([{ kind: 'path', path: logs }]);
    return await use(engine);
  } finally {
    await engine.dispose();
  }
}

/** Lines of an ID, what was read for them, and the kinds of notes. */
async function lookUp(engine: LogEngine, id: string) {
  const result = await engine.lookup({ text: id });
  if (result.kind !== 'trace') throw new Error(`${result.kind}: ${id}`);
  const { traceId, notes } = result.trace;
  const records = await engine.records({ traceId, from: 0, to: 100 });
  const lines = records.map(({ source, line }) => `${path.basename(source)}:${line}`).sort();
  return { lines, bytesRead: result.completeness.bytesRead ?? 0, notes: notes.map(({ kind }) => kind) };
}

const expected = ['a.log:1501', 'a.log:3002'];
const sizeOf = ({ logs }: Place): number =>
  readdirSync(logs).reduce((sum, name) => sum + statSync(path.join(logs, name)).size, 0);
const filesOf = ({ index }: Place): string[] => readdirSync(index).map(name => path.join(index, name));

describe('indexing', () => {
  it('goes on where a worker dies of it', async () => {
    const at = place();
    const flag = path.join(tempFolder(), 'died');
    const engine = createEngine({ scanWorker: dyingWorker('index', flag), workers: 1 });
    try {
      await engine.setSources([{ kind: 'path', path: at.logs }]);
      const { sources, sourcesDone } = await engine.index();
      assert.ok(existsSync(flag));
      assert.deepEqual([sources, sourcesDone], [2, 2]);
      const { lines, bytesRead } = await lookUp(engine, orderId);
      assert.deepEqual(lines, expected);
      assert.ok(bytesRead < sizeOf(at) / 3);
    } finally {
      await engine.dispose();
    }
  });

  it('keeps what is done when it is stopped, and goes on from there', async () => {
    const at = { ...place(), logs: tempFolder({ 'a.log': others(30_000) + log(orderId) }) };
    // One worker: of two, the second part may be done first, and what is behind a gap is not kept.
    const stopped = async (engine: LogEngine) => {
      const stop = new AbortController();
      const done: number[] = [];
      const onProgress = ({ bytesDone }: { bytesDone: number }) => {
        done.push(bytesDone);
        stop.abort();
      };
      await assert.rejects(engine.index({ signal: stop.signal, onProgress }), { name: 'AbortError' });
      assert.ok((done[0] ?? 0) > 0 && (done[0] ?? 0) < sizeOf(at));
    };
    await withIndex(at, stopped, 1e9, 1);
    await withIndex(at, async engine => {
      assert.ok((await lookUp(engine, orderId)).bytesRead < sizeOf(at) - 1e6, 'the first part is indexed');
      const begun: number[] = [];
      const { bytes, bytesDone } = await engine.index({ onProgress: progress => begun.push(progress.bytesDone) });
      assert.equal(bytesDone, bytes);
      assert.ok((begun[0] ?? 0) > 2e6, 'it is not begun anew');
      assert.deepEqual((await lookUp(engine, orderId)).lines.length, 2);
    });
  });
});

describe('the index on disk', () => {
  it('is used when the logs are opened again', async () => {
    const at = place();
    await withIndex(at, engine => engine.index());
    assert.equal(filesOf(at).length, 2);
    const { lines, bytesRead } = await withIndex(at, engine => lookUp(engine, orderId));
    assert.deepEqual(lines, expected);
    assert.ok(bytesRead < sizeOf(at) / 3, `${bytesRead} of ${sizeOf(at)} bytes`);
  });

  it('tells how the logs are read, unless the user says it otherwise by now', async () => {
    const at = place();
    const before = await withIndex(at, async engine => {
      await engine.index();
      return engine.sources({ full: false });
    });
    // Nobody can look into the logs any more.
    const indexFolder = { path: at.index, mostBytes: 1e9 };
    const engine = createEngine({ scanWorker: dyingWorker('profile'), workers: 1, indexFolder });
    try {
      await engine.setSources([{ kind: 'path', path: at.logs }]);
      assert.deepEqual(await engine.sources({ full: false }), before);
      assert.deepEqual((await lookUp(engine, orderId)).lines, expected);
    } finally {
      await engine.dispose();
    }
    await withIndex(at, async said => {
      await said.setReading({ sources: [{ path: '**', service: 'said' }], fields: {}, formats: [] });
      const { sources } = await said.sources({ full: false });
      assert.deepEqual(
        sources.map(({ service }) => service.value),
        ['said', 'said'],
      );
    });
  });

  it('does not believe a way to read the logs that is none', async () => {
    const at = place();
    await withIndex(at, engine => engine.index());
    for (const sample of [null, 7, {}, { key: 'x' }, { profile: { format: 'json' } }]) {
      for (const file of filesOf(at)) {
        const stored = decodeIndex(Uint8Array.from(readFileSync(file)));
        assert.ok(stored);
        writeFileSync(file, Buffer.concat(encodeIndex({ ...stored, sample })));
      }
      assert.deepEqual((await withIndex(at, engine => lookUp(engine, orderId))).lines, expected);
    }
  });

  it('knows the beginning of a log that has grown meanwhile', async () => {
    const at = place();
    await withIndex(at, engine => engine.index());
    appendFileSync(path.join(at.logs, 'a.log'), others(10) + json(3, { correlationId: orderId }));
    const { lines, bytesRead } = await withIndex(at, engine => lookUp(engine, orderId));
    assert.deepEqual(lines, [...expected, 'a.log:3013']);
    assert.ok(bytesRead < sizeOf(at) / 3, `${bytesRead} of ${sizeOf(at)} bytes`);
  });

  it('is not believed where it is damaged, of another log or another version, and is built anew', async () => {
    const at = place();
    await withIndex(at, engine => engine.index());
    const [first = '', second = ''] = filesOf(at);
    const whole = readFileSync(first);
    const damages: Record<string, () => void> = {
      'one bit': () => writeFileSync(first, whole.with(whole.length >> 1, (whole[whole.length >> 1] ?? 0) ^ 1)),
      'cut off': () => writeFileSync(first, whole.subarray(0, whole.length >> 1)),
      empty: () => writeFileSync(first, ''),
      'no index': () => writeFileSync(first, others(3)),
      'of another log': () => copyFileSync(second, first),
      'another version': () => writeFileSync(first, whole.with(4, 0)),
    };
    for (const [name, damage] of Object.entries(damages)) {
      damage();
      await withIndex(at, async engine => {
        assert.deepEqual((await lookUp(engine, orderId)).lines, expected, name);
        assert.deepEqual(await lookUp(engine, otherId).then(({ lines }) => lines.length), 2, name);
        await engine.index();
      });
      assert.equal(readFileSync(first).length, whole.length, `${name}: built anew`);
    }
  });

  it('tells where a log is not what was indexed, and finds what is there now', async () => {
    const at = place();
    await withIndex(at, engine => engine.index());
    for (const file of filesOf(at)) {
      const stored = decodeIndex(Uint8Array.from(readFileSync(file)));
      assert.ok(stored);
      for (const { checksums } of stored.segments) checksums.fill(7);
      writeFileSync(file, Buffer.concat(encodeIndex(stored)));
    }
    await withIndex(at, async engine => {
      const first = await lookUp(engine, orderId);
      assert.deepEqual([first.lines, first.notes], [expected, ['staleIndex']]);
      const second = await lookUp(engine, orderId);
      assert.deepEqual([second.lines, second.notes], [expected, []]);
      await engine.index();
      const third = await lookUp(engine, orderId);
      assert.deepEqual([third.lines, third.notes], [expected, []]);
      assert.ok(third.bytesRead < sizeOf(at) / 3);
    });
  });

  it('takes no more room than it may: what was used least recently goes first', async () => {
    const at = place();
    await withIndex(at, engine => engine.index());
    const [first = ''] = filesOf(at);
    utimesSync(first, 1, 1);
    appendFileSync(path.join(at.logs, 'a.log'), others(1));
    appendFileSync(path.join(at.logs, 'b.log'), others(1));
    await withIndex(at, engine => engine.index(), statSync(first).size + 1000);
    assert.equal(filesOf(at).length, 1);
  });

  it('goes when it is cleared, and nothing else with it', async () => {
    const at = place();
    await withIndex(at, async engine => {
      await engine.index();
      const size = filesOf(at).reduce((sum, file) => sum + statSync(file).size, 0);
      writeFileSync(path.join(at.index, 'of somebody else'), 'x');
      assert.ok((await engine.clearIndex()) >= size);
      assert.deepEqual(
        filesOf(at).map(file => path.basename(file)),
        ['of somebody else'],
      );
      assert.ok((await lookUp(engine, orderId)).bytesRead >= sizeOf(at));
    });
  });

  it('is done without where nothing can be written', async () => {
    const at = { ...place(), index: path.join(tempFolder({ file: 'x' }), 'file', 'below') };
    await withIndex(at, async engine => {
      await engine.index();
      assert.deepEqual((await lookUp(engine, orderId)).lines, expected);
    });
  });
});
