import assert from 'node:assert/strict';
import {
  appendFileSync,
  closeSync,
  copyFileSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { RecordDocument } from '../../src/common/protocol/documents';
import type { LogEngine, TraceHeader } from '../../src/common/protocol/logEngine';
import { json, orderId, others, tempFolder, withEngine } from './support/logs';

/** One record of the trace, known by its number. */
const line = (number: number, more: Record<string, unknown> = {}): string =>
  json(number, { correlationId: orderId, service: 'api', message: `number ${number}`, ...more });

/** A trace that is followed: what it has by now, and a wait for what it is to have. */
class Followed {
  readonly ended: Promise<void>;
  header: TraceHeader;
  private readonly engine: LogEngine;
  private readonly abort = new AbortController();
  private changed = () => {};

  constructor(engine: LogEngine, trace: TraceHeader) {
    this.engine = engine;
    this.header = trace;
    const onProgress = (header: TraceHeader) => {
      this.header = header;
      this.changed();
    };
    this.ended = engine.follow(trace.traceId, { signal: this.abort.signal, onProgress });
  }

  async until(what: string, fits: (header: TraceHeader) => boolean): Promise<void> {
    const deadline = Date.now() + 20_000;
    while (!fits(this.header)) {
      if (Date.now() > deadline) assert.fail(`Waited in vain: ${what}; ${this.header.records} records`);
      await new Promise<void>(resolve => {
        const timer = setTimeout(resolve, 500);
        this.changed = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  untilRecords(count: number): Promise<void> {
    return this.until(`${count} records`, ({ records }) => records >= count);
  }

  records(): Promise<RecordDocument[]> {
    return this.engine.records({ traceId: this.header.traceId, from: 0, to: 1e9 });
  }

  async numbers(): Promise<number[]> {
    return (await this.records()).map(({ message }) => Number(/number (\d+)/.exec(message)?.[1])).sort((a, b) => a - b);
  }

  async end(): Promise<void> {
    this.abort.abort();
    await this.ended;
  }
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, at) => at);

async function following(place: string, use: (followed: Followed, engine: LogEngine) => Promise<void>): Promise<void> {
  await withEngine([place], async engine => {
    const found = await engine.lookup({ text: orderId });
    assert.equal(found.kind, 'trace');
    if (found.kind !== 'trace') return;
    const followed = new Followed(engine, found.trace);
    try {
      await use(followed, engine);
    } finally {
      await followed.end();
    }
  });
}

describe('Sources that are watched', () => {
  it('tell of growth and of a new file, not of what was there, and no more once nobody listens', async () => {
    const folder = tempFolder({ 'app.log': others(50) });
    await withEngine([folder], async engine => {
      const abort = new AbortController();
      let changes = 0;
      let changed = () => {};
      const next = () => new Promise<void>(resolve => (changed = resolve));
      const ended = engine.watch({
        signal: abort.signal,
        onProgress: () => {
          changes++;
          changed();
        },
      });
      await new Promise(resolve => setTimeout(resolve, 800));
      assert.equal(changes, 0);
      let told = next();
      appendFileSync(path.join(folder, 'app.log'), others(1, 60));
      await told;
      told = next();
      writeFileSync(path.join(folder, 'new.log'), others(3, 70));
      await told;
      abort.abort();
      await ended;
      const last = changes;
      appendFileSync(path.join(folder, 'app.log'), others(1, 80));
      await new Promise(resolve => setTimeout(resolve, 800));
      assert.equal(changes, last);
    });
  });
});

describe('A trace that is followed', function () {
  this.timeout(60_000);

  it('grows with its log, line by line, with the right line numbers', async () => {
    const folder = tempFolder({ 'app.log': others(50) + line(0) + line(1) });
    const file = path.join(folder, 'app.log');
    await following(folder, async followed => {
      appendFileSync(file, others(30, 100) + line(2));
      await followed.untilRecords(3);
      appendFileSync(file, line(3) + others(5000, 200) + line(4));
      await followed.untilRecords(5);
      assert.deepEqual(await followed.numbers(), upTo(5));
      const lines = readFileSync(file, 'utf8').split('\n');
      for (const { line: at, message } of await followed.records()) assert.match(lines[at! - 1]!, new RegExp(message));
    });
  });

  it('takes a line that is written in two halves for one record', async () => {
    const folder = tempFolder({ 'app.log': others(50) + line(0) });
    const file = path.join(folder, 'app.log');
    const whole = line(1, { detail: 'the end of it' });
    await following(folder, async followed => {
      appendFileSync(file, whole.slice(0, -20));
      await followed.untilRecords(2);
      appendFileSync(file, whole.slice(-20) + line(2));
      await followed.untilRecords(3);
      const records = await followed.records();
      assert.deepEqual(await followed.numbers(), upTo(3));
      assert.equal(records[1]!.message, 'number 1');
    });
  });

  it('takes the lines of a stack trace that come later to their record', async () => {
    const text = (number: number) => `2026-03-02 10:00:0${number} ERROR api [${orderId}] number ${number} failed\n`;
    const folder = tempFolder({ 'app.log': text(0) + text(1) });
    const file = path.join(folder, 'app.log');
    await following(folder, async followed => {
      const first = followed.header.revision;
      appendFileSync(file, '\tat shop.Orders.take(Orders.java:12)\n');
      await followed.until('another revision', ({ revision }) => revision > first);
      appendFileSync(file, text(2));
      await followed.untilRecords(3);
      assert.deepEqual(await followed.numbers(), upTo(3));
    });
  });

  it('goes on over a rotation by name, with what was written to the old file last', async () => {
    const folder = tempFolder({ 'app.log': others(50) + line(0) });
    const file = path.join(folder, 'app.log');
    await following(folder, async followed => {
      const old = openSync(file, 'a');
      writeSync(old, line(1));
      await followed.untilRecords(2);
      renameSync(file, `${file}.1`);
      writeSync(old, line(2));
      writeFileSync(file, line(3));
      closeSync(old);
      await followed.untilRecords(4);
      renameSync(`${file}.1`, `${file}.2`);
      renameSync(file, `${file}.1`);
      writeFileSync(file, line(4));
      await followed.until('five records in three files', () => followed.header.records === 5);
      await followed.until('their places', ({ revision }) => revision >= 3);
      assert.deepEqual(await followed.numbers(), upTo(5));
      const places = (await followed.records()).map(({ source }) => path.basename(source));
      assert.deepEqual(places, ['app.log.2', 'app.log.2', 'app.log.2', 'app.log.1', 'app.log']);
      assert.deepEqual(
        followed.header.notes.filter(({ kind }) => kind === 'truncatedSource'),
        [],
      );
    });
  });

  it('counts nothing twice over a rotation by copy, and says what may be lost', async () => {
    const folder = tempFolder({ 'app.log': others(50) + line(0) });
    const file = path.join(folder, 'app.log');
    await following(folder, async followed => {
      appendFileSync(file, line(1));
      await followed.untilRecords(2);
      copyFileSync(file, `${file}.1`);
      // The copy is there for a while before the log is emptied.
      await new Promise(resolve => setTimeout(resolve, 700));
      assert.deepEqual(await followed.numbers(), upTo(2));
      truncateSync(file);
      appendFileSync(file, line(2));
      await followed.untilRecords(3);
      assert.deepEqual(await followed.numbers(), upTo(3));
      const places = (await followed.records()).map(({ source }) => path.basename(source));
      assert.deepEqual(places, ['app.log.1', 'app.log.1', 'app.log']);
      const notes = followed.header.notes.filter(({ kind }) => kind === 'truncatedSource');
      assert.match(notes.map(({ text }) => text).join(), /may be missing/);
    });
  });

  it('keeps what a truncated log had, and says that it is not there any more', async () => {
    const folder = tempFolder({ 'app.log': others(50) + line(0) });
    const file = path.join(folder, 'app.log');
    await following(folder, async followed => {
      truncateSync(file);
      appendFileSync(file, others(20, 500) + line(1));
      await followed.untilRecords(2);
      assert.deepEqual(await followed.numbers(), upTo(2));
      const [note] = followed.header.notes.filter(({ kind }) => kind === 'truncatedSource');
      assert.match(note!.text, /app\.log was emptied or written anew/);
    });
  });

  it('knows a log again that was away, and takes in one that is new', async () => {
    const folder = tempFolder({ 'app.log': others(50) + line(0) });
    const file = path.join(folder, 'app.log');
    await following(folder, async followed => {
      const text = readFileSync(file);
      rmSync(file);
      writeFileSync(path.join(folder, 'other.log'), others(40, 700) + line(1));
      await followed.untilRecords(2);
      writeFileSync(file, text);
      appendFileSync(file, line(2));
      await followed.untilRecords(3);
      assert.deepEqual(await followed.numbers(), upTo(3));
    });
  });

  it('finds what it has read in the file that it was packed into', async () => {
    const folder = tempFolder({ 'app.log': others(50) + line(0) + line(1) });
    const file = path.join(folder, 'app.log');
    await following(folder, async followed => {
      writeFileSync(`${file}.1.gz`, gzipSync(readFileSync(file)));
      rmSync(file);
      writeFileSync(file, others(10, 300) + line(2));
      await followed.untilRecords(3);
      assert.deepEqual(await followed.numbers(), upTo(3));
      const places = (await followed.records()).map(({ source }) => path.basename(source));
      assert.deepEqual(places, ['app.log.1.gz', 'app.log.1.gz', 'app.log']);
    });
  });

  it('runs as long as its log is being written, and ends with its release', async () => {
    const start = { stepId: 's1', event: 'start', message: 'number 0' };
    const folder = tempFolder({ 'app.log': others(50) + line(0, start) });
    const file = path.join(folder, 'app.log');
    await following(folder, async (followed, engine) => {
      appendFileSync(file, line(1, { stepId: 's1', message: 'number 1' }));
      await followed.untilRecords(2);
      assert.equal(followed.header.status, 'running');
      await engine.release(followed.header.traceId);
      appendFileSync(file, line(2));
      await followed.ended;
    });
  });
});
