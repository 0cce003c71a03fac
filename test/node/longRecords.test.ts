import assert from 'node:assert/strict';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { compileReader } from '../../src/common/profile/compileReader';
import { RecordFramer, recordCap } from '../../src/common/scan/recordFramer';
import { sampleSource } from '../../src/node/engine/scan/sampleSource';
import { textRef } from '../../src/node/sources/discover/discoverSources';
import { rounds } from '../host/thorough';
import { json, orderId, otherId, others, tempFolder, withEngine } from './support/logs';

const own = (at: number) => json(at, { correlationId: orderId, service: 'api', message: `take ${at}` });
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at);

async function linesOf(content: string | Buffer, id = orderId, name = 'a.log') {
  const folder = tempFolder({ [name]: content });
  return withEngine([folder], async engine => {
    const result = await engine.lookup({ text: id });
    assert.equal(result.kind, 'trace');
    assert.ok(result.kind === 'trace');
    const { traceId, records, notes } = result.trace;
    const all = await engine.records({ traceId, from: 0, to: records });
    const { traces } = await engine.list({});
    const listed = traces.find(({ correlationId }) => correlationId === id)?.records ?? 0;
    return { lines: all.map(({ line }) => line ?? 0).sort((a, b) => a - b), listed, notes };
  });
}

describe('records beside one that is longer than 1 MiB', () => {
  const cases: [string, (pad: string) => string][] = [
    ['its ID first', pad => json(4, { correlationId: orderId, service: 'api', pad })],
    ['its ID last', pad => json(4, { service: 'api', pad, correlationId: orderId })],
  ];
  for (const [name, long] of cases) {
    it(`are all found (${name})`, async () => {
      const text = range(1, 3).map(own).join('') + long('y'.repeat(1_100_000)) + range(5, 51).map(own).join('');
      for (const [content, file] of [
        [text, 'a.log'],
        [gzipSync(text), 'a.log.gz'],
      ] as const) {
        const { lines, notes } = await linesOf(content, orderId, file);
        assert.deepEqual(lines, range(1, 51), file);
        assert.ok(notes.some(({ kind }) => kind === 'cut'));
      }
    });
  }

  it('are found before a huge line that is another record', async () => {
    const huge = json(99, { correlationId: otherId, service: 'api', pad: 'z'.repeat(3_000_000) });
    const text = range(1, 12).map(own).join('') + huge;
    for (const content of [text, text + own(14)]) {
      const expected = content === text ? range(1, 12) : [...range(1, 12), 14];
      assert.deepEqual((await linesOf(content)).lines, expected);
      assert.deepEqual((await linesOf(gzipSync(content), orderId, 'a.gz')).lines, expected);
    }
  });

  it('are the same for a look-up and by brute force, whatever the file is like', async function () {
    this.timeout(120_000);
    const pad = fc.constantFrom(0, 0, 0, 0, 20, 9000, recordCap - 60, recordCap + 7, 1_600_000, 2_300_000);
    const line = fc.record({
      id: fc.constantFrom(orderId, orderId, otherId, null),
      pad,
      idLast: fc.boolean(),
      stack: fc.constantFrom(0, 0, 0, 3, 30_000),
    });
    const file = fc.record({
      lines: fc.array(line, { minLength: 5, maxLength: 20 }),
      eol: fc.constantFrom('\n', '\r\n'),
      finalEol: fc.boolean(),
      packed: fc.boolean(),
    });
    const stack = (count: number, eol: string) => `${eol}\tat com.example.Orders.take(Orders.java:42)`.repeat(count);
    await fc.assert(
      fc.asyncProperty(file, async ({ lines, eol, finalEol, packed }) => {
        const texts = lines.map(({ id, pad: size, idLast, stack: depth }, at) => {
          const time = `2026-03-02 10:00:${String(at % 60).padStart(2, '0')}.000 INFO [main] `;
          const words = [id && `correlationId=${id}`, `take ${'y'.repeat(size)} ${at}`].filter(Boolean);
          return time + (idLast ? words.reverse() : words).join(' ') + stack(depth, eol);
        });
        const text = texts.join(eol) + (finalEol ? eol : '');
        if (!text.includes(orderId)) return;
        const { lines: found } = await linesOf(packed ? gzipSync(text) : text, orderId, packed ? 'a.gz' : 'a.log');
        assert.deepEqual(found, await bruteForce(text, orderId));
      }),
      { numRuns: rounds(6, 15) },
    );
  });
});

/** First lines of the records that the framer cuts and that hold the ID anywhere, also behind the cap. */
async function bruteForce(text: string, id: string): Promise<number[]> {
  const source = textRef('text', text);
  const { profile } = await sampleSource({ source, overrides: null, assumedZone: null });
  const reader = compileReader(profile, { modified: Date.UTC(2026, 11, 31) });
  const all = Buffer.from(text);
  const lines: number[] = [];
  const framer = new RecordFramer(
    { startsRecord: (bytes, start, end) => reader.startsRecord(bytes, start, end) },
    ({ byteStart, byteEnd, line }) => {
      if (all.subarray(byteStart, byteEnd).includes(id)) lines.push(line);
    },
  );
  framer.push(all);
  framer.finish();
  return lines;
}

describe('explain', () => {
  it('shows the record before a huge line as it is', async () => {
    const huge = json(99, { correlationId: otherId, service: 'api', pad: 'z'.repeat(3_000_000) });
    const folder = tempFolder({ 'a.log': others(5) + own(6) + huge });
    await withEngine([folder], async engine => {
      const { explain } = await engine.at({ source: path.join(folder, 'a.log'), line: 6 });
      assert.deepEqual([explain.record.firstLine, explain.record.lines], [6, 1]);
      const long = await engine.at({ source: path.join(folder, 'a.log'), line: 7 });
      assert.deepEqual([long.explain.record.firstLine, long.explain.record.bytes], [7, huge.length - 1]);
    });
  });
});
