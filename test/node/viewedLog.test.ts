import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import type { LogEngine } from '../../src/common/protocol/logEngine';
import type { CountedMatches, ShownLine } from '../../src/common/protocol/logReader';
import { json, orderId, otherId, tempFolder, withEngine } from './support/logs';
import { packings } from './support/packings';

const logOf = (name: string, content: string | Uint8Array): string => path.join(tempFolder({ [name]: content }), name);

const texts = (lines: readonly ShownLine[]): string[] => lines.map(({ text }) => text);

/** Some 6 MB: more than what is read at a time. */
const long = Array.from({ length: 60_000 }, (_, index) =>
  json(index, {
    level: index % 9 === 0 ? 'ERROR' : 'INFO',
    correlationId: orderId,
    message: `Order ${index} – ${'é'.repeat(index % 7)}`,
  }),
).join('');
const longLines = long.split('\n').slice(0, -1);
const offsetOf = (line: number): number =>
  longLines.slice(0, line - 1).reduce((sum, text) => sum + Buffer.byteLength(text) + 1, 0);

const kinds: Record<string, (text: string) => [name: string, bytes: Uint8Array]> = {
  'plain file': text => ['app.log', Buffer.from(text)],
  'gzip file': text => ['app.log.gz', gzipSync(text, { level: 1 })],
  'UTF-16 file': text => ['app.log', Buffer.from(`\ufeff${text}`, 'utf16le')],
};

