import assert from 'node:assert/strict';
import fc from 'fast-check';
import { JsonFramer } from '../../../src/common/scan/jsonFramer';

interface Frame {
  text: string;
  /** [first line, lines, byteStart, byteEnd] */
  place: [number, number, number, number];
  cut: boolean;
}

const encode = (text: string) => new TextEncoder().encode(text);

function framesOf(bytes: Uint8Array, chunk = bytes.length, cap?: number): { frames: Frame[]; lines: number } {
  const frames: Frame[] = [];
  const options = { startsRecord: () => true, ...(cap === undefined ? {} : { cap }) };
  const framer = new JsonFramer(options, ({ bytes: kept, line, lines, byteStart, byteEnd, cut }) =>
    frames.push({ text: new TextDecoder().decode(kept), place: [line, lines, byteStart, byteEnd], cut }),
  );
  for (let at = 0; at < bytes.length; at += chunk) framer.push(bytes.slice(at, at + chunk));
  framer.finish();
  return { frames, lines: framer.lines };
}

const textsOf = (text: string) => framesOf(encode(text)).frames.map(frame => frame.text);

describe('cutting a stream into JSON values', () => {
  const cases: Record<string, [string, string[]]> = {
    'one after the other, on lines or not': ['{"a":1}{"b":2}\n{"c":3}', ['{"a":1}', '{"b":2}', '{"c":3}']],
    'the objects of an array': ['[\n {"a":1},\n {"a":[2]}\n]\n', ['{"a":1}', '{"a":[2]}']],
    'arrays behind each other': ['[{"a":1}][{"a":2}]\n', ['{"a":1}', '{"a":2}']],
    'arrays in an array': ['[[{"a":1},{"a":2}],[{"a":3}]]', ['[{"a":1},{"a":2}]', '[{"a":3}]']],
    'an empty array is none': ['[]\n{"a":1}', ['{"a":1}']],
    'brackets, quotes and backslashes in strings': [
      '{"a":"}]\\"{[\\\\"}\n{"b":"\\\\"}',
      ['{"a":"}]\\"{[\\\\"}', '{"b":"\\\\"}'],
    ],
    'commas between and too many of them': ['{"a":1,},\n{"b":[1,],},\n', ['{"a":1,}', '{"b":[1,],}']],
    'numbers and words of all kinds': ['{"a":-1.5e+9,"b":[true,null,NaN]}', ['{"a":-1.5e+9,"b":[true,null,NaN]}']],
    'a value that the end cuts off': ['{"a":1}\n{"b":[1,\n', ['{"a":1}', '{"b":[1,']],
    'text before, between and behind': ['start\n{"a":1} tail\n  end  \n', ['start', '{"a":1}', 'tail', 'end']],
    'zero bytes around values': ['\0\0\0{"a":1}\n\0\0{"b":2}\0', ['{"a":1}', '{"b":2}']],
    CRLF: ['{\r\n"a":1\r\n}\r\ntext\r\n', ['{\r\n"a":1\r\n}', 'text']],
    'one pretty record among lines': ['{"a":1}\n{\n  "b": 2\n}\n{"c":3}\n', ['{"a":1}', '{\n  "b": 2\n}', '{"c":3}']],
    'lines of text in brackets': [
      '{"a":1}\n[12:00:00 INF] up {x}\n[INFO] [main] y\n[1,2] z\n["q"] z\n{"b":2}',
      ['{"a":1}', '[12:00:00 INF] up {x}', '[INFO] [main] y', '[1,2] z', '["q"] z', '{"b":2}'],
    ],
    'text in brackets within an open array': [
      '[{"a":1},\n[12:00 INF] x\n{"b":2}',
      ['{"a":1}', '[12:00 INF] x', '{"b":2}'],
    ],
    'a bracket alone': ['[\ntext\n[', ['[', 'text', '[']],
    'braces that are no JSON': [
      '{ x = 1 }\n{"a":1}\n{}\n{key}\n{"b":2}',
      ['{ x = 1 }', '{"a":1}', '{}', '{key}', '{"b":2}'],
    ],
    'a string ends with its line': ['{"a":"torn\n{"b":2}\n', ['{"a":"torn', '{"b":2}']],
    'a torn record gives way to the next': [
      '{"a":{"b":1\n\n{"c":2}\n{"a":1,\n{"d":3}',
      ['{"a":{"b":1', '{"c":2}', '{"a":1,', '{"d":3}'],
    ],
    'text in the midst of a value': [
      '{\n"a":1,\nWARN x\n"b":2}\n{"c":3}',
      ['{\n"a":1,', 'WARN x', '"b":2}', '{"c":3}'],
    ],
    'brackets that do not match': ['{"a":[1}\n{"b":2}', ['{"a":[1}', '{"b":2}']],
  };
  for (const [name, [text, expected]] of Object.entries(cases)) {
    it(name, () => assert.deepEqual(textsOf(text), expected));
  }

  it('gives lines and bytes, behind a BOM and in UTF-8', () => {
    const { frames, lines } = framesOf(encode('\ufeff[\n{"ä":\n1},\n\n{"b":2}\n]\nend\n\n'));
    assert.deepEqual(
      frames.map(({ text, place }) => [text, ...place]),
      [
        ['{"ä":\n1}', 2, 2, 5, 14],
        ['{"b":2}', 5, 1, 17, 24],
        ['end', 7, 1, 27, 30],
      ],
    );
    assert.equal(lines, 8);
  });

  it('leaves blank lines behind a torn value out of it', () => {
    const { frames } = framesOf(encode('{"a":\n"b",\n \n\n{"c":1}'));
    assert.deepEqual(
      frames.map(({ place }) => place),
      [
        [1, 2, 0, 10],
        [5, 1, 14, 21],
      ],
    );
  });

  it('cuts what is longer than the cap, and knows where it ends', () => {
    const { frames } = framesOf(encode('{"a":"0123456789"}\n{"b":1}\ntext that is long\nx'), 5, 10);
    assert.deepEqual(
      frames.map(({ text, place: [line, , start, end], cut }) => [text, line, start, end, cut]),
      [
        ['{"a":"0123', 1, 0, 18, true],
        ['{"b":1}', 2, 19, 26, false],
        ['text that ', 3, 27, 44, true],
        ['x', 4, 45, 46, false],
      ],
    );
  });

  it('follows no nesting without end', () => {
    const { frames } = framesOf(encode(`${'[{"a":'.repeat(50_000)}\n{"b":1}`));
    assert.deepEqual(frames.at(-1)?.text, '{"b":1}');
  });

  const piece = fc.constantFrom(
    ...[
      '{"a":1}',
      '{',
      '}',
      '[',
      ']',
      '[{',
      '"',
      '\\"',
      ':',
      ',',
      '1',
      'x',
      '\n',
      '\r\n',
      ' ',
      '\ufeff',
      'ä',
      '\0',
      '{"k":[',
      '{"a":"b',
    ],
  );
  const anyText = fc.array(piece, { maxLength: 40 }).map(pieces => pieces.join(''));

  it('the same frames however the bytes come', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 7 }), fc.constantFrom(undefined, 6), (text, chunk, cap) => {
        const bytes = encode(text);
        assert.deepEqual(framesOf(bytes, chunk, cap), framesOf(bytes, Math.max(1, bytes.length), cap));
      }),
      { numRuns: 2000 },
    );
  });

  it('frames are in order, and nothing but blanks, commas and brackets of arrays is between them', () => {
    fc.assert(
      fc.property(anyText, text => {
        const bytes = encode(text);
        let at = 0;
        for (const { text: kept, place } of framesOf(bytes).frames) {
          const [line, lines, start, end] = place;
          assert.ok(start >= at && end > start);
          assert.match(new TextDecoder().decode(bytes.subarray(at, start)), /^[\s\0,[\]\ufeff]*$/);
          assert.equal(kept, new TextDecoder().decode(bytes.subarray(start, end)));
          const before = new TextDecoder().decode(bytes.subarray(0, start));
          assert.equal(line, before.split('\n').length);
          assert.equal(lines, kept.split('\n').length);
          at = end;
        }
        assert.match(new TextDecoder().decode(bytes.subarray(at)), /^[\s\0,[\]\ufeff]*$/);
      }),
      { numRuns: 2000 },
    );
  });

  it('values that JSON writes come out as they are', () => {
    fc.assert(
      fc.property(
        fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { maxLength: 5 }),
        fc.boolean(),
        (values, pretty) => {
          const texts = values.map(value => JSON.stringify(value, null, pretty ? 2 : 0));
          assert.deepEqual(textsOf(texts.join('\n')), texts);
          assert.deepEqual(
            textsOf(JSON.stringify(values, null, pretty ? 2 : 0)).map(text => JSON.parse(text)),
            values.map(value => JSON.parse(JSON.stringify(value))),
          );
        },
      ),
    );
  });
});
