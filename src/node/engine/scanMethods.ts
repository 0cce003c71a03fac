import { collectRecords } from './collectRecords';
import { indexRange } from './indexRange';
import { readerOf } from './readers';
import { sampleSource } from './sampleSource';
import type { ScanJobs, ScanMethod } from './scanJobs';
import { searchSource } from './searchSource';
import { searchSpans } from './searchSpans';
import { summariseTraces } from './summariseTraces';
import { tabulateRange } from './tabulateRange';

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
};
