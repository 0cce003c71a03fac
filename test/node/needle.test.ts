import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Needle } from '../../src/node/engine/view/needle';

const lower = (bytes: Buffer) => Buffer.from(bytes.map(byte => (byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte)));
// What stands at the borders of the letters, and the same with the top bit set.
const edges = [0x40, 0x41, 0x5a, 0x5b, 0x61, 0x7a, 0x00, 0x80, 0xc0, 0xc1, 0xda, 0xdb, 0xff];
const bytes = (most: number) =>
  fc.array(fc.constantFrom(...edges), { maxLength: most }).map(values => Buffer.from(values));

describe('A text that is looked for in bytes, whatever the case', () => {
  it('is found where it stands in lower case, first and last, at any place in memory', () => {
    fc.assert(
      fc.property(bytes(40), bytes(3), fc.nat(4), (text, text2, shift) => {
        const needle = text2.length > 0 ? text2 : Buffer.from('a');
        const memory = Buffer.alloc(shift + text.length + 4, 'Z');
        const copy = () => {
          text.copy(memory, shift);
          return memory.subarray(shift, shift + text.length);
        };
        const sought = new Needle({ needle, matchCase: false });
        assert.equal(sought.firstIn(copy()), lower(text).indexOf(lower(needle)));
        const last = needle.length > text.length ? -1 : lower(text).lastIndexOf(lower(needle));
        assert.equal(sought.lastIn(copy()), last);
        assert.equal(memory.subarray(0, shift).toString() + memory.subarray(-4).toString(), 'Z'.repeat(shift + 4));
      }),
      { numRuns: 2_000 },
    );
  });
});
