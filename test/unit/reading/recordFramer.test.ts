import assert from 'node:assert/strict';
import fc from 'fast-check';
import { countNewlines } from '../../../src/common/scan/newlineCounter';
import { recordAround } from '../../../src/common/scan/recordAround';
import { RecordFramer } from '../../../src/common/scan/recordFramer';
import type { StartsRecord } from '../../../src/common/scan/recordRule';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A record begins at a line that begins with a digit. */
const atDigit: StartsRecord = (bytes, start) => (bytes[start] ?? 0) >= 0x30 && (bytes[start] ?? 0) <= 0x39;
const always: StartsRecord = () => true;

function frame(chunks: Uint8Array[], startsRecord: StartsRecord, cap?: number) {
  const records: { text: string; byteStart: number; byteEnd: number; line: number; lines: number; cut: boolean }[] = [];
  const framer = new RecordFramer({ startsRecord, ...(cap === undefined ? {} : { cap }) }, ({ bytes, ...rest }) =>
    records.push({ text: decoder.decode(bytes), ...rest }),
  );
  for (const chunk of chunks) {
    framer.push(chunk);
    chunk.fill(0x7a); // What was handed in belongs to the caller again.
  }
  framer.finish();
  return { records, lines: framer.lines };
}

const texts = (text: string, startsRecord: StartsRecord, cap?: number) =>
  frame([encoder.encode(text)], startsRecord, cap).records.map(record => record.text);

/** Cuts bytes at the given places. */
function cutAt(bytes: Uint8Array, places: number[]): Uint8Array[] {
  const sorted = [...new Set(places.map(place => place % (bytes.length + 1)))].sort((a, b) => a - b);
  return [0, ...sorted].map((from, index) => bytes.slice(from, sorted[index] ?? bytes.length));
}

/** Text rich in what matters to framing. */
const logText = fc
  .array(fc.constantFrom('\n', '\r\n', '\r', ' ', '\t', '1', 'a', '1 abc', ' at x', 'é', '\n\n', 'aaaaaaaa'), {
    maxLength: 60,
  })
  .chain(parts => fc.constantFrom('', '\ufeff').map(bom => bom + parts.join('')));