for (const [kind, make] of Object.entries(kinds)) {
  describe(`The lines of a ${kind}`, function () {
    this.timeout(60_000);
    const open = <Result>(text: string, use: (engine: LogEngine, source: string) => Promise<Result>) => {
      const [name, bytes] = make(text);
      const source = logOf(name, bytes);
      return withEngine([source], engine => use(engine, source), 1);
    };

    it('come from anywhere, and numbered once they are counted', () =>
      open(long, async (engine, source) => {
        const first = await engine.lines({ source, at: 0, before: 10, after: 3 });
        assert.deepEqual(texts(first.lines), longLines.slice(0, 3));
        assert.deepEqual(
          first.lines.map(({ line }) => line),
          [1, 2, 3],
        );

        const at = offsetOf(50_000);
        const middle = await engine.lines({ source, at: at + 7, before: 2, after: 2 });
        assert.deepEqual(texts(middle.lines), longLines.slice(49_997, 50_001));
        assert.equal(middle.lines[2]?.from, at);

        const counted = await engine.countLines({ source });
        assert.deepEqual([counted.lines, counted.isAll, counted.bytes], [60_000, true, Buffer.byteLength(long)]);
        assert.deepEqual(counted.size, { bytes: Buffer.byteLength(long), isKnown: true });
        const again = await engine.lines({ source, at, before: 0, after: 1 });
        assert.equal(again.lines[0]?.line, 50_000);
      }));

    it('end where the log ends', () =>
      open(long, async (engine, source) => {
        const last = await engine.lines({ source, at: 1e12, before: 2, after: 5 });
        assert.deepEqual(texts(last.lines), longLines.slice(-2));
        assert.deepEqual(last.size, { bytes: Buffer.byteLength(long), isKnown: true });
        const back = await engine.lines({ source, at: last.lines[0]?.from ?? 0, before: 1, after: 0 });
        assert.deepEqual(texts(back.lines), longLines.slice(-3, -2));
      }));

    it('are found by their number', () =>
      open(long, async (engine, source) => {
        for (const line of [1, 2, 31_234, 60_000]) {
          const { offset } = await engine.countLines({ source, toLine: line });
          assert.equal(offset, offsetOf(line), `${line}`);
        }
        assert.equal((await engine.countLines({ source, toLine: 60_001 })).offset, null);
      }));

    it('are searched in both directions, whatever the case', () =>
      open(long, async (engine, source) => {
        const find = (text: string, from: number, backwards = false, matchCase = false) =>
          engine.findText({ source, text, from, backwards, matchCase });
        const place = offsetOf(40_001) + longLines[40_000]!.indexOf('Order');
        const found = { from: place, to: place + 'Order 40000 – '.length + 2 };
        assert.deepEqual(await find('ORDER 40000 – ', 0), found);
        assert.equal(await find('ORDER 40000', 0, false, true), null);
        assert.deepEqual(await find('Order 40000 – ', 1e12, true, true), found);
        assert.equal(await find('Order 40000 ', place + 1), null);
        assert.equal(await find('Order 40000 ', place, true), null);
        assert.deepEqual(await find('order 40000 – ', place + 1, true), found);
        assert.equal(await find('nowhere to be found', 0), null);
      }));

    it('are counted by what they hold, and each place among the others', () =>
      open(long, async (engine, source) => {
        const sought = { source, text: 'ORDER 59', matchCase: false };
        const places = [...long.matchAll(/Order 59/g)].map(({ index }) => index);
        const told: CountedMatches[] = [];
        const all = await engine.countMatches(sought, { onProgress: counted => told.push(counted) });
        assert.deepEqual(all, { matches: places.length, bytes: Buffer.byteLength(long), ended: 'all' });
        assert.ok(told.length > 0 && told.every(({ ended }) => ended === null));
        for (const index of [0, 1, 700, places.length - 1]) {
          const at = Buffer.byteLength(long.slice(0, places[index]));
          assert.equal(await engine.matchesBefore({ ...sought, at }), index, `${index}`);
          assert.equal(await engine.matchesBefore({ ...sought, at: at + 1 }), index + 1, `behind ${index}`);
        }
        const another = { ...sought, matchCase: true };
        assert.equal(await engine.matchesBefore({ ...another, at: 1 }), null, 'nobody has counted that');
        assert.equal((await engine.countMatches(another)).matches, 0);
        assert.equal(await engine.matchesBefore({ ...sought, at: 1 }), null, 'only the last text is held');
      }));

    it('are those of any text, wherever one looks', () =>
      fc.assert(
        fc.asyncProperty(
          fc.array(fc.constantFrom('a', 'ä€', '😀', '\n', '\r\n', 'INFO started\n'), { minLength: 1, maxLength: 30 }),
          fc.nat(),
          async (parts, place) => {
            const text = `2026-03-02T10:00:00Z INFO begin\n${parts.join('')}`;
            const all = text.endsWith('\n') ? text.slice(0, -1).split('\n') : text.split('\n');
            await open(text, async (engine, source) => {
              const size = Buffer.byteLength(text);
              const { lines } = await engine.lines({ source, at: place % size, before: 100, after: 100 });
              assert.deepEqual(
                texts(lines),
                all.map(line => line.replace(/\r$/, '')),
              );
              assert.deepEqual(
                lines.map(({ line }) => line),
                all.map((_, index) => index + 1),
              );
              assert.equal(lines.at(-1)?.to, size);
            });
          },
        ),
        { numRuns: 15 },
      ));
  });
}

