import type { IndexSegment } from '../../../common/index/segment';
import type { Span } from '../../../common/index/sourceIndex';
import type { TraceBlock } from '../../../common/index/traceBlock';
import type { TracePlaces } from '../../../common/index/traceParts';
import type { LogRecord } from '../../../common/model/logRecord';
import type { SourceProfile } from '../../../common/model/sourceProfile';
import type { TraceSummary } from '../../../common/model/trace';
import type { ProfileOverrides } from '../../../common/profile/profileOverrides';
import type { CoverageDocument, DetectedSource, TraceName } from '../../../common/protocol/documents';
import type { TextPlace } from '../../../common/protocol/logReader';
import type { SourceRef, StreamEnd } from '../../sources/byteSource';
import type { Membership, SearchTarget } from '../search/membership';

/**
 * What the scan workers can be asked to do. Jobs and results are plain data. A job over a range covers what begins in
 * it; line numbers in a result count from the range's beginning, as only the coordinator knows what stands before.
 */
export interface ScanJobs {
  profile: { job: ProfileJob; part: never; result: SourceSample };
  search: { job: SearchJob; part: SearchPart; result: SearchEnd };
  searchSpans: { job: SearchSpansJob; part: never; result: SpansFound };
  index: { job: IndexJob; part: IndexSegment; result: IndexEnd };
  collect: { job: CollectJob; part: never; result: Postings };
  tabulate: { job: TabulateJob; part: never; result: RangeTable };
  summarise: { job: SummariseJob; part: never; result: Summaries };
  name: { job: NameJob; part: never; result: TraceName[] };
  countLines: { job: CountLinesJob; part: CountedBlocks; result: LinesEnd };
  countMatches: { job: CountMatchesJob; part: CountedBlocks; result: MatchesEnd };
  findText: { job: FindTextJob; part: number; result: TextPlace | null };
}

export type ScanMethod = keyof ScanJobs;

/** What every job carries: a flag in shared memory that the owner sets to 1 to have the job stop. */
export interface Cancellable {
  cancel: Int32Array;
}

export interface ProfileJob extends Cancellable {
  source: SourceRef;
  overrides: ProfileOverrides | null;
  assumedZone: string | null;
  /** Whether some records are wanted as samples. */
  samples?: boolean;
}

/** A profile with what the sample showed. */
export interface SourceSample {
  profile: SourceProfile;
  detected: DetectedSource;
  /** What of the sample could not be read. */
  note: StreamEnd['note'];
  /** `null` where no record of the sample has a time. */
  times: SampledTimes | null;
}

/** A source with the way it is read. */
export interface ProfiledSource extends SourceSample {
  source: SourceRef;
}

/** The earliest and the latest time of a sample, in epoch milliseconds. */
export interface SampledTimes {
  from: number;
  to: number;
}

/** A range of a source in decoded bytes; a source without ranges is read whole. */
export interface SourceRange {
  source: SourceRef;
  profile: SourceProfile;
  from: number;
  to: number;
}

export interface SearchJob extends SourceRange, Cancellable {
  targets: SearchTarget[];
  /** Spellings of each target. */
  needles: string[][];
}

/** The blocks of a source that may hold a needle. */
export interface SearchSpansJob extends SearchJob {
  spans: Span[];
}

/** `null` where a block is not what was indexed. Lines of hits count from the source's beginning. */
export type SpansFound = { end: SearchEnd; hits: SearchHit[] } | null;

/** A range of a source, from the beginning of a block to the end of one or of the source. */
export interface IndexJob extends Cancellable {
  source: SourceRef;
  from: number;
  to: number;
  /** Whether words of digits count. */
  digits: boolean;
}

export interface IndexEnd {
  /** Decoded bytes. */
  bytes: number;
}

