import assert from 'node:assert/strict';
import { stepDocument } from '../../src/common/export/traceDocument';
import { timelineRows } from '../../src/common/timeline/timelineRows';
import { pair, traceOf } from './trace/traceOf';

describe('A timeline row', () => {
  const worker = { previous: ['a'], service: 'Worker1' };

  it("leads to the step's own first line, not to the publisher's that announces it", () => {
    const trace = traceOf([
      ...pair('a', 0, 100),
      { stepId: 'b', at: 90, service: 'API', previous: ['a'], message: 'publishing b' },
      ...pair('b', 300, 900, { ...worker, source: '/logs/worker1.log' }),
    ]);
    const row = timelineRows(trace)[1]!;
    assert.equal(row.shownRecord, 1);
    const { source, line } = stepDocument(trace.steps[1]!, trace).records[row.shownRecord]!;
    assert.deepEqual([source, line], ['/logs/worker1.log', 4]);
    assert.deepEqual([row.source, row.line], [source, line]);
  });

  it('leads to the line that says why, where it failed', () => {
    const shown = (...records: Parameters<typeof traceOf>[0]) => {
      const row = timelineRows(traceOf([...pair('a', 0, 100), ...records]))[1]!;
      return [row.status, row.label, row.shownRecord, row.line];
    };
    const b = (at: number, more = {}) => ({ stepId: 'b', at, message: `line ${at}`, ...worker, ...more });
    const error = { severity: 'error' as const };
    const failed = { phase: 'end' as const, outcome: 'failed' as const };
    const begun = b(300, { phase: 'start' });
    assert.deepEqual(shown(begun, b(400), b(500, error), b(900, { ...failed, ...error })), [
      'failed',
      'line 300',
      2,
      5,
    ]);
    assert.deepEqual(shown(begun, b(400), b(900, failed)), ['failed', 'line 300', 2, 5], 'no error is logged');
    assert.deepEqual(shown(begun, b(400, error), b(900, { phase: 'end', outcome: 'ok' })), ['ok', 'line 300', 0, 3]);
  });

  it('waits until its first attempt, and starts with the one that counts', () => {
    const trace = traceOf([
      ...pair('a', 0, 100),
      { stepId: 'b', at: 300, phase: 'start', ...worker },
      { stepId: 'b', at: 500, phase: 'end', outcome: 'failed', ...worker },
      { stepId: 'b', at: 700, phase: 'start', ...worker },
      { stepId: 'b', at: 900, phase: 'end', outcome: 'ok', ...worker },
    ]);
    const { attempts, waitMs, entryMs, startMs } = timelineRows(trace)[1]!;
    assert.deepEqual({ attempts, waitMs, entryMs, startMs }, { attempts: 2, waitMs: 200, entryMs: 300, startMs: 700 });
  });

  it('has a mark for each of its lines, of errors too, and its place among the others', () => {
    const trace = traceOf([
      ...pair('a', 0, 100),
      { stepId: 'b', at: 300, phase: 'start', ...worker },
      { stepId: 'b', at: 400, severity: 'error', ...worker },
      { stepId: 'b', at: 900, phase: 'end', ...worker },
    ]);
    const { marks, errorMarks, parent, below, sibling, siblings, fold } = timelineRows(trace)[1]!;
    assert.deepEqual([marks, errorMarks], [[300, 400, 900], [400]]);
    assert.deepEqual(
      { parent, below, sibling, siblings, fold },
      { parent: null, below: 0, sibling: 2, siblings: 2, fold: null },
    );
  });

  it('has no entry without times', () => {
    const [row] = timelineRows(traceOf([{ stepId: 'a', at: null }]));
    assert.deepEqual([row!.entryMs, row!.startMs, row!.shownRecord], [null, null, 0]);
  });
});
