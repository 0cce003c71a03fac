import assert from 'node:assert/strict';
import { Coverage, coverageAdvice, coverageText } from '../../../src/common/profile/coverage';

const row = (service: string | null, records: number, counts: Record<string, number>) => ({
  service,
  records,
  with: counts,
});
const advice = (...rows: ReturnType<typeof row>[]) => coverageAdvice(rows).map(coverageText);

describe('what services do not log', () => {
  it('is told with what it would bring', () => {
    assert.deepEqual(
      advice(row('API', 100, { correlationId: 100, stepId: 90 }), row('Worker2', 100, { correlationId: 98 })),
      ['Worker2: correlationId 98 %, stepId 0 %: log stepId there to see its steps'],
    );
  });

  it('is nothing where nobody logs it, or nobody has an ID', () => {
    assert.deepEqual(advice(row('API', 100, { correlationId: 100 }), row('Web', 50, { correlationId: 50 })), []);
    assert.deepEqual(advice(row('API', 100, { timestamp: 100 }), row('cron', 100, {})), []);
  });

  it('names a correlation ID that a notable share is without', () => {
    assert.deepEqual(advice(row('API', 1000, { correlationId: 4 })), [
      'API: correlationId < 1 %: log correlationId there to see all its records in their traces',
    ]);
    assert.deepEqual(advice(row('API', 1000, { correlationId: 950 })), []);
    assert.deepEqual(advice(row('API', 9, { correlationId: 9 }), row(null, 10, {})), [
      'without a service: correlationId 0 %: log correlationId there to see all its records in their traces',
    ]);
  });

  it('counts a service over all sources, and says nothing of a handful of records', () => {
    assert.deepEqual(
      advice(
        row('API', 50, { correlationId: 50, userId: 50 }),
        row('Web', 5, { correlationId: 5 }),
        row('Web', 45, { correlationId: 45, userId: 45 }),
        row('tiny', 4, {}),
      ),
      [],
    );
  });

  it('is listed where there are several', () => {
    assert.deepEqual(
      advice(row('API', 10, { correlationId: 10, stepId: 10, userId: 10 }), row('Web', 10, { correlationId: 8 })),
      ['Web: correlationId 80 %, stepId 0 %, userId 0 %: log correlationId, stepId, userId there'],
    );
  });

  it('is no step before the first one: of a single service whose steps all are roots nothing is asked', () => {
    const root = row('gateway', 10, { correlationId: 10, stepId: 10 });
    const inner = row('orders', 10, { correlationId: 10, stepId: 10, previousStepId: 10 });
    assert.deepEqual(advice(root, inner), []);
    const silent = row('mail', 10, { correlationId: 10, stepId: 10 });
    assert.equal(advice(root, inner, silent).length, 2, 'which of the two is the first one nothing says');
    assert.deepEqual(advice(root, inner, row('audit', 10, { correlationId: 10 })), [
      'audit: correlationId 100 %, stepId 0 %, previousStepId 0 %: log stepId, previousStepId there',
    ]);
  });

  it('keeps its count however many services there are', () => {
    const coverage = new Coverage();
    coverage.merge(Array.from({ length: 2000 }, (_, at) => row(`s${at}`, 1, { stepId: 1 })));
    const rows = coverage.rows();
    assert.ok(rows.length < 600);
    assert.equal(
      rows.reduce((sum, { records }) => sum + records, 0),
      2000,
    );
    assert.equal(
      rows.reduce((sum, counts) => sum + (counts.with.stepId ?? 0), 0),
      2000,
    );
  });
});
