import { indexRange } from '../index/indexRange';
import { collectRecords } from '../list/collectRecords';
import { readNames } from '../list/readNames';
import { summariseTraces } from '../list/summariseTraces';
import { tabulateRange } from '../list/tabulateRange';
import { searchSource } from '../search/searchSource';
import { searchSpans } from '../search/searchSpans';
import { countBlocks } from '../view/countBlocks';
import { countMatchBlocks } from '../view/countMatchBlocks';
import { findInRange } from '../view/findInRange';
import { readerOf } from './readers';
import { sampleSource } from './sampleSource';
import type { ScanJobs, ScanMethod } from './scanJobs';

/** The scan workers' work, one row per kind of job. */
export const scanMethods: {
  [Method in ScanMethod]: (
    job: ScanJobs[Method]['job'],
    post: (part: ScanJobs[Method]['part']) => void,
  ) => Promise<ScanJobs[Method]['result']>;
} = {
  profile: job => sampleSource(job),
  search: (job, post) => searchSource(job, readerOf(job.source, job.profile), post),
  searchSpans: async job => searchSpans(job, readerOf(job.source, job.profile)),
  index: (job, post) => indexRange(job, post),
  collect: job => collectRecords(job, readerOf(job.source, job.profile)),
  tabulate: job => tabulateRange(job, readerOf(job.source, job.profile)),
  summarise: job => summariseTraces(job),
  name: job => readNames(job),
  countLines: (job, post) => countBlocks(job, post),
  countMatches: (job, post) => countMatchBlocks(job, post),
  findText: (job, post) => findInRange(job, post),
};
