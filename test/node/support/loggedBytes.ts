import fc from 'fast-check';

/** What an ID may stand behind although it ends in a letter or digit. */
export const escapes = [
  '%2F',
  '%22',
  '%ef',
  '\\n',
  '\\t',
  '\\\\n',
  '\\u0022',
  '\\u00e9',
  '\x1b[m',
  '\x1b[32m',
  '\x1b[1;32m',
  '\x1b[?25h',
  '\x1b[38;5;120m',
  '\x1b[2',
  '\x1b[1111111111111111111111111111111111111m',
  '\x1b[0;0;0;0;0;0;0;0;0;0;0;0;0;0;0;0;00000m',
  '\\u001b[32m',
  '\\u001B[0;1m',
  '\\x1b[32m',
  '\\x1B[32m',
  '\\033[7m',
  '\\e[32m',
  '^[[32m',
];

/** Nearly an escape. */
const decoys = [
  '%2',
  '%-7',
  '%g7',
  '\\',
  '\\u',
  '\\u0-22',
  '\\u00g2',
  '\\u---2',
  '[32m',
  '^[',
  '\x1b',
  'u0022',
  '\\x1c[32m',
  'e[1m',
  '033[7m',
  '=',
  '%',
  '[',
  ';',
];
const borders = [' ', '"', '-', '_', ':', '=', '?', '<', '/', '\n', '\r\n', '\0', '\xff', '\xe9', '`', '{', '@', '['];

const alphabet = 'abcdefxyzABCDEFXYZ0123456789';
const run = (options: { minLength?: number; maxLength: number }) =>
  fc.string({ unit: fc.constantFrom(...alphabet), ...options });

const joined = (parts: string[]): string => parts.join('-');

/** An ID: one word, or several with dashes and dots, of all lengths that matter. */
export const idText = fc.oneof(
  { weight: 4, arbitrary: run({ minLength: 8, maxLength: 20 }) },
  { weight: 2, arbitrary: fc.uuid() },
  { weight: 2, arbitrary: fc.array(run({ minLength: 1, maxLength: 12 }), { minLength: 2, maxLength: 4 }).map(joined) },
  { weight: 1, arbitrary: run({ minLength: 60, maxLength: 70 }) },
  { weight: 1, arbitrary: fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 7, maxLength: 20 }) },
);

const piece = (ids: string[]) =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...ids) },
    { weight: 3, arbitrary: fc.constantFrom(...escapes) },
    { weight: 2, arbitrary: fc.constantFrom(...borders) },
    { weight: 1, arbitrary: fc.constantFrom(...decoys) },
    { weight: 1, arbitrary: run({ maxLength: 12 }) },
  );

/** Bytes with these IDs between escapes, borders, things that look like them, and other words. */
export const textWith = (ids: string[]): fc.Arbitrary<Buffer> =>
  fc.array(piece(ids), { maxLength: 60 }).map(pieces => Buffer.from(pieces.join(''), 'latin1'));

/** Such bytes with IDs of their own, long runs, and bytes of any kind. */
export const anyBytes: fc.Arbitrary<Buffer> = fc.oneof(
  fc.array(idText, { minLength: 1, maxLength: 3 }).chain(textWith),
  fc.uint8Array({ maxLength: 700 }).map(bytes => Buffer.from(bytes)),
  fc
    .tuple(run({ minLength: 1, maxLength: 3 }), fc.constantFrom(63, 64, 65, 1024, 2047, 2048, 2049, 4095, 4096, 9000))
    .map(([unit, length]) => Buffer.from(unit.repeat(length).slice(0, length))),
);

/** Lengths of the blocks that some bytes are handed over in: small ones, one that is empty, and all at once. */
export const blockLengths: fc.Arbitrary<readonly number[]> = fc.oneof(
  fc.array(fc.integer({ min: 1, max: 130 }), { minLength: 1, maxLength: 5 }),
  fc.constantFrom([64], [128, 0, 64], [65_536], [4096], [5000, 1]),
);
