import assert from 'node:assert/strict';
import { firstRow, mergeColumns, overviewOf, traceOverview } from '../../src/common/timeline/overview';
import { timeMap } from '../../src/common/timeline/timeMap';
import { pair, traceOf } from './trace/traceOf';

const span = (row: number, startMs: number, endMs: number, errorsMs: number[] = []) => ({
  row,
  startMs,
  endMs,
  errorsMs,
});

describe('The overview of a trace', () => {
  it('counts the steps that have time at once in a column; a moment only where there is nothing else', () => {
    const spans = [span(0, 0, 50), span(1, 50, 100), span(2, 20, 20), span(3, 0, 100)];
    const { busy, first } = overviewOf({ spans, path: [], map: timeMap(100) }, 10);
    assert.deepEqual(busy, [2, 2, 2, 2, 2, 2, 2, 2, 2, 2]);
    assert.deepEqual(first, [0, -1, 2, -1, -1, 1, -1, -1, -1, -1]);
  });

  it('has no overlap where one step ends as the next begins, though both are in one column', () => {
    const spans = [span(0, 0, 55), span(1, 55, 58), span(2, 58, 70), span(3, 95, 95), span(4, 95, 95)];
    const { busy } = overviewOf({ spans, path: [], map: timeMap(100) }, 10);
    assert.deepEqual(busy, [1, 1, 1, 1, 1, 1, 1, 0, 0, 1]);
  });

  it('has a step that still runs at work until now', () => {
    const trace = traceOf([
      ...pair('a', 0, 200),
      { stepId: 'b', at: 200, phase: 'start', previous: ['a'], service: 'B' },
      ...pair('c', 800, 1000, { previous: ['a'] }),
    ]);
    const steps = trace.steps.map(step => (step.key === 'b' ? { ...step, status: 'running' as const } : step));
    const { busy, idle } = traceOverview({ ...trace, steps }, 10);
    assert.deepEqual(busy, [1, 1, 1, 1, 1, 1, 1, 1, 2, 2]);
    assert.equal(idle.ms, 0);
  });

  it('keeps what lies outside of the time at its edges, and all of it where there is no time', () => {
    const spans = [span(0, -20, 5, [-20]), span(1, 95, 130, [130])];
    assert.deepEqual(overviewOf({ spans, path: [], map: timeMap(100) }, 4), {
      busy: [1, 0, 0, 1],
      errors: [1, 0, 0, 1],
      path: [0, 0, 0, 0],
      first: [0, -1, -1, 1],
    });
    assert.deepEqual(overviewOf({ spans: [span(0, 0, 0, [0])], path: [], map: timeMap(0) }, 2).errors, [1, 0]);
  });

  it('shows the critical path: work before waiting, in the least stretch', () => {
    const path = [
      { kind: 'run', startMs: 0, endMs: 10 },
      { kind: 'wait', startMs: 10, endMs: 61 },
      { kind: 'run', startMs: 61, endMs: 61.001 },
      { kind: 'elapsed', startMs: 61.001, endMs: 80 },
    ] as const;
    assert.deepEqual(overviewOf({ spans: [], path, map: timeMap(100) }, 10).path, [2, 1, 1, 1, 1, 1, 2, 1, 0, 0]);
  });

  it('loses no error, step or stretch of the path when columns become fewer', () => {
    const spans = Array.from({ length: 3000 }, (_, row) => span(row, row, row + 1, row % 1000 === 517 ? [row] : []));
    const path = [{ kind: 'run', startMs: 1234, endMs: 1234.5 } as const];
    const whole = overviewOf({ spans, path, map: timeMap(3000) }, 1500);
    for (const columns of [1500, 1499, 700, 317, 40, 1]) {
      const { busy, errors, path, first } = mergeColumns(whole, columns);
      assert.equal(busy.length, columns);
      assert.ok(busy.every(count => count > 0));
      assert.equal(
        errors.reduce((a, b) => a + b, 0),
        3,
      );
      assert.ok(path.includes(2));
      assert.equal(first[0], 0);
    }
  });

  it('leads to the first row that begins in a window', () => {
    const spans = [span(0, 0, 100), span(2, 50, 60), span(1, 55, 58)];
    const overview = overviewOf({ spans, path: [], map: timeMap(100) }, 100);
    assert.equal(firstRow(overview, { fromMs: 40, toMs: 60 }, 100), 1);
    assert.equal(firstRow(overview, { fromMs: 50, toMs: 54 }, 100), 2);
    assert.equal(firstRow(overview, { fromMs: 70, toMs: 90 }, 100), null);
  });

  it('has each error where its line is, and a failure without such a line where its step ends', () => {
    const trace = traceOf([
      { stepId: 'a', at: 0, phase: 'start' },
      { stepId: 'a', at: 100, severity: 'error', message: 'timeout' },
      { stepId: 'a', at: 1000, phase: 'end', outcome: 'ok' },
      { stepId: 'b', at: 1100, phase: 'start', previous: ['a'] },
      { stepId: 'b', at: 2000, phase: 'end', outcome: 'failed' },
    ]);
    const { errors, busy, first } = traceOverview(trace, 20);
    assert.deepEqual(
      errors.flatMap((count, column) => (count > 0 ? [[column, count]] : [])),
      [
        [1, 1],
        [19, 1],
      ],
    );
    assert.deepEqual([busy[10], busy[11], first[0], first[11]], [0, 1, 0, 1]);
  });

  it('is empty where a trace has no times', () => {
    const { busy, errors } = traceOverview(traceOf([{ stepId: 'a', at: null, severity: 'error' }]), 3);
    assert.deepEqual(
      [busy, errors],
      [
        [0, 0, 0],
        [0, 0, 0],
      ],
    );
  });

  it('takes time that grows with the steps, not with steps times columns', () => {
    const steps = traceOf(pair('a', 0, 100)).steps;
    const trace = { ...traceOf(pair('a', 0, 100)), steps: Array.from({ length: 100_000 }, () => steps[0]!) };
    const before = process.cpuUsage();
    assert.equal(traceOverview(trace, 1500).busy[700], 100_000);
    const { user } = process.cpuUsage(before);
    console.log(`      overview of 100,000 steps, each over all columns: ${(user / 1000).toFixed(0)} ms of CPU`);
  });
});
