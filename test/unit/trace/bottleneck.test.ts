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
      'Pay (step 2) takes 890 ms of 1.00 s (89 %): without it the run would end 890 ms earlier. ' +
        'Next on the path: Order (step 1), 100 ms.',
    );
  });

  it('is readable of a step that hangs hundreds of levels deep', () => {
    const levels = Array.from({ length: 200 }, (_, level) =>
      pair(`n${level}`, level * 10, 20_000 - level * 10, {
        stepType: `Level ${level}`,
        service: `Service${level % 9}`,
        previous: level === 0 ? [] : [`n${level - 1}`],
        meaning: 'encloses',
      }),
    );
    assert.match(sentence(...levels.flat())!, /^Level 199 \(step …1(?:\.1){10}\) takes /);
  });

  it('leaves waiting out, and says so, where it dwarfs every step', () => {
    assert.equal(
      sentence(
        ...pair('a', 0, 40, { stepType: 'Order' }),
        ...pair('b', 8 * hour, 8 * hour + 60, { stepType: 'Delivery', previous: ['a'] }),
        ...pair('c', 8 * hour + 60, 8 * hour + 80, { stepType: 'Bill', previous: ['b'] }),
      ),
      'The run waits for 99.9 % of 8 h 00 min, all of it before Delivery (step 2) begins. ' +
        'Of the other 120 ms, Delivery (step 2) takes 60 ms (50 %): without it the run would end 60 ms earlier. ' +
        'Next on the path: Order (step 1), 40 ms.',
    );
  });

  it('has no two waits where one is beside the other as nothing', () => {
    const text = sentence(
      ...pair('a', 0, 40, { stepType: 'Order' }),
      ...pair('b', hour, hour + 60, { stepType: 'Pick', previous: ['a'] }),
      ...pair('c', hour + 70, hour + 90, { stepType: 'Bill', previous: ['b'] }),
    );
    assert.match(text!, /of 1 h 00 min, nearly all of it before Pick \(step 2\) begins\. Of the other 120 ms/);
  });

  it('says how long the longest wait is, where there are several', () => {
    const text = sentence(
      ...pair('a', 0, 40, { stepType: 'Order' }),
      ...pair('b', hour, hour + 60, { stepType: 'Pick', previous: ['a'] }),
      ...pair('c', 4 * hour, 4 * hour + 20, { stepType: 'Deliver', previous: ['b'] }),
    );
    assert.match(
      text!,
      /^The run waits for 99\.9 % of 4 h 00 min, 3 h 00 min of it before Deliver \(step 3\) begins\. Of the other/,
    );
  });

  /** One right after another, each as long as asked. */
  const series = (...lengths: number[]) => {
    let at = 0;
    return lengths.flatMap((length, index) => {
      const previous = index === 0 ? {} : { previous: [`p${index}`] };
      const lines = pair(`p${index + 1}`, at, at + length, { stepType: `Page ${index + 1}`, ...previous });
      at += length;
      return lines;
    });
  };

  it('says of the only step how long its log is silent, and what it says then', () => {
    const lines = [
      { at: 0, message: 'GET /invoice', service: 'bills' },
      { at: 50, message: 'loading the invoice attempt=1 id=7', service: 'bills' },
      { at: 1900, message: 'rendered\nin A4', service: 'bills' },
      { at: 1930, message: 'bye', service: 'bills' },
    ];
    assert.equal(
      sentence(...lines),
      'GET /invoice (step 1) is all of it: at least 1.93 s. Its log is silent for 1.85 s of that, up to “rendered”.',
    );
    assert.equal(sentence(...lines.slice(0, 2)), 'GET /invoice (step 1) is all of it: at least 50 ms.');
  });

  it('calls no step silent that waits for what it encloses', () => {
    const inner = pair('b', 60, 1890, { previous: ['a'], meaning: 'encloses', service: 'Bank' });
    const text = sentence(...pair('a', 0, 2000, { stepType: 'Pay' }), { at: 1990, stepId: 'a' }, ...inner);
    assert.doesNotMatch(text!, /silent/);
  });

  it('names by their numbers the steps that take about as much', () => {
    assert.equal(
      sentence(...series(100, 2000, 100, 1950, 100)),
      'Page 2 (step 2) takes 2.00 s of 4.25 s (47 %), and step 4 about as much, together 3.95 s (93 %): ' +
        'without step 2 the run would end 2.00 s earlier.',
    );
  });

  it('says of many alike that none stands out, and counts them', () => {
    assert.equal(
      sentence(...series(400, 401, 399, 400, 398, 400, 400, 400, 200, 200)),
      'No step stands out. Page 2 (step 2) takes 401 ms of 3.60 s (11 %), and 7 other steps about as much, ' +
        'together 3.20 s (89 %): without step 2 the run would end 401 ms earlier.',
    );
  });

  it('says that none stands out where the first has little and the next hardly less', () => {
    const near = sentence(...series(140, 120, 105, 90, 80, 75, 70, 65, 60, 55, 50, 45, 45))!;
    assert.match(near, /^No step stands out\. Page 1 \(step 1\) takes 140 ms of 1\.00 s \(14 %\): without it/);
    assert.match(near, /Next on the path: Page 2 \(step 2\), 120 ms\.$/);
    const ahead = sentence(...series(140, 90, 85, 80, 80, 75, 70, 65, 60, 55, 50, 45, 45, 60))!;
    assert.match(ahead, /^Page 1 \(step 1\) takes 140 ms/);
  });

  it('has no share of 0 % or 100 % that is neither nothing nor all', () => {
    assert.deepEqual([0, 0.004, 0.69, 0.9996, 1].map(percentText), ['0 %', 'less than 1 %', '69 %', '99.9 %', '100 %']);
  });
});
