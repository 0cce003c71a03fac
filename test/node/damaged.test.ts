import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  closeSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { compileReader } from '../../src/common/profile/compileReader';
import { collectRecords } from '../../src/node/engine/list/collectRecords';
import { summariseTraces } from '../../src/node/engine/list/summariseTraces';
import { tabulateRange } from '../../src/node/engine/list/tabulateRange';
import { targetOf } from '../../src/node/engine/lookup/lookupInput';
import { cancelFlag } from '../../src/node/engine/scan/cancel';
import { sampleSource } from '../../src/node/engine/scan/sampleSource';
import { searchSource } from '../../src/node/engine/search/searchSource';
import { discoverSources } from '../../src/node/sources/discover/discoverSources';
import { json, orderId, others, tempFolder, withEngine } from './support/logs';

const own = { correlationId: orderId, service: 'api' };
const log = others(20) + json(1, { ...own, message: 'Größe taken' }) + json(2, { ...own, message: 'done' });

describe('coloured lines', () => {
  it('do not hide an ID behind the end of a colour', async () => {
    const esc = '\u001b';
    const line = (at: number, text: string) => `2026-03-02T10:00:0${at}.000Z ${esc}[32mINFO${esc}[0m ${text}\n`;
    const coloured = (id: string) => `correlationId=${esc}[0m${id}${esc}[36m service=${esc}[0mapi`;
    for (const id of [orderId, 'xyz-12345', 'req77777']) {
      const text = Array.from({ length: 9 }, (_, at) => line(at, coloured(at % 2 ? id : `other-${at}`))).join('');
      const jsonText = others(9) + json(1, { service: 'api', message: `took ${esc}[1;36m${id}${esc}[0m` });
      const folder = tempFolder({ 'a.log': text });
      const other = tempFolder({ 'b.log': jsonText });
      const count = (place: string) =>
        withEngine([place], async engine => {
          const result = await engine.lookup({ text: id });
          return result.kind === 'trace' ? result.trace.records : result.kind;
        });
      assert.equal(await count(folder), 4, id);
      assert.equal(await count(other), 1, id);
    }
  });

  it('do not make a part of a word an ID', async () => {
    const folder = tempFolder({
      'a.log': others(9) + json(1, { service: 'api', message: `took x[0m${orderId} m${orderId}` }),
    });
    await withEngine([folder], async engine => {
      assert.equal((await engine.lookup({ text: orderId })).kind, 'notFound');
    });
  });
});

describe('a file that changes while it is read', () => {
  it('never gives less than nothing, nor a trace of nothing, and says so', async () => {
    const folder = tempFolder({ 'a.log': others(9000) });
    const file = path.join(folder, 'a.log');
    const [source] = (await discoverSources([{ kind: 'path', path: file }])).sources;
    assert.ok(source);
    const { profile } = await sampleSource({ source, overrides: null, assumedZone: null });
    const reader = compileReader(profile, { modified: Date.UTC(2026, 11, 31) });
    const job = { source, profile, from: 1_000_000, to: source.storedSize, cancel: cancelFlag() };
    const whole = await collectRecords({ ...job, from: 0 }, reader);
    truncateSync(file, 5000);
    const postings = await collectRecords(job, reader);
    assert.equal(postings.bytes, 0);
    assert.match(postings.note?.text ?? '', /changed while being read/);
    const table = await tabulateRange({ ...job, base: 0 }, reader);
    assert.deepEqual([table.bytes, table.records, table.newlines], [0, 0, 0]);
    assert.match(table.note?.text ?? '', /changed while being read/);
    const search = { ...job, targets: [targetOf(orderId)], needles: [[orderId]] };
    const end = await searchSource(search, reader, () => {});
    assert.deepEqual([end.bytes, end.newlines], [0, 0]);
    assert.match(end.note?.text ?? '', /changed while being read/);
    const traces = whole.ids.map(({ key, id }, at) => ({ correlationId: id, keys: [key], from: at, to: at + 1 }));
    const { byteStart, byteEnd, part } = whole;
    const columns = { sourceOf: new Uint32Array(traces.length), byteStart, byteEnd, part };
    const summaries = await summariseTraces({
      sources: [{ source, profile }],
      traces,
      ...columns,
      cancel: cancelFlag(),
    });
    const still = summaries.traces.filter(trace => trace !== null);
    const kept = still.length;
    assert.ok(kept > 10 && kept < 40, String(kept));
    assert.ok(still.every(({ records }) => records === 1));
    assert.deepEqual(summaries.lost, [{ source: file, records: traces.length - kept }]);
    // Another file under the same name is not read by the offsets of the first.
    execFileSync('mv', [file, `${file}.1`]);
    writeFileSync(file, others(9000).replaceAll('Order', 'XXXXX'));
    const replaced = await collectRecords({ ...job, from: 0 }, reader);
    assert.deepEqual([replaced.records, replaced.bytes], [0, 0]);
    assert.match(replaced.note?.text ?? '', /changed while being read/);
  });
});

