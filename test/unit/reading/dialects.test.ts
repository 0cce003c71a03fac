import assert from 'node:assert/strict';
import { partsOf, recordsOf } from './readLine';

const jsonLines = (records: object[]) => `${records.map(record => JSON.stringify(record)).join('\n')}\n`;
/** The named parts of every record of a source. */
const parts = (text: string, ...names: string[]) =>
  recordsOf(text).map(record => {
    const all = partsOf(record);
    return names.map(name => all[name] ?? null);
  });

const trace = '7ad6b7169203331a4bf92f3577b34da6';

describe('spans of other dialects', () => {
  it('has no exception where an error field says that there is none', () => {
    const span = { trace_id: trace, span_id: 'a1b2c3d4e5f60718', start: 1772446500000000000, duration: 250000000 };
    const records = recordsOf(jsonLines([0, 1].map(error => ({ name: 'cart.load', ...span, error }))));
    assert.deepEqual(
      records.map(({ exception, outcome }) => [exception, outcome]),
      [
        [null, null],
        ['1', 'failed'],
      ],
    );
  });

  it('reads how a span went from a truth in capitals', () => {
    const head = 'startTime,durationMs,traceId,success';
    const rows = ['True', 'False'].map((success, at) => `177244650000${at},12,${trace},${success}`);
    assert.deepEqual(parts(`${head}\n${rows.join('\n')}\n`, 'outcome'), [['ok'], ['failed']]);
  });
});
