import assert from 'node:assert/strict';
import fc from 'fast-check';
import { linesAround, type ReadBytes } from '../../../src/common/view/lineCuts';
import { lineText } from '../../../src/common/view/lineText';

const cutSize = 16;

/** Lines by the definition: at each line break, and at each multiple of the cut size without one in the stretch before. */
function naiveCuts(bytes: Uint8Array, start: number): { from: number; to: number }[] {
  const begins = [start];
  for (let at = start + 1; at < bytes.length; at++) {
    const isBlockFree = at % cutSize === 0 && !bytes.subarray(Math.max(start, at - cutSize), at).includes(0x0a);
    if (bytes[at - 1] === 0x0a || isBlockFree) begins.push(at);
  }
  if (start >= bytes.length) return [];
  return begins.map((from, index) => ({ from, to: begins[index + 1] ?? bytes.length }));
}

const readerOf =
  (bytes: Uint8Array): ReadBytes =>
  async (from, length) =>
    bytes.slice(from, from + length);

const words = ['a', 'bc ', '\n', '\r\n', '\n\n', 'ä', '€', '😀', '\0', 'x'.repeat(15), 'y'.repeat(40), '\ufeff'];
const text = fc.array(fc.constantFrom(...words), { maxLength: 60 }).map(parts => parts.join(''));

describe('The lines around a place', () => {
  it('are those of the whole text, from whichever place one looks', () =>
    fc.assert(
      fc.asyncProperty(
        text,
        fc.nat(8),
        fc.nat(5),
        fc.nat(5),
        fc.nat(),
        async (content, start, before, after, place) => {
          const bytes = Buffer.from(content);
          const from = Math.min(start, bytes.length);
          const all = naiveCuts(bytes, from);
          const at = from + (place % (bytes.length - from + 1));
          const lines = await linesAround(readerOf(bytes), { at, before, after }, { start: from, cutSize });
          // At the end of a text that ends with a line break there is no line.
          const found = all.findIndex(({ to }) => at < to);
          const endsLine = bytes.length === from || bytes.at(-1) === 0x0a;
          const middle = found >= 0 ? found : endsLine || isCutAtEnd(all, bytes, from) ? all.length : all.length - 1;
          const wanted = all.slice(Math.max(0, middle - before), middle + after);
          assert.deepEqual(
            lines.map(line => ({ from: line.from, to: line.to })),
            wanted,
          );
        },
      ),
      { numRuns: 2_000 },
    ));

  it('end before a piece that would begin at the end of a text whose start lies within a block', async () => {
    const bytes = Buffer.from('x'.repeat(cutSize));
    const lines = await linesAround(readerOf(bytes), { at: cutSize, before: 1, after: 0 }, { start: 2, cutSize });
    assert.deepEqual(
      lines.map(({ from, to }) => ({ from, to })),
      [{ from: 2, to: cutSize }],
    );
  });

  it('hold every character once, wherever a long line is cut', () =>
    fc.assert(
      fc.asyncProperty(text, async content => {
        const bytes = Buffer.from(content);
        const lines = await linesAround(readerOf(bytes), { at: 0, before: 0, after: 1000 }, { start: 0, cutSize });
        const joined = lines.map(line => lineText(line, 'utf-8', 1_000_000).text + (line.goesOn ? '' : '\n')).join('');
        const plain = content.replace(/^\ufeff/, '').replaceAll('\r', '');
        // A line break is no character, and may itself be cut.
        assert.equal(joined.replaceAll('\r', ''), content === '' || content.endsWith('\n') ? plain : `${plain}\n`);
      }),
      { numRuns: 2_000 },
    ));

  it('are read from the bytes around alone', async () => {
    const line = Buffer.from('one line of a log that is very long\n');
    const asked: number[] = [];
    const read: ReadBytes = async (from, length) => {
      asked.push(length);
      return Uint8Array.from({ length }, (_, index) => line[(from + index) % line.length]!);
    };
    const lines = await linesAround(read, { at: 5_000_000_017, before: 100, after: 100 }, { start: 0 });
    assert.equal(lines.length, 200);
    assert.ok(asked.reduce((sum, length) => sum + length, 0) < 512 * 1024, `${asked}`);
  });

  it('are cut where a line has no end, and reading stops', async () => {
    let bytesRead = 0;
    const read: ReadBytes = async (_, length) => {
      bytesRead += length;
      return new Uint8Array(length);
    };
    const lines = await linesAround(read, { at: 5_000_000_017, before: 100, after: 100 }, { start: 0 });
    assert.ok(lines.filter(({ to }) => to > 5_000_000_017).length >= 30, 'a view full, so that no more is asked for');
    assert.ok(lines.every(({ from, to }) => to - from === 64 * 1024 && from % (64 * 1024) === 0));
    assert.ok(lines.every(({ continues, goesOn }) => continues && goesOn));
    assert.ok(bytesRead < 9 * 1024 * 1024, `${bytesRead}`);
  });
});

/** The end of the text stands where a piece would begin. */
const isCutAtEnd = (all: { from: number }[], bytes: Uint8Array, start: number): boolean =>
  bytes.length % cutSize === 0 && (all.at(-1)?.from ?? 0) <= Math.max(start, bytes.length - cutSize);

describe('The text of a line', () => {
  const cut = (bytes: Uint8Array) => ({ from: 10, to: 10 + bytes.length, continues: false, goesOn: false, bytes });

  it('is shown up to a whole character, and tells what is not', () => {
    const bytes = Buffer.from('ab€d\r\n');
    assert.deepEqual(lineText(cut(bytes), 'utf-8', 3), { text: 'ab', moreBytes: 4 });
    assert.deepEqual(lineText(cut(bytes), 'utf-8', 5), { text: 'ab€', moreBytes: 1 });
    assert.deepEqual(lineText(cut(bytes), 'utf-8', 6), { text: 'ab€d', moreBytes: 0 });
  });

  it('is read as Latin-1 where the log is, and never throws', () => {
    const bytes = Uint8Array.of(0xe4, 0xff, 0x80, 0x0a);
    assert.equal(lineText(cut(bytes), 'latin1', 100).text.slice(0, 2), 'äÿ');
    assert.equal(lineText(cut(bytes), 'utf-8', 100).text, '\ufffd\ufffd\ufffd');
  });
});