describe('a damaged gzip file', () => {
  const found = (folder: string, text: string) => withEngine([folder], engine => engine.lookup({ text }));

  it('gives all good data before something else, and says so', async () => {
    const garbage = Buffer.concat([gzipSync(log), Buffer.from('this is no gzip data')]);
    const folder = tempFolder({ 'a.log.gz': garbage });
    const result = await found(folder, orderId);
    assert.ok(result.kind === 'trace');
    assert.equal(result.trace.records, 2);
    assert.match(JSON.stringify(result.trace.notes), /a\.log\.gz is cut off or damaged/);
    const { sources, notes } = await withEngine([folder], engine => engine.sources({ full: false }));
    assert.equal(sources[0]?.records, 22);
    assert.match(JSON.stringify(notes), /a\.log\.gz is cut off or damaged/);
  });

  it('reads on behind an end that is filled up with zeros', async () => {
    const folder = tempFolder({ 'a.log.gz': Buffer.concat([gzipSync(log), Buffer.alloc(1000)]) });
    const result = await found(folder, orderId);
    assert.ok(result.kind === 'trace');
    assert.doesNotMatch(JSON.stringify(result.trace.notes), /damaged/);
  });

  it('says in every answer that something is missing', async () => {
    const packed = gzipSync(others(9000) + log);
    const wrong = Buffer.from(gzipSync(log));
    wrong.writeUInt32LE(7, wrong.length - 8);
    const cases = { cut: packed.subarray(0, packed.length - 500), crc: wrong };
    for (const [name, content] of Object.entries(cases)) {
      const folder = tempFolder({ 'a.log.gz': content });
      const missing = await found(folder, 'no-such-id-1');
      assert.ok(missing.kind === 'notFound');
      assert.match(missing.hints.join('\n'), /a\.log\.gz is cut off or damaged/, name);
      const query = await found(folder, 'status = failed');
      assert.match(JSON.stringify(query), /a\.log\.gz is cut off or damaged/, name);
      const { notes } = await withEngine([folder], engine => engine.sources({ full: true }));
      assert.match(JSON.stringify(notes), /a\.log\.gz is cut off or damaged/, name);
    }
  });

  it('tells of what is packed twice or is no text', async () => {
    const folder = tempFolder({
      'twice.gz': gzipSync(gzipSync(log)),
      'noise.gz': gzipSync(Buffer.from(Array.from({ length: 5000 }, (_, at) => (at * 7919) % 256))),
      'good.gz': gzipSync(log),
      'utf16.gz': gzipSync(Buffer.from(`\ufeff${log}`, 'utf16le')),
    });
    const { sources, skipped } = await discoverSources([{ kind: 'path', path: folder }]);
    assert.deepEqual(
      sources.map(({ id }) => path.basename(id)),
      ['good.gz', 'utf16.gz'],
    );
    assert.match(
      skipped.map(({ source, reason }) => `${path.basename(source)}: ${reason}`).join('\n'),
      /noise\.gz: binary\ntwice\.gz: gzip inside gzip/,
    );
    const result = await found(folder, orderId);
    assert.equal(result.kind === 'trace' && result.trace.records, 4);
  });
});

describe('bytes that are no file', () => {
  const places = (bytes: Uint8Array) => [{ kind: 'text' as const, id: '<stdin>', text: bytes }];
  const utf16be = Buffer.from(`\ufeff${log}`, 'utf16le').swap16();

  it('are looked at as those of a file are', async () => {
    const cases: [string, Uint8Array][] = [
      ['plain', Buffer.from(log)],
      ['gzip', gzipSync(log)],
      ['utf16le', Buffer.from(`\ufeff${log}`, 'utf16le')],
      ['utf16be', utf16be],
      ['latin1', Buffer.from(log, 'latin1')],
    ];
    for (const [name, bytes] of cases) {
      await withEngine(places(bytes), async engine => {
        const result = await engine.lookup({ text: orderId });
        assert.ok(result.kind === 'trace', name);
        const records = await engine.records({ traceId: result.trace.traceId, from: 0, to: 9 });
        assert.deepEqual(
          records.map(({ line, message }) => [line, message]),
          [
            [21, 'Größe taken'],
            [22, 'done'],
          ],
          name,
        );
        assert.equal((await engine.list({})).total, 21, name);
        assert.equal((await engine.at({ source: '<stdin>', line: 21 })).correlationId, orderId, name);
      });
    }
    await withEngine(places(Buffer.from([0x89, 0x50, 0x4e, 0x47, 1, 2, 3])), async engine => {
      const { completeness } = await engine.lookup({ text: orderId });
      assert.match(completeness.skippedSources[0]?.reason ?? '', /binary/);
    });
  });

  it('are the same in a file of UTF-16, of any length', async () => {
    const long = others(12_000) + log;
    for (const bytes of [
      Buffer.from(`\ufeff${long}`, 'utf16le'),
      Buffer.from(`\ufeff${long}`, 'utf16le').swap16(),
      Buffer.from(long, 'utf16le'),
    ]) {
      const folder = tempFolder({ 'a.log': bytes });
      await withEngine([folder], async engine => {
        const result = await engine.lookup({ text: orderId });
        assert.ok(result.kind === 'trace');
        const records = await engine.records({ traceId: result.trace.traceId, from: 0, to: 9 });
        assert.deepEqual(
          records.map(({ line }) => line),
          [12_021, 12_022],
        );
        const { traces, completeness } = await engine.list({ filter: `correlationId = ${orderId}` });
        assert.deepEqual([traces[0]?.records, completeness.lines], [2, 12_022]);
      });
    }
  });
});

