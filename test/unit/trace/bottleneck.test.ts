import assert from 'node:assert/strict';
import { percentText } from '../../../src/common/timeline/percentText';
import { type Line, pair, traceOf } from './traceOf';

const sentence = (...lines: Line[]) => traceOf(lines).bottleneck?.sentence;
const hour = 3_600_000;

describe('the sentence on where the time went', () => {
  it('names the step, its share, and what is next', () => {
    assert.equal(
      sentence(
        ...pair('a', 0, 100, { stepType: 'Order' }),
        ...pair('b', 110, 1000, { stepType: 'Pay', previous: ['a'] }),
      ),
      'Pay takes 890 ms of 1.00 s (89 %): without it the run would end 890 ms earlier. Next on the path: Order, 100 ms.',
    );
  });

  it('leaves waiting out, and says so, where it dwarfs every step', () => {
    assert.equal(
      sentence(
        ...pair('a', 0, 40, { stepType: 'Order' }),
        ...pair('b', 8 * hour, 8 * hour + 60, { stepType: 'Delivery', previous: ['a'] }),
        ...pair('c', 8 * hour + 60, 8 * hour + 80, { stepType: 'Bill', previous: ['b'] }),
      ),
      'The run waits for 99.9 % of 8 h 00 min, all of it before Delivery begins. ' +
        'Of the other 120 ms, Delivery takes 60 ms (50 %): without it the run would end 60 ms earlier. ' +
        'Next on the path: Order, 40 ms.',
    );
  });

  it('has no two waits where one is beside the other as nothing', () => {
    const text = sentence(
      ...pair('a', 0, 40, { stepType: 'Order' }),
      ...pair('b', hour, hour + 60, { stepType: 'Pick', previous: ['a'] }),
      ...pair('c', hour + 70, hour + 90, { stepType: 'Bill', previous: ['b'] }),
    );
    assert.match(text!, /of 1 h 00 min, nearly all of it before Pick begins\. Of the other 120 ms/);
  });

  it('says how long the longest wait is, where there are several', () => {
    const text = sentence(
      ...pair('a', 0, 40, { stepType: 'Order' }),
      ...pair('b', hour, hour + 60, { stepType: 'Pick', previous: ['a'] }),
      ...pair('c', 4 * hour, 4 * hour + 20, { stepType: 'Deliver', previous: ['b'] }),
    );
    assert.match(
      text!,
      /^The run waits for 99\.9 % of 4 h 00 min, 3 h 00 min of it before Deliver begins\. Of the other/,
    );
  });

  it('has no share of 0 % or 100 % that is neither nothing nor all', () => {
    assert.deepEqual([0, 0.004, 0.69, 0.9996, 1].map(percentText), ['0 %', 'less than 1 %', '69 %', '99.9 %', '100 %']);
  });
});
