import assert from 'node:assert/strict';
import fc from 'fast-check';
import { LineCounts } from '../../../src/common/view/lineCounts';

const unit = 64 * 1024;

describe('The counted places of a log', () => {
  it('are found around an offset and before a line, whatever the order in which they came', () =>
    fc.assert(
      fc.property(fc.array(fc.nat(200)), fc.nat(220), (steps, wanted) => {
        const counts = new LineCounts(100);
        // Three line breaks for each unit.
        for (const step of steps) counts.add({ offset: 100 + step * unit, newlines: 3 * step });
        const offset = 100 + wanted * unit + 5;
        const kept = [...new Set([0, ...steps])].sort((a, b) => a - b);
        const { before, after } = counts.around(offset);
        assert.equal(before.newlines, 3 * kept.findLast(step => step <= wanted)!);
        assert.equal(
          after?.newlines,
          kept.map(step => 3 * step).find(newlines => newlines > 3 * wanted),
        );
        const line = 3 * wanted + 2;
        assert.equal(counts.beforeLine(line).newlines, 3 * kept.findLast(step => 3 * step < line - 1)! || 0);
      }),
    ));

  it('never begin within the line that is looked for', () => {
    const counts = new LineCounts(0);
    counts.add({ offset: unit, newlines: 7 });
    assert.equal(counts.beforeLine(8).offset, 0, 'the eighth line may begin before that place');
    assert.equal(counts.beforeLine(9).offset, unit);
  });
});