describe('a hole of NULs', () => {
  it('is skipped at the beginning of a file and told from binary data', async () => {
    const folder = tempFolder({
      'binary.dat': Buffer.from(Array.from({ length: 3000 }, (_, at) => (at * 7919) % 256)),
      'nulls.log': Buffer.alloc(9000),
    });
    for (const [name, hole] of [
      ['small.log', 100],
      ['head.log', 6000],
      ['large.log', 3_000_000],
    ] as const) {
      const file = openSync(path.join(folder, name), 'w');
      ftruncateSync(file, hole);
      writeSync(file, json(0, { ...own, message: 'first' }) + log, hole);
      closeSync(file);
    }
    writeFileSync(
      path.join(folder, 'middle.log'),
      Buffer.concat([
        Buffer.from(others(3)),
        Buffer.alloc(3000),
        Buffer.from(json(0, { ...own, message: 'first' }) + log),
      ]),
    );
    const result = await withEngine([folder], async engine => {
      const looked = await engine.lookup({ text: orderId });
      assert.ok(looked.kind === 'trace');
      const records = await engine.records({ traceId: looked.trace.traceId, from: 0, to: 99 });
      const { traces } = await engine.list({ filter: `correlationId = ${orderId}` });
      const first = await engine.at({ source: path.join(folder, 'large.log'), line: 1 });
      return { ...looked, records, listed: traces[0]?.records, first };
    });
    const places = result.records.map(({ source, line }) => `${path.basename(source)}:${line}`).sort();
    const expected = ['head.log', 'large.log', 'small.log'].flatMap(name => [1, 22, 23].map(line => `${name}:${line}`));
    assert.deepEqual(places, [...expected, 'middle.log:25', 'middle.log:26', 'middle.log:4'].sort());
    assert.equal(result.listed, 12);
    assert.equal(result.first.correlationId, orderId);
    assert.equal(result.first.explain.record.firstLine, 1);
    assert.deepEqual(
      result.records.find(({ source, line }) => line === 1 && source.endsWith('large.log'))?.byteOffset,
      3_000_000,
    );
    const skipped = result.completeness.skippedSources.map(({ source }) => path.basename(source)).sort();
    assert.deepEqual(skipped, ['binary.dat', 'nulls.log']);
  });
});

describe('places', () => {
  it('of a workspace are not left by a link, a folder or dots', async function () {
    if (process.platform === 'win32') this.skip();
    const base = tempFolder({
      'in/a.log': log,
      'in/sub/b.log': log.replaceAll('api', 'web'),
      'out/secret.log': others(3),
      'out/deep/c.log': others(4),
    });
    const within = path.join(base, 'in');
    symlinkSync(path.join(base, 'out/secret.log'), path.join(within, 'link.log'));
    symlinkSync(path.join(base, 'out'), path.join(within, 'sub/away'));
    symlinkSync(path.join(within, 'sub'), path.join(within, 'inside'));
    for (const name of [
      within,
      path.join(within, '**/*.log'),
      path.join(within, '../out/secret.log'),
      path.join(within, 'link.log'),
    ]) {
      const guarded = await discoverSources([{ kind: 'path', path: name, within }]);
      assert.equal(
        guarded.sources.some(({ id }) => !id.startsWith(within)),
        false,
        name,
      );
      assert.match(guarded.skipped.map(({ reason }) => reason).join(), /leads out of/, name);
      const free = await discoverSources([{ kind: 'path', path: name }]);
      assert.equal(
        free.sources.some(({ id }) => id.includes('secret')),
        true,
        name,
      );
    }
  });

  it('that cannot be looked at say why', async function () {
    if (process.platform === 'win32') this.skip();
    const folder = tempFolder({ 'closed/a.log': log });
    symlinkSync('self', path.join(folder, 'self'));
    mkdirSync(path.join(folder, 'x'));
    const reason = async (name: string) =>
      (await discoverSources([{ kind: 'path', path: path.join(folder, name) }])).skipped[0]?.reason;
    assert.match((await reason('self')) ?? '', /loop of symbolic links/);
    assert.equal(await reason('gone.log'), 'not there');
    if (process.getuid?.() === 0) return;
    execFileSync('chmod', ['000', path.join(folder, 'closed')]);
    assert.match((await reason('closed/a.log')) ?? '', /no permission/);
    execFileSync('chmod', ['755', path.join(folder, 'closed')]);
  });
});
