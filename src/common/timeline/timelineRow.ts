import type { DurationBound, DurationKind, LinkEvidence, LinkMeaning, StepKind, StepStatus } from '../model/trace';
import type { UsedTokens } from '../model/usedTokens';
import type { RowFold } from './rowFold';

/** One row of the timeline, ready to draw: no lookups needed in the page. Times are ms since the trace's start. */
export interface TimelineRow {
  key: string;
  /** 1, 2, 3, 4a, 4b …: the number a person uses. */
  number: string;
  label: string;
  kind: StepKind;
  service: string | null;
  host: string | null;
  depth: number;
  startMs: number | null;
  endMs: number | null;
  durationMs: number | null;
  durationKind: DurationKind;
  bound: DurationBound | null;
  /** Start of the first attempt, where the wait ends; earlier attempts reach from here to `startMs`. */
  entryMs: number | null;
  waitMs: number | null;
  sincePreviousMs: number | null;
  /** What was taken off its times on request; `null` where they are as logged. */
  clockOffsetMs: number | null;
  status: StepStatus;
  attempts: number;
  /** Set where a round of a loop begins; `text` says of the first round what goes round, how often and how long. */
  loop: { round: number; of: number; text: string | null } | null;
  records: number;
  errors: number;
  /**
   * Where a click goes, as an index into the step's records, and its place: the first record of its own work, or of a failed
   * step the one that says so.
   */
  shownRecord: number;
  source: string | null;
  line: number | null;
  previous: { key: string; row: number | null; meaning: LinkMeaning; evidence: LinkEvidence }[];
  /** Stretches of this row on the critical path, ms since the trace's start. */
  path: { kind: 'run' | 'wait' | 'idle' | 'elapsed' | 'unknown'; startMs: number; endMs: number }[];
  /** Set where the row is made up for a service that does not log (`call`), or for who takes from a queue (`publish`). */
  external: { calls: number; means: 'call' | 'publish' } | null;
  /** True where the step is not in the logs and only named by others. */
  placeholder: boolean;
  /** What the step says that a model used. */
  tokens: number | null;
  cost: number | null;
  /** What of it counts in the total: nothing where other steps say the same. */
  used: UsedTokens;
  /** When its log lines were written, and those of severity error and worse: as many as can be drawn. */
  marks: number[];
  errorMarks: number[];
  /** Its place in the tree of rows: the row that it hangs below, how many hang below it, and which it is of how many there. */
  parent: number | null;
  below: number;
  sibling: number;
  siblings: number;
  /** What the row stands for besides its own step, where that is folded. */
  fold: RowFold | null;
}
