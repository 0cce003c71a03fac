import assert from 'node:assert/strict';
import path from 'node:path';
import type { Postings } from '../../src/node/engine/scanJobs';
import { TraceIndex } from '../../src/node/engine/traceIndex';
import { discoverSources } from '../../src/node/sources/discoverSources';
import { tempFolder } from './support/logs';

/** Postings of one source: a record of each trace, in the frame that begins at `startOf`. */
function postingsOf(traces: number, startOf: (trace: number) => number, size: number): Postings {
  const each = Array.from({ length: traces }, (_, trace) => trace);
  return {
    ids: each.map(trace => ({ key: `t-${trace}`, id: `t-${trace}` })),
    strongest: [],
    idOf: Uint32Array.from(each),
    byteStart: Float64Array.from(each, startOf),
    byteEnd: Float64Array.from(each, trace => startOf(trace) + size),
    linesBefore: new Float64Array(traces),
    part: Uint32Array.from(each),
    pairs: [],
    records: traces,
    unparsed: 0,
    withoutId: 0,
    cut: 0,
    coverage: [],
    unparsedExamples: [],
    newlines: traces,
    bytes: size,
    note: null,
  };
}

describe('the work of summing up traces', () => {
  const jobsOf = async (postings: Postings) => {
    const folder = tempFolder({ 'spans.json': '[{"traceId":"t-0","time":"2026-03-02T10:15:00Z"}]' });
    const { sources } = await discoverSources([{ kind: 'path', path: path.join(folder, 'spans.json') }]);
    const index = new TraceIndex(null);
    index.add(0, [postings]);
    return index.jobs(sources.map(source => ({ source, profile: {} as never })));
  };

  it('reads a document once, however many traces are in it', async () => {
    const jobs = await jobsOf(postingsOf(600, () => 0, 9_000_000));
    assert.deepEqual(
      jobs.map(({ traces }) => traces.length),
      [600],
    );
  });

  it('is cut into jobs that hold few records at a time', async () => {
    const jobs = await jobsOf(postingsOf(600, trace => trace * 10_000, 10_000));
    assert.ok(jobs.length >= 10, String(jobs.length));
    assert.equal(
      jobs.reduce((sum, { traces }) => sum + traces.length, 0),
      600,
    );
  });
});
