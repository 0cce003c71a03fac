import assert from 'node:assert/strict';
import fc from 'fast-check';
import { rowLinesCap, TableFramer, type TableFraming } from '../../../src/common/scan/tableFramer';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

const csv: TableFraming = { dialect: 'csv', separator: ',', quoted: true, comment: null, header: false };
const titled: TableFraming = { ...csv, header: true };
const zeek: TableFraming = { dialect: 'zeek', separator: '\t', quoted: false, comment: '#', header: false };

interface Row {
  text: string;
  byteStart: number;
  byteEnd: number;
  line: number;
  lines: number;
  cut: boolean;
}

function frame(chunks: Uint8Array[], layout = csv, cap?: number) {
  const rows: Row[] = [];
  const framer = new TableFramer(layout, cap === undefined ? {} : { cap }, ({ bytes, ...rest }) =>
    rows.push({ text: decoder.decode(bytes), ...rest }),
  );
  for (const chunk of chunks) {
    framer.push(chunk);
    chunk.fill(0x7a); // What was handed in belongs to the caller again.
  }
  framer.finish();
  return { rows, lines: framer.lines };
}

const texts = (text: string, layout = csv, cap?: number) =>
  frame([encoder.encode(text)], layout, cap).rows.map(row => row.text);

/** Cuts bytes at the given places, into buffers whose `slice` is a view. */
function cutAt(bytes: Uint8Array, places: number[]): Uint8Array[] {
  const sorted = [...new Set(places.map(place => place % (bytes.length + 1)))].sort((a, b) => a - b);
  return [0, ...sorted].map((from, index) => Buffer.from(bytes.subarray(from, sorted[index] ?? bytes.length)));
}

const layouts: TableFraming[] = [
  csv,
  titled,
  zeek,
  { ...csv, separator: ' ' },
  { ...titled, separator: '|', comment: '#' },
  { ...csv, dialect: 'w3c', separator: ' ', comment: '#' },
];

/** Text rich in what matters to the framing of tables. */
const tableText = fc
  .array(
    fc.constantFrom('\n', '\r\n', '\r', ' ', '"', '""', ',', ',"', '",', '"\n', 'a', '#', '\t', '|', 'é', 'bcdefgh'),
    {
      maxLength: 80,
    },
  )
  .chain(parts => fc.constantFrom('', '\ufeff').map(bom => bom + parts.join('')));

