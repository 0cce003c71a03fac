import assert from 'node:assert/strict';
import { compactDuration, formatDuration } from '../../src/common/timeline/formatDuration';

const minute = 60_000;
const hour = 60 * minute;

describe('A duration in words', () => {
  const cases: [ms: number, text: string, compact: string][] = [
    [0, '0 ms', '0ms'],
    [0.00025, '250 ns', '250ns'],
    [0.35, '350 µs', '350µs'],
    [0.9999, '1 ms', '1ms'],
    [1.234, '1.23 ms', '1.23ms'],
    [12.34, '12.3 ms', '12.3ms'],
    [120, '120 ms', '120ms'],
    [999.6, '1.00 s', '1s'],
    [2100, '2.10 s', '2.1s'],
    [8400, '8.40 s', '8.4s'],
    [59_994, '59.99 s', '59.99s'],
    [59_996, '1 min 00 s', '1m0s'],
    [2 * minute + 3000, '2 min 03 s', '2m3s'],
    [hour - 400, '1 h 00 min', '1h0m'],
    [3 * hour + 7 * minute, '3 h 07 min', '3h7m'],
    [24 * hour - 1, '1 d 00 h', '1d0h'],
    [52 * hour, '2 d 04 h', '2d4h'],
  ];
  for (const [ms, text, compact] of cases) {
    it(`${ms} ms is ${text}`, () => {
      assert.equal(formatDuration(ms), text);
      assert.equal(compactDuration(ms), compact);
    });
  }

  it('has its sign before it', () => assert.equal(formatDuration(-8400), '−8.40 s'));
});
