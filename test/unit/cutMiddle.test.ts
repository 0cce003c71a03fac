import assert from 'node:assert/strict';
import { cutMiddle } from '../../src/common/base/cutMiddle';

describe('A text that is cut in its middle', () => {
  it('tells IDs apart that begin or end alike', () => {
    const ids = ['a6e70001-5ce0-4a11-8c0d-3f51b0c2e94d', 'a6e70002-5ce0-4a11-8c0d-3f51b0c2e94d'];
    const orders = ['order-2026-11-23-customer-000481', 'order-2026-11-23-customer-000482'];
    for (const pair of [ids, orders]) assert.equal(new Set(pair.map(id => cutMiddle(id, 24))).size, 2, pair.join());
    assert.equal(cutMiddle(ids[0]!, 24), 'a6e70001-5ce0-…1b0c2e94d');
  });

  it('keeps what is short enough, and whole characters', () => {
    assert.equal(cutMiddle('req-1', 24), 'req-1');
    assert.equal(cutMiddle('😀'.repeat(9), 6), '😀😀😀…😀😀');
  });
});