describe('TableFramer', () => {
  it('takes each row for a record, and a line break in quotes for a part of it', () => {
    assert.deepEqual(texts('a,b\n\n1,"x\ny, ""z""\n\nw"\r\n2,c'), ['a,b', '1,"x\ny, ""z""\n\nw"', '2,c']);
  });

  it('tells bytes and lines; titles count as a line and are no record', () => {
    const { rows, lines } = frame([encoder.encode('\ufefftime,text\r\n1,"é\r\nb"\r\n\r\n2,c\r\n')], titled);
    assert.deepEqual(rows, [
      { text: '1,"é\r\nb"', byteStart: 14, byteEnd: 23, line: 2, lines: 2, cut: false },
      { text: '2,c', byteStart: 27, byteEnd: 30, line: 5, lines: 1, cut: false },
    ]);
    assert.equal(lines, 5);
  });

  it('skips the titles wherever they come again', () => {
    assert.deepEqual(texts('time,text\n1,a\ntime,text\n2,b\ntime,text', titled), ['1,a', '2,b']);
    assert.deepEqual(texts('time,text\n1,a\ntime,other\n', titled), ['1,a', 'time,other']);
  });

  it('skips directives, in which quotes mean nothing', () => {
    const text = '#separator \\x09\n#fields\tts\t"uid\n1\t"a\n#close\n2\tb"\n';
    const { rows, lines } = frame([encoder.encode(text)], zeek);
    assert.deepEqual(
      rows.map(({ text, line }) => [text, line]),
      [
        ['1\t"a', 3],
        ['2\tb"', 5],
      ],
    );
    assert.equal(lines, 5);
    assert.deepEqual(texts('#a,"b\nt,x\n1,2\n', { ...titled, comment: '#' }), ['1,2']);
  });

  it('counts a quote only where a cell begins, behind blanks too', () => {
    assert.deepEqual(texts('1,5" pipe\n2,a"b"\n3, "x\ny"\n'), ['1,5" pipe', '2,a"b"', '3, "x\ny"']);
    assert.deepEqual(texts('1,"a"b\n2,"c" "d\n3,e\n'), ['1,"a"b', '2,"c" "d', '3,e']);
  });

  it('gives a stray quote up where the next quote does not end its cell', () => {
    assert.deepEqual(texts('1,"5 inch,a\n2,b\n3,"c\nd"\n4,e\n'), ['1,"5 inch,a', '2,b', '3,"c\nd"', '4,e']);
  });

  it('gives a stray quote up after as many lines as a row may have', () => {
    const lines = (count: number) => Array.from({ length: count }, (_, at) => `${at},x`);
    const { rows, lines: counted } = frame([encoder.encode(`1,"open\n${lines(5000).join('\n')}\n`)]);
    assert.deepEqual([rows.length, counted, rows[0]?.text, rows[1]?.line], [5001, 5001, '1,"open', 2]);
    const long = `1,"${lines(rowLinesCap - 1).join('\n')}"`;
    assert.deepEqual(texts(`${long}\n2,b\n`), [long, '2,b']);
  });

  it('gives a stray quote up at the end of the source, and at the cap', () => {
    assert.deepEqual(texts('1,a\n2,"b\n3,c\n4,d'), ['1,a', '2,"b', '3,c', '4,d']);
    assert.deepEqual(texts('1,"b\n2,c\n3,d\n4,e"\n5,f\n', csv, 12), ['1,"b', '2,c', '3,d', '4,e"', '5,f']);
  });

  it('keeps the rest of a row whose second open cell is given up', () => {
    assert.deepEqual(texts('1,"a\nb","c\n2,d\n3,"e"\n'), ['1,"a\nb","c', '2,d', '3,"e"']);
  });

  it('cuts a row of several MiB without keeping it', () => {
    const rows: [number, boolean, number, number][] = [];
    const framer = new TableFramer(csv, {}, row => rows.push([row.bytes.length, row.cut, row.line, row.byteEnd]));
    for (let at = 0; at < 50; at++) framer.push(new Uint8Array(100_000).fill(0x61));
    framer.push(encoder.encode('\r'));
    framer.push(encoder.encode('\nb,c'));
    framer.finish();
    assert.deepEqual(rows, [
      [1024 * 1024, true, 1, 5_000_000],
      [3, false, 2, 5_000_005],
    ]);
    assert.equal(framer.lines, 2);
  });

  it('goes on in the middle of a source', () => {
    const seen: number[][] = [];
    const framer = new TableFramer(csv, { byteStart: 100, line: 7 }, row => seen.push([row.byteStart, row.line]));
    framer.push(encoder.encode('a\nb\n'));
    framer.finish();
    assert.deepEqual(seen, [
      [100, 7],
      [102, 8],
    ]);
  });

  it('finds the same rows however the bytes are chunked', () => {
    const cap = fc.constantFrom(undefined, 4, 9, 30);
    fc.assert(
      fc.property(tableText, fc.array(fc.nat(400), { maxLength: 12 }), cap, (text, places, cap) => {
        const bytes = encoder.encode(text);
        for (const layout of layouts) {
          const whole = frame([bytes.slice()], layout, cap);
          assert.deepEqual(frame(cutAt(bytes, places), layout, cap), whole);
          const single = [...bytes].map(byte => Uint8Array.of(byte));
          assert.deepEqual(frame(single, layout, cap), whole);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('loses no byte of any source: each is in a row, or in a counted line that is none', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          tableText.map(text => encoder.encode(text)),
          fc.uint8Array({ maxLength: 200 }),
        ),
        bytes => {
          for (const layout of layouts) {
            const { rows, lines } = frame([bytes.slice()], layout);
            assert.equal(lines, linesOf(bytes));
            for (const { byteStart, byteEnd, line, text } of rows) {
              assert.equal(line, 1 + linesBefore(bytes, byteStart));
              assert.equal(text, decoder.decode(bytes.subarray(byteStart, byteEnd)));
            }
            const all = frame([bytes.slice()], { ...layout, header: false }).rows;
            const rawOf = ({ byteStart, byteEnd }: Row) =>
              Buffer.from(bytes.subarray(byteStart, byteEnd)).toString('hex');
            const titles = layout.header && all[0] ? rawOf(all[0]) : null;
            assert.deepEqual(
              rows,
              all.filter(row => rawOf(row) !== titles),
            );
            assert.deepEqual(linesOutside(bytes, all, layout), []);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

const linesBefore = (bytes: Uint8Array, to: number) => bytes.subarray(0, to).filter(byte => byte === 0x0a).length;
const withoutBom = (bytes: Uint8Array) => (decoder.decode(bytes.subarray(0, 3)) === '' ? bytes.subarray(3) : bytes);
const linesOf = (bytes: Uint8Array) =>
  linesBefore(bytes, bytes.length) + (withoutBom(bytes).length > 0 && bytes.at(-1) !== 0x0a ? 1 : 0);

/** Lines outside of every row that are neither blank nor comments, without their breaks. */
function linesOutside(bytes: Uint8Array, rows: Row[], { comment }: TableFraming): string[] {
  let end = 0;
  const lines: string[] = [];
  for (const { byteStart, byteEnd } of [...rows, { byteStart: bytes.length, byteEnd: bytes.length }]) {
    lines.push(...decoder.decode(bytes.subarray(end, byteStart)).split(/\r?\n/));
    end = byteEnd;
  }
  return lines.filter(line => !/^[ \t\r]*$/.test(line) && !(comment !== null && line.startsWith(comment)));
}