describe('RecordFramer', () => {
  it('takes each line that is not blank for a record', () => {
    assert.deepEqual(texts('a\n\nb\r\n  \r\nc', always), ['a', 'b', 'c']);
  });

  it('gives lines that begin nothing to the record before, and keeps leading ones together', () => {
    assert.deepEqual(texts('x\ny\n1 a\n at b\n\n at c\n2\n\n\n', atDigit), ['x\ny', '1 a\n at b\n\n at c', '2']);
  });

  it('tells bytes and lines', () => {
    const { records, lines } = frame([encoder.encode('\ufeff\n1 a\r\n b\r\n\r\n2 é\n')], atDigit);
    assert.deepEqual(records, [
      { text: '1 a\r\n b', byteStart: 4, byteEnd: 11, line: 2, lines: 2, cut: false },
      { text: '2 é', byteStart: 15, byteEnd: 19, line: 5, lines: 1, cut: false },
    ]);
    assert.equal(lines, 5);
  });

  it('cuts what is longer than the cap and counts the rest', () => {
    const { records, lines } = frame([encoder.encode('1abcdef\n2\n ab\n cd\n3')], atDigit, 4);
    assert.deepEqual(records, [
      { text: '1abc', byteStart: 0, byteEnd: 7, line: 1, lines: 1, cut: true },
      { text: '2\n a', byteStart: 8, byteEnd: 17, line: 2, lines: 3, cut: true },
      { text: '3', byteStart: 18, byteEnd: 19, line: 5, lines: 1, cut: false },
    ]);
    assert.equal(lines, 5);
  });

  it('cuts a line of several MiB at 1 MiB without keeping it', () => {
    const framer: { text: number; cut: boolean }[] = [];
    const frames = new RecordFramer({ startsRecord: always }, ({ bytes, cut }) =>
      framer.push({ text: bytes.length, cut }),
    );
    for (let at = 0; at < 50; at++) frames.push(new Uint8Array(100_000).fill(0x61));
    frames.push(encoder.encode('\nb'));
    frames.finish();
    assert.deepEqual(framer, [
      { text: 1024 * 1024, cut: true },
      { text: 1, cut: false },
    ]);
  });

  it('goes on in the middle of a source', () => {
    const seen: number[][] = [];
    const framer = new RecordFramer({ startsRecord: always, byteStart: 100, line: 7 }, r =>
      seen.push([r.byteStart, r.line]),
    );
    framer.push(encoder.encode('a\nb\n'));
    framer.finish();
    assert.deepEqual(seen, [
      [100, 7],
      [102, 8],
    ]);
  });

  it('finds the same records however the bytes are chunked', () => {
    fc.assert(
      fc.property(
        logText,
        fc.array(fc.nat(400), { maxLength: 12 }),
        fc.constantFrom(undefined, 5, 9),
        (text, places, cap) => {
          for (const rule of [always, atDigit]) {
            const whole = frame([encoder.encode(text)], rule, cap);
            assert.deepEqual(frame(cutAt(encoder.encode(text), places), rule, cap), whole);
            const single = [...encoder.encode(text)].map(byte => Uint8Array.of(byte));
            assert.deepEqual(frame(single, rule, cap), whole);
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  it('loses no byte but blanks, breaks and the BOM', () => {
    fc.assert(
      fc.property(logText, text => {
        const { records } = frame([encoder.encode(text)], atDigit);
        const kept = records.map(record => record.text).join('');
        assert.equal(kept.replace(/\s/g, ''), text.replace(/[\s\ufeff]/g, ''));
      }),
    );
  });
});

describe('recordAround', () => {
  const atDigits = { startsRecord: atDigit };
  const whole = { startsAtFileStart: true, endsAtFileEnd: true };

  it('finds the same records as the framer from every offset', () => {
    fc.assert(
      fc.property(logText, text => {
        const bytes = encoder.encode(text);
        for (const rule of [always, atDigit]) {
          const { records } = frame([bytes.slice()], rule);
          for (const record of records) {
            for (let at = record.byteStart; at < record.byteEnd; at++) {
              assert.deepEqual(recordAround(bytes, at, { startsRecord: rule }, whole), {
                start: record.byteStart,
                end: record.byteEnd,
              });
            }
          }
        }
      }),
    );
  });

  it('asks for more where a record may go on beyond the window', () => {
    const bytes = encoder.encode(' tail\n1 a\n b\n2 c');
    const inside = { startsAtFileStart: false, endsAtFileEnd: false };
    assert.equal(recordAround(bytes, 2, atDigits, inside), 'before');
    assert.deepEqual(recordAround(bytes, 11, atDigits, { startsAtFileStart: false, endsAtFileEnd: true }), {
      start: 6,
      end: 12,
    });
    assert.equal(recordAround(bytes, 14, atDigits, inside), 'after');
    assert.equal(recordAround(encoder.encode('\n1 a\n b\n'), 2, atDigits, inside), 'after');
  });

  it('never decides otherwise in a smaller window', () => {
    fc.assert(
      fc.property(logText, fc.nat(200), fc.nat(200), fc.nat(200), (text, a, b, c) => {
        const bytes = encoder.encode(text);
        const [from, to] = [Math.min(a, bytes.length), Math.min(Math.max(a, b), bytes.length)];
        if (to <= from) return;
        const at = from + (c % (to - from));
        const found = recordAround(bytes.subarray(from, to), at - from, atDigits, {
          startsAtFileStart: from === 0,
          endsAtFileEnd: to === bytes.length,
        });
        if (typeof found === 'string') return;
        assert.deepEqual(
          { start: found.start + from, end: found.end + from },
          recordAround(bytes, at, atDigits, whole),
        );
      }),
      { numRuns: 500 },
    );
  });
});

describe('countNewlines', () => {
  it('counts in a range', () => {
    const bytes = encoder.encode('a\n\nb\nc');
    assert.equal(countNewlines(bytes), 3);
    assert.equal(countNewlines(bytes, 2, 4), 1);
    assert.equal(countNewlines(bytes, 0, 0), 0);
  });
});
