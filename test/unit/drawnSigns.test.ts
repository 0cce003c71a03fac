import assert from 'node:assert/strict';
import { drawnSigns } from '../../src/common/timeline/drawnSigns';
import { after as follows } from '../ui/timelinePage/sampleTraces';
import { makeRows } from './timelineRowsOf';

describe('What the legend of a trace has', () => {
  it('is no more than what its rows are drawn with', () => {
    assert.deepEqual(drawnSigns(makeRows([{ startMs: 0, endMs: 10 }])), ['work', 'lines']);
    assert.deepEqual(drawnSigns(makeRows([{}])), []);
  });

  it('has each kind of time, ends that are not known, failures and the two kinds of the path', () => {
    const rows = makeRows([
      { startMs: 0, endMs: 10, bound: 'atLeast', path: [{ kind: 'run', startMs: 0, endMs: 10 }] },
      { startMs: 20, endMs: 30, durationKind: 'inferred', path: [{ kind: 'wait', startMs: 10, endMs: 20 }] },
      { startMs: 40, endMs: 50, status: 'failed', entryMs: 35, clockOffsetMs: 3 },
      { startMs: 60, endMs: 70, status: 'running' },
      { startMs: 80, endMs: 80, durationKind: 'instant' },
      { startMs: 90, endMs: null, durationKind: 'unknown' },
    ]);
    assert.deepEqual(drawnSigns(rows), [
      ...['work', 'failed', 'inferred', 'running', 'openEnd', 'start', 'instant', 'wait', 'earlier', 'moved'],
      ...['lines', 'errors', 'path', 'pathWait'],
    ]);
  });

  it('has links only where both of their steps are drawn', () => {
    const rows = makeRows([
      { startMs: 0, endMs: 10 },
      { startMs: 10, endMs: 20, previous: follows([0, 'r0', 'joined']) },
      { previous: follows([1, 'r1']) },
      { startMs: 20, endMs: 30, previous: follows([2, 'r2', 'inferred']) },
      { startMs: 22, endMs: 30, previous: [{ key: 'r3', row: 3, meaning: 'encloses', evidence: 'stated' }] },
    ]);
    assert.deepEqual(drawnSigns(rows), ['work', 'lines', 'joined']);
  });
});
