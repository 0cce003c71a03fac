import assert from 'node:assert/strict';
import { timeLabel, timeTicks } from '../../src/common/timeline/timeTicks';

const fromStart = { offsetMs: 0, timeOfDay: false };
const hour = 3_600_000;
const labels = (fromMs: number, toMs: number, width = 500, origin = fromStart) =>
  timeTicks({ fromMs, toMs }, origin, (toMs - fromMs) / width).map(({ label }) => label.replaceAll('\u00a0', ' '));

describe('The labels of a time axis', () => {
  it('have the unit that their stretch of time is read in', () => {
    assert.deepEqual(labels(0, 0.005), ['0', '1 µs', '2 µs', '3 µs', '4 µs', '5 µs']);
    assert.deepEqual(labels(0, 5), ['0', '1 ms', '2 ms', '3 ms', '4 ms', '5 ms']);
    assert.deepEqual(labels(0, 12_100), ['0', '2 s', '4 s', '6 s', '8 s', '10 s', '12 s']);
    assert.deepEqual(labels(0, 30 * 60_000), ['0', '5 min', '10 min', '15 min', '20 min', '25 min', '30 min']);
    assert.deepEqual(labels(0, 24 * hour), ['0', '6 h', '12 h', '18 h', '24 h']);
  });

  it('have one unit where a stretch crosses into the next', () => {
    assert.deepEqual(labels(980, 1020), ['0.98 s', '0.99 s', '1.00 s', '1.01 s', '1.02 s']);
  });

  it('say where they are however near one looks, and never the same of two places', () => {
    assert.deepEqual(labels(3 * hour + 7 * 60_000, 3 * hour + 7 * 60_000 + 0.002), [
      '3:07:00.000000 h',
      '3:07:00.000001 h',
      '3:07:00.000002 h',
    ]);
    for (const at of [0, 0.5, 999, 59_999, 119_999.5, 3_599_999.9, 8 * hour]) {
      for (let span = 0.001; span < 30 * hour; span *= 3.7) {
        for (const origin of [fromStart, { offsetMs: 80_000_000.123456, timeOfDay: true }]) {
          const given = labels(at, at + span, 900, origin);
          assert.equal(new Set(given).size, given.length, `${at} + ${span}: ${given.join(', ')}`);
          assert.ok(given.length <= 13, given.join());
        }
      }
    }
  });

  it('have room, whatever their length', () => {
    for (let span = 0.001; span < 30 * hour; span *= 1.9) {
      const ticks = timeTicks({ fromMs: 2 * hour, toMs: 2 * hour + span }, fromStart, span / 800);
      for (const [index, { ms, label }] of ticks.entries()) {
        const next = ticks[index + 1];
        if (next) assert.ok(((next.ms - ms) / span) * 800 >= label.length * 7, `${label} ${next.label}`);
      }
    }
  });

  it('are round times of day where that is asked for, over midnight too', () => {
    const origin = { offsetMs: 9 * hour + 14 * 60_000 + 2_120, timeOfDay: true };
    assert.deepEqual(labels(0, 12_100, 500, origin), [
      '09:14:04',
      '09:14:06',
      '09:14:08',
      '09:14:10',
      '09:14:12',
      '09:14:14',
    ]);
    assert.deepEqual(labels(0, 2 * hour, 300, { offsetMs: 23 * hour, timeOfDay: true }), [
      '23:00',
      '00:00 +1 d',
      '01:00 +1 d',
    ]);
    assert.deepEqual(labels(0, 40, 300, { offsetMs: 59_990, timeOfDay: true }), ['00:01:00.00', '00:01:00.02']);
  });

  it('are at least one, also between two round times', () => {
    assert.deepEqual(labels(1010, 1960, 90), ['1.5 s']);
  });

  it('stand alone where there is no stretch', () => {
    assert.deepEqual(labels(0, 0), ['0']);
  });

  it('are as fine as what is to be told apart', () => {
    assert.equal(timeLabel(3025.4, 3025, fromStart).replace('\u00a0', ' '), '3.025 s');
    assert.equal(timeLabel(3025.4, 0.5, fromStart).replace('\u00a0', ' '), '3.0254000 s');
    assert.equal(timeLabel(2_000_000, 2_000_000, fromStart).replace('\u00a0', ' '), '33:20 min');
  });
});
