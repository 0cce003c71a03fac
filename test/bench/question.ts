import type { Options } from './options';
import type { Peers } from './peers/peers';
import type { Report } from './report';

export interface Bench {
  readonly options: Options;
  readonly report: Report;
  readonly peers: Peers;
}

/** One file of `questions/` each: makes what it needs, measures, and tells the report. */
export type Question = (bench: Bench) => Promise<void>;
