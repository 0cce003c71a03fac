import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { targetOf } from '../../src/node/engine/lookup/lookupInput';
import { cancelFlag } from '../../src/node/engine/scan/cancel';
import { readerOf } from '../../src/node/engine/scan/readers';
import { sampleSource } from '../../src/node/engine/scan/sampleSource';
import type { SearchHit, SearchJob } from '../../src/node/engine/scan/scanJobs';
import { searchRange } from '../../src/node/engine/search/searchRange';
import { searchStream } from '../../src/node/engine/search/searchStream';
import type { SourceRef } from '../../src/node/sources/byteSource';
import { discoverSources, textRef } from '../../src/node/sources/discover/discoverSources';
import { openSource } from '../../src/node/sources/openSource';
import { json, orderId, others, tempFolder, withEngine } from './support/logs';

async function jobFor(source: SourceRef, ids: string[]): Promise<SearchJob> {
  const { profile } = await sampleSource({ source, overrides: null, assumedZone: null });
  const targets = ids.map(targetOf);
  const size = source.storedSize;
  return { source, profile, from: 0, to: size, targets, needles: ids.map(id => [id]), cancel: cancelFlag() };
}

/** Target, first byte and line of each hit, in order. */
const placesOf = (hits: readonly SearchHit[]): string[] =>
  [...new Set(hits.map(hit => `${hit.target}:${hit.record.location.byteStart}:${1 + hit.linesBefore}`))].sort();

async function searchChunks(source: SourceRef, ids: string[], chunkSize: number): Promise<string[]> {
  const job = await jobFor(source, ids);
  const hits: SearchHit[] = [];
  const opened = openSource(source);
  searchRange(job, opened, readerOf(source, job.profile), part => hits.push(...part.hits), chunkSize);
  opened.close();
  return placesOf(hits);
}

/** The answer by splitting lines. Records of one line only. */
function bruteForce(text: string, ids: string[]): string[] {
  const places: string[] = [];
  let offset = 0;
  for (const [at, line] of text.split('\n').entries()) {
    for (const [target, id] of ids.entries())
      if (line.includes(`"${id}"`)) places.push(`${target}:${offset}:${at + 1}`);
    offset += Buffer.byteLength(line) + 1;
  }
  return places.sort();
}

describe('searchRange', () => {
  it('finds the same records whatever the size of its chunks', async () => {
    const ids = ['aaaa1111bbbb', 'aaaa1111bbbbc', 'zz-zz-zz-zz'];
    const word = fc.oneof(fc.constantFrom(...ids), fc.string({ maxLength: 300 }), fc.constant('ü—🙂'));
    const log = fc.array(word, { minLength: 1, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(log, fc.integer({ min: 64, max: 700 }), async (words, chunkSize) => {
        const text = words.map((value, at) => json(at, { correlationId: value, message: `take ${at}` })).join('');
        const source = textRef('text', text);
        assert.deepEqual(await searchChunks(source, ids, chunkSize), bruteForce(text, ids));
      }),
      { numRuns: 150 },
    );
  });

  it('finds records of many lines, across chunks and beyond the window', async () => {
    const stack = `java.lang.IllegalStateException: ${orderId}\n${'\tat com.example.Orders.take(Orders.java:42)\n'.repeat(3000)}`;
    const line = (at: number, text: string) => `2026-03-02 10:00:0${at}.000 INFO [main] ${text}\n`;
    const head = line(0, 'nothing to see').repeat(600);
    const text = head + line(1, `failed ${stack}end of ${orderId}`) + line(2, 'next') + line(3, orderId);
    const source = textRef('text', text);
    const expected = await searchChunks(source, [orderId], 1 << 20);
    assert.deepEqual(expected.map(place => place.split(':')[2]).toSorted(), ['3604', '601']);
    for (const chunkSize of [4096, 20_000])
      assert.deepEqual(await searchChunks(source, [orderId], chunkSize), expected);
  });
});

describe('searchStream', () => {
  it('finds what searchRange finds', async () => {
    const text = Array.from(
      { length: 40 },
      (_, at) => others(500, at * 500) + json(at, { correlationId: orderId }),
    ).join('');
    const folder = tempFolder({ 'a.log': text, 'b.log.gz': gzipSync(text) });
    const { sources } = await discoverSources([{ kind: 'path', path: folder }]);
    const [plain, packed] = sources;
    assert.ok(plain && packed);
    const job = await jobFor(packed, [orderId]);
    const hits: SearchHit[] = [];
    const opened = openSource(packed);
    const end = await searchStream(job, opened, readerOf(packed, job.profile), part => hits.push(...part.hits));
    assert.deepEqual(placesOf(hits), await searchChunks(plain, [orderId], 1 << 16));
    assert.equal(end.newlines, 40 * 501);
    assert.equal(end.bytes, text.length);
  });
});

describe('the answer', () => {
  it('does not depend on the number of workers or the order of sources', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 4 }, (_, file) => [
        `s${file}.log`,
        Array.from(
          { length: 12 },
          (_, at) => others(300, at * 300) + json(at, { correlationId: orderId, service: `s${file}` }),
        ).join(''),
      ]),
    );
    const folder = tempFolder(files);
    const names = Object.keys(files).map(name => path.join(folder, name));
    const answer = (places: string[], workers: number) =>
      withEngine(
        places,
        async engine => {
          const result = await engine.lookup({ text: orderId });
          assert.ok(result.kind === 'trace');
          const { completeness: _, ...document } = await engine.document(result.trace.traceId);
          const { completeness: __, ...list } = await engine.list({});
          return { document, list };
        },
        workers,
      );
    const expected = await answer(names, 1);
    assert.equal(expected.document.steps.flatMap(({ records }) => records).length, 48);
    for (const { source, line } of expected.document.steps.flatMap(({ records }) => records)) {
      assert.match(readFileSync(source, 'utf8').split('\n')[(line ?? 0) - 1] ?? '', new RegExp(orderId));
    }
    assert.deepEqual(await answer(names.toReversed(), 2), expected);
    assert.deepEqual(await answer([folder], 4), expected);
  });
});
