import assert from 'node:assert/strict';
import { findSteps, type SearchedTrace } from '../../../src/common/query/findSteps';
import { nextRow } from '../../../src/common/timeline/nextRow';
import type { TimelineRow } from '../../../src/common/timeline/timelineRow';
import { makeRow } from '../../ui/timelinePage/traces';

const rows: TimelineRow[] = [
  makeRow({ key: 'a', number: '1', label: 'Take order', startMs: 0, endMs: 3_000 }),
  makeRow({ key: 'b', number: '1.1', label: 'Reserve', service: 'Stock', depth: 1, startMs: 100, endMs: 400 }),
  makeRow({ key: 'c', number: '1.1.1', label: 'Lock (row)', service: 'Stock', depth: 2, status: 'failed', errors: 1 }),
  makeRow({ key: 'd', number: '1.2', label: 'Charge', service: null, depth: 1, startMs: 500, endMs: 2_500, errors: 2 }),
  makeRow({
    key: 'e',
    number: '2',
    label: 'Answer',
    startMs: 3_000,
    endMs: 3_100,
    path: [{ kind: 'run', startMs: 3_000, endMs: 3_100 }],
  }),
];
const trace: SearchedTrace = {
  correlationId: 'order-7',
  userId: 'u-1',
  sessionId: null,
  entityId: null,
  organizationId: null,
  start: '2026-03-02T10:00:00Z',
  rows,
  texts: index => [
    rows[index]!.label,
    rows[index]!.service ?? '',
    ['cart', 'shelf 9', 'ÄRGER', '50 % off', ''][index]!,
  ],
};
const hits = (query: string) => [...findSteps(query, trace).hits];

describe('Find among the steps of a trace', () => {
  it('takes the grammar that is the same everywhere', () => {
    assert.deepEqual(hits('service = Stock'), [1, 2]);
    assert.deepEqual(hits('status = failed'), [2]);
    assert.deepEqual(hits('error'), [2, 3]);
    assert.deepEqual(hits('duration > 1s'), [0, 3]);
    assert.deepEqual(hits('duration > 1s and not error'), [0]);
    assert.deepEqual(hits('start >= 2026-03-02T10:00:00.5Z'), [3, 4]);
    assert.deepEqual(hits('user = u-1 and (service = stock or answer)'), [1, 2, 4]);
    assert.deepEqual(hits('service != Stock'), [0, 3, 4]);
  });

  it('looks for text in whatever a step says, as written, whatever the case', () => {
    assert.deepEqual(hits('SHELF'), [1]);
    assert.deepEqual(hits('ärger'), [2]);
    assert.deepEqual(hits('"50 % off"'), [3]);
    assert.deepEqual(hits('"(row)"'), [2], 'no pattern');
    assert.deepEqual(hits('"."'), []);
  });

  it('finds what is similar where nothing is as written, and says so', () => {
    const { hits, similar, left } = findSteps('resrve', trace);
    assert.deepEqual([[...hits], similar, left], [[1], true, 0]);
    assert.equal(findSteps('reserve', trace).similar, false);
    assert.deepEqual(findSteps('zzzzzz', trace).hits.length, 0);
    assert.equal(findSteps('service = stok', trace).similar, false, 'a query is meant as it is');
  });

  it('compares a limited number of texts for likeness, and counts the rest', () => {
    const many = Array.from({ length: 20_010 }, (_, index) =>
      makeRow({ key: `k${index}`, number: `${index}`, label: `Job ${index}` }),
    );
    const { left } = findSteps('nothing alike', { ...trace, rows: many, texts: index => [many[index]!.label] });
    assert.equal(left, 10);
  });

  it('keeps what the hits hang on', () => {
    assert.deepEqual([...findSteps('"lock (row)"', trace).kept], [0, 1, 2]);
    assert.deepEqual([...findSteps('charge or answer', trace).kept], [0, 3, 4]);
    assert.deepEqual([...findSteps('', trace).kept], [0, 1, 2, 3, 4]);
  });

  it('says what is wrong with a query', () => {
    const { problem, hits } = findSteps('duration > soon', trace);
    assert.match(problem!, /"soon" is no duration: write 250ms/);
    assert.equal(hits.length, 0);
    assert.match(findSteps('not steps > 3', trace).problem!, /cannot be asked of one step/);
  });

  it('goes through a chain of 100,000 levels', () => {
    const deep = Array.from({ length: 100_000 }, (_, depth) =>
      makeRow({ key: `${depth}`, number: '1', label: 'x', depth }),
    );
    const texts = (index: number) => [index % 2 === 0 ? 'even' : 'odd'];
    const { hits, kept } = findSteps('odd', { ...trace, rows: deep, texts });
    assert.deepEqual([hits.length, kept.length], [50_000, 100_000]);
  });

  it('goes to the next error or step of the path, from the end to the beginning', () => {
    assert.equal(nextRow(rows, null, 'error', false), 2);
    assert.equal(nextRow(rows, 2, 'error', false), 3);
    assert.equal(nextRow(rows, 3, 'error', false), 2);
    assert.equal(nextRow(rows, null, 'error', true), 3);
    assert.equal(nextRow(rows, 2, 'error', true), 3);
    assert.equal(nextRow(rows, 0, 'path', false), 4);
    assert.equal(nextRow(rows, 4, 'path', true), 4, 'the only one');
    assert.equal(nextRow(rows.slice(0, 2), 0, 'error', false), null);
    assert.equal(nextRow([], null, 'path', false), null);
  });
});