describe('A log that is being viewed', function () {
  this.timeout(60_000);

  it('tells the severity of each line by its record, and which IDs can be traced', () => {
    const log =
      `2026-03-02T10:00:00Z ERROR [correlationId: ${orderId}] failed\n` +
      '  at one (a.ts:1)\n\n  at two (b.ts:2)\n' +
      `2026-03-02T10:00:01Z INFO [correlationId: ${otherId}] went on\n`;
    const source = logOf('app.log', log.repeat(20));
    return withEngine([source], async engine => {
      const { lines } = await engine.lines({ source, at: 0, before: 0, after: 5 });
      assert.deepEqual(
        lines.map(({ severity }) => severity),
        ['error', 'error', 'error', 'error', 'info'],
      );
      const named = lines.map(({ text, ids }) => ids.map(({ id, start, end }) => [id, text.slice(start, end)]));
      assert.deepEqual(named, [[[orderId, orderId]], [], [], [], [[otherId, otherId]]]);
      // Within a record, whose beginning is not among the lines.
      const rest = await engine.lines({ source, at: lines[3]?.from ?? 0, before: 1, after: 1 });
      assert.deepEqual(
        rest.lines.map(({ severity }) => severity),
        ['error', 'error'],
      );
    });
  });

  it('shows the beginning of a long line, the rest on request, and goes on behind it', () => {
    const line = `2026-03-02T10:00:00Z INFO ${'ä'.repeat(90_000)}|end`;
    const source = logOf('app.log', `one\n${line}\nthree\n`);
    return withEngine([source], async engine => {
      const { lines } = await engine.lines({ source, at: 0, before: 0, after: 10 });
      assert.deepEqual(
        lines.map(shown => shown.line),
        [1, 2, 2, 3],
      );
      assert.deepEqual(
        lines.map(({ continues }) => continues),
        [false, false, true, false],
      );
      const [, begin, rest] = lines;
      assert.equal(begin?.text, line.slice(0, begin?.text.length));
      assert.equal(Buffer.byteLength(begin?.text ?? '') + (begin?.moreBytes ?? 0), (begin?.to ?? 0) - 4);
      const whole = await Promise.all([begin!, rest!].map(({ from, to }) => engine.lineText({ source, from, to })));
      assert.equal(whole.join(''), `${line}\n`);
    });
  });

  it('numbers lines by one whose number is known, unless none begins there', () => {
    const source = logOf('app.log', long);
    return withEngine([source], async engine => {
      // Too far from the beginning to be counted at once.
      const [a, b] = [offsetOf(48_000), offsetOf(55_000)];
      const wrong = await engine.lines({ source, at: a, before: 0, after: 1, known: { offset: a + 3, line: 5 } });
      assert.equal(wrong.lines[0]?.line, null);
      const right = await engine.lines({ source, at: a, before: 1, after: 1, known: { offset: a, line: 48_000 } });
      assert.deepEqual(
        right.lines.map(({ line }) => line),
        [47_999, 48_000],
      );
      const near = await engine.lines({ source, at: b, before: 0, after: 1 });
      assert.equal(near.lines[0]?.line, 55_000);
    });
  });

  it('shows what was written since, and what was written anew', () => {
    const source = logOf('app.log', json(1, { message: 'one' }));
    return withEngine([source], async engine => {
      const last = async () => (await engine.lines({ source, at: 1e12, before: 1, after: 1 })).lines[0];
      assert.equal((await last())?.line, 1);
      appendFileSync(source, json(2, { message: 'two' }));
      await delay(1_100);
      assert.deepEqual([(await last())?.line, JSON.parse((await last())?.text ?? '').message], [2, 'two']);
      truncateSync(source);
      writeFileSync(source, json(3, { message: 'anew' }));
      await delay(1_100);
      assert.deepEqual([(await last())?.line, JSON.parse((await last())?.text ?? '').message], [1, 'anew']);
    });
  });

  it('says what of it cannot be read, and why it cannot be read at all', () => {
    const cut = logOf('cut.log.gz', gzipSync(long).subarray(0, 100_000));
    const binary = logOf('app.bin', Uint8Array.of(1, 2, 0, 3, 4, 0, 0, 5));
    return withEngine([cut], async engine => {
      const shown = await engine.lines({ source: cut, at: 1e12, before: 1, after: 0 });
      assert.match(shown.note ?? '', /cut off or damaged/);
      assert.equal(shown.size.isKnown, true);
      assert.ok(
        longLines.includes(shown.lines[0]?.text ?? '') || longLines.some(line => line.startsWith(shown.lines[0]!.text)),
      );
      await assert.rejects(engine.lines({ source: binary, at: 0, before: 0, after: 1 }), /binary/);
      await assert.rejects(engine.lines({ source: `${cut}.gone`, at: 0, before: 0, after: 1 }), /not there/);
    });
  });

  for (const [packing, { text }] of Object.entries(packings)) {
    it(`goes back in what is packed by ${packing}, and is opened again after it was closed`, () => {
      const source = logOf('app.log.packed', text);
      return withEngine([source], async engine => {
        const first = await engine.lines({ source, at: 0, before: 0, after: 3 });
        const last = await engine.lines({ source, at: 1e12, before: 3, after: 0 });
        assert.equal(last.size.isKnown, true);
        assert.deepEqual(await engine.lines({ source, at: 0, before: 0, after: 3 }), { ...first, size: last.size });
        await engine.closeLog(source);
        assert.deepEqual(texts((await engine.lines({ source, at: 0, before: 0, after: 3 })).lines), texts(first.lines));
      });
    });
  }

  it('counts a text once where it lies across blocks, and each of the places that overlap', () => {
    // A block has 256 KiB: at every border of one stands the text.
    const text = `${'=-'.repeat(128 * 1024)}`.slice(1);
    const source = logOf('app.log', `2026-03-02T10:00:00Z INFO ${text}=${text}=${text}=${text}\n`);
    return withEngine([source], async engine => {
      const sought = { source, text: '=-=', matchCase: true };
      const places = [...readFileSync(source, 'utf8').matchAll(/=(?=-=)/g)].map(({ index }) => index);
      assert.equal((await engine.countMatches(sought)).matches, places.length);
      for (const [index, at] of places.entries()) {
        if (index % 50_000 === 0) assert.equal(await engine.matchesBefore({ ...sought, at }), index);
      }
    });
  });

  it('counts a text on when the log has grown, from where two have counted it at once', () => {
    const source = logOf('app.log', long);
    return withEngine([source], async engine => {
      const sought = { source, text: 'taken', matchCase: true };
      appendFileSync(source, 'ta');
      const both = await Promise.all([engine.countMatches(sought), engine.countMatches(sought)]);
      assert.deepEqual(
        both.map(({ matches }) => matches),
        [0, 0],
      );
      appendFileSync(source, 'ken and taken\n');
      await delay(1_100);
      const { matches, bytes } = await engine.countMatches(sought);
      assert.deepEqual([matches, bytes], [2, Buffer.byteLength(long) + 16]);
      assert.equal(await engine.matchesBefore({ ...sought, at: bytes - 6 }), 1);
    });
  });

  it('counts no more of a text than anybody walks through, and says so', () => {
    const source = logOf('app.log', `2026-03-02T10:00:00Z INFO begin\n${'='.repeat(3_000_000)}\n`);
    return withEngine([source], async engine => {
      const counted = await engine.countMatches({ source, text: '==', matchCase: true });
      assert.equal(counted.ended, 'many');
      assert.ok(counted.matches >= 1_000_000 && counted.matches < 1_400_000, `${counted.matches}`);
      assert.equal(await engine.matchesBefore({ source, text: '==', matchCase: true, at: 600_032 }), 600_000);
      assert.equal(await engine.matchesBefore({ source, text: '==', matchCase: true, at: 2_000_000 }), null);
    });
  });

  it('stops when nobody waits any more', () => {
    const source = logOf('app.log.gz', gzipSync(long.repeat(10), { level: 1 }));
    return withEngine([source], async engine => {
      const abort = new AbortController();
      const { signal } = abort;
      const waiting = [
        engine.lines({ source, at: 1e12, before: 1, after: 1 }, { signal }),
        engine.countLines({ source }, { signal }),
        engine.countMatches({ source, text: 'nowhere', matchCase: false }, { signal }),
        engine.findText({ source, text: 'nowhere', matchCase: false, from: 0, backwards: false }, { signal }),
      ];
      setTimeout(() => abort.abort(), 1);
      await Promise.all(waiting.map(one => assert.rejects(one, { name: 'AbortError' })));
      const { lines } = await engine.lines({ source, at: 0, before: 0, after: 1 });
      assert.deepEqual(texts(lines), longLines.slice(0, 1));
    });
  });

  it('says what a line means by its offset, its number known or not', () => {
    const [name, bytes] = ['app.log.gz', gzipSync(long, { level: 1 })];
    const [plain, packed] = [logOf('app.log', long), logOf(name, bytes)];
    return withEngine([plain, packed], async engine => {
      const offset = offsetOf(50_000);
      for (const source of [plain, packed]) {
        await engine.lines({ source, at: offset, before: 10, after: 10 });
        const insight = await engine.at({ source, line: 50_000, offset });
        assert.equal(insight.record.message, JSON.parse(longLines[49_999]!).message);
        assert.equal(insight.record.line, 50_000);
        assert.equal(insight.explain.record.firstLine, 50_000);
        const unknown = await engine.at({ source, line: 1, offset });
        assert.equal(unknown.record.message, insight.record.message);
      }
    });
  });
});
