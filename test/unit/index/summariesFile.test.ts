import assert from 'node:assert/strict';
import { decodeSummaries, encodeSummaries, type StoredSummaries } from '../../../src/common/index/summariesFile';
import { epochNanos, nanos } from '../../../src/common/model/units';

const some: StoredSummaries = {
  source: { id: 'a.log', builder: 'b' },
  summaries: [
    {
      name: 'x',
      places: 'x:1:2',
      summary: {
        ...{ correlationId: 'X', origin: epochNanos(1_772_440_000_123_456_789n), duration: nanos(5_000_000) },
        ...{ records: 3, steps: 2, services: ['api'], errors: 1, status: 'failed' },
        ...{ userId: 'u', sessionId: null, entityId: null, organizationId: null },
      },
    },
  ],
};
const bytesOf = (stored: StoredSummaries) => Uint8Array.from(encodeSummaries(stored).flatMap(part => [...part]));

describe('a file of summaries', () => {
  it('holds them', () => {
    assert.deepEqual(decodeSummaries(bytesOf(some)), some);
  });

  it('is not believed with any of its bytes changed, or cut', () => {
    const whole = bytesOf(some);
    for (let at = 0; at < whole.length; at++) {
      assert.equal(decodeSummaries(whole.with(at, (whole[at] ?? 0) ^ 0x10)), null, `byte ${at}`);
      assert.equal(decodeSummaries(whole.slice(0, at)), null, `${at} bytes`);
    }
  });

  it('has no times that cannot be shown', () => {
    const [one] = some.summaries;
    assert.ok(one);
    const withTimes = (origin: bigint, duration: number) => {
      const summary = { ...one.summary, origin: epochNanos(origin), duration: nanos(duration) };
      return decodeSummaries(bytesOf({ ...some, summaries: [{ ...one, summary }] }));
    };
    assert.ok(withTimes(0n, 0));
    assert.equal(withTimes(9n * 10n ** 21n, 0), null);
    assert.equal(withTimes(0n, 2 ** 61), null);
    assert.equal(withTimes(0n, 0.5), null);
  });
});
