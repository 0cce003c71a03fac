import assert from 'node:assert/strict';
import path from 'node:path';
import { tempFolder, withEngine } from './support/logs';

const clock = (index: number): string => new Date(Date.UTC(2026, 2, 2) + index * 100).toISOString();

/** A file that is too large to be its own sample. */
const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => `${line(index)}\n`).join('');

const folder = tempFolder({
  'named.log': lines(9000, index => `${clock(index)} INFO [requestId=r-${index >> 2}-x9f] basket ${index} counted`),
  // Four jobs take turns, line by line: only records one after the other show that their IDs recur.
  'keyless.log': lines(9000, index => `${clock(index)} INFO packed job_2026030${100 + (index >> 4) * 4 + (index & 3)}`),
  'small.log': lines(700, index => `${clock(index)} INFO [requestId=r-${index >> 2}-x9f] basket ${index} counted`),
});

async function detected(name: string) {
  return withEngine([folder], async engine => {
    const { sources } = await engine.sources({ full: false });
    const source = sources.find(candidate => path.basename(candidate.path) === name);
    assert.ok(source);
    return source;
  });
}

describe('a source that is larger than its sample', () => {
  it('is decided by some records of the sample, and the counts are of these', async () => {
    const { records, lines, recordsWithCorrelationId, sampled } = await detected('named.log');
    assert.ok(records !== null && records > 200 && records <= 401, `${records} records`);
    assert.equal(lines, records);
    assert.equal(recordsWithCorrelationId, records);
    assert.ok(sampled > 200 && sampled <= 401, `${sampled} sampled`);
  });

  it('has the values followed through records one after the other where no name tells the group', async () => {
    const { roles, recordsWithCorrelationId, records } = await detected('keyless.log');
    assert.deepEqual(roles.correlationId, { field: 'job_#', evidence: 'data' });
    assert.equal(recordsWithCorrelationId, records);
  });
});

describe('a source that is its own sample', () => {
  it('has all of its records counted', async () => {
    const { records, lines, distinctCorrelationIds } = await detected('small.log');
    assert.deepEqual([records, lines, distinctCorrelationIds], [700, 700, 175]);
  });
});
