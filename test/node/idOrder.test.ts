import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { TraceTable } from '../../src/common/index/traceTable';
import { IdOrder } from '../../src/node/engine/list/idOrder';

const encoder = new TextEncoder();

function tableOf(ids: readonly string[]): TraceTable {
  const table = {
    size: ids.length,
    idOf: (row: number) => ids[row]!,
    idBytes: (row: number) => encoder.encode(ids[row]),
  };
  return table as Partial<TraceTable> as TraceTable;
}

/** The IDs in the order of a table's rows. */
function sorted(ids: readonly string[]): string[] {
  const order = new IdOrder(tableOf(ids));
  const rows = [...ids.keys()].sort((a, b) => order.compare(a, b));
  return rows.map(row => ids[row]!);
}

describe('the order of IDs', () => {
  it('is that of strings, whatever characters they have', () => {
    const end = fc.string({ unit: fc.constantFrom('', 'a', '\0', 'é', '\ud7ff', '\ue000', '\uffff', '\u{10000}') });
    const ids = fc
      .tuple(fc.string({ maxLength: 9 }), fc.array(end, { maxLength: 20 }))
      .map(([shared, ends]) => ends.map(end => shared + end));
    fc.assert(fc.property(ids, ids => assert.deepEqual(sorted(ids), ids.toSorted())));
  });

  it('needs no string where IDs differ in their first characters behind what all share', () => {
    const ids = ['order-000007', 'order-000001', 'order-000005'];
    const table = tableOf(ids);
    table.idOf = () => assert.fail('no string is made');
    const order = new IdOrder(table);
    assert.deepEqual(
      [0, 1, 2].sort((a, b) => order.compare(a, b)),
      [1, 2, 0],
    );
  });

  it('is one of nothing, too', () => {
    assert.deepEqual(sorted([]), []);
    assert.deepEqual(sorted(['a']), ['a']);
  });
});
