import assert from 'node:assert/strict';
import { TextNumbers } from '../../../src/common/trace/records/textNumbers';

describe('numbers of texts', () => {
  it('are given in the order in which texts come, however many there are', () => {
    const numbers = new TextNumbers(20_000);
    const texts = Array.from({ length: 20_000 }, (_, index) => `${index * 7919}-${'x'.repeat(index % 40)}`);
    texts.forEach((text, index) => {
      assert.equal(numbers.add(text), index);
    });
    texts.forEach((text, index) => {
      assert.equal(numbers.of(text), index);
      // Another string of the same characters.
      assert.equal(numbers.add(`${text}!`.slice(0, -1)), index);
    });
    assert.deepEqual(numbers.list(), texts);
  });

  it('are told apart by every character, the empty text being one as well', () => {
    const numbers = new TextNumbers(9);
    const texts = ['', 'a', 'A', 'aa', 'é', '\u0000', '\u0000\u0000', '日本', '😀'];
    assert.deepEqual(
      texts.map(text => numbers.add(text)),
      texts.map((_, index) => index),
    );
  });

  it('are none for what was never added', () => {
    const numbers = new TextNumbers(9);
    assert.equal(numbers.of('a'), -1);
    numbers.add('a');
    assert.equal(numbers.of('b'), -1);
    assert.equal(numbers.of('a'), 0);
  });
});