export interface SearchHit {
  /** Index of the target. */
  target: number;
  /** `line` is null. */
  record: LogRecord;
  /** Line breaks between the range's beginning and the record's; negative where the record begins before the range. */
  linesBefore: number;
  membership: Membership;
  /** True where the record was too long and only a part of it was read. */
  cut: boolean;
}

export interface SearchPart {
  hits: SearchHit[];
}

export interface SearchEnd extends RangeEnd {
  /** Some longer words that hold a needle: what may have been meant. */
  near: string[];
}

export interface RangeEnd {
  /** Line breaks in the range; an unfinished last line of the source counts as one. */
  newlines: number;
  /** Decoded bytes. */
  bytes: number;
  note: StreamEnd['note'];
}

export interface CollectJob extends SourceRange, Cancellable {}

/** Where the records of each correlation are, in columns; see {@link RangeEnd} for the counts of bytes and lines. */
export interface Postings extends RangeEnd {
  ids: { key: string; id: string }[];
  /** Join keys that were the strongest of some record. */
  strongest: string[];
  /** Index into `ids` per posting. */
  idOf: Uint32Array;
  /** Of the frame. */
  byteStart: Float64Array;
  byteEnd: Float64Array;
  linesBefore: Float64Array;
  /** Which of its frame's records it is. */
  part: Uint32Array;
  /** Pairs of `ids` that stood on one record, stronger name first. */
  pairs: [number, number][];
  records: number;
  unparsed: number;
  withoutId: number;
  cut: number;
  coverage: CoverageDocument[];
  unparsedExamples: { linesBefore: number; text: string }[];
}

export interface TabulateJob extends SourceRange, Cancellable {
  /** Epoch seconds that times are counted from. */
  base: number;
}

/** The traces of a range, and what there is of everything else. */
export interface RangeTable extends RangeEnd {
  block: TraceBlock;
  records: number;
  unparsed: number;
  withoutId: number;
  cut: number;
}

export interface Summaries {
  /** Of the job's traces, in its order; `null` for those that nothing is left of. */
  traces: (TraceSummary | null)[];
  /** Number of records that were not there any more, by source. */
  lost: { source: string; records: number }[];
}

export interface SummariseJob extends Cancellable {
  sources: { source: SourceRef; profile: SourceProfile }[];
  /** `keys`: the join keys of a trace's IDs. */
  traces: { correlationId: string; keys: string[]; from: number; to: number }[];
  /** Columns of the traces' records, `from` up to and without `to`: their frame, and which of its records they are. */
  sourceOf: Uint32Array;
  part: Uint32Array;
  byteStart: Float64Array;
  byteEnd: Float64Array;
}

/** Reads what traces are called from the records that may be their first; sources are places in `sources`. */
export interface NameJob extends Cancellable {
  sources: { source: SourceRef; profile: SourceProfile }[];
  traces: TracePlaces[];
}

/** Counts the line breaks of a range, from which a source without ranges is read as well. */
export interface CountLinesJob extends Cancellable {
  source: SourceRef;
  from: number;
  to: number;
}

/** Counts of blocks that follow each other from an offset on. */
export interface CountedBlocks {
  from: number;
  counts: number[];
}

export interface LinesEnd {
  /** Offset behind what was counted. */
  to: number;
  /** Line breaks between the last block and that. */
  newlines: number;
  endsLine: boolean;
  note: StreamEnd['note'];
}

/** Counts where a text begins in a range, in blocks, until there are too many. */
export interface CountMatchesJob extends Cancellable {
  source: SourceRef;
  needle: Uint8Array;
  matchCase: boolean;
  from: number;
  to: number;
  most: number;
}

/** Whether the log ends there: then behind the last whole block. */
export type MatchesEnd = { isEnd: false } | { isEnd: true; to: number; matches: number };

/** Looks for a text in a range; it may end behind it. Parts tell how many bytes were searched. */
export interface FindTextJob extends Cancellable {
  source: SourceRef;
  needle: Uint8Array;
  matchCase: boolean;
  from: number;
  to: number;
  backwards: boolean;
}
