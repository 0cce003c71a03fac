import type { PreviousPointer } from '../model/logRecord';
import type { DurationBound, DurationKind, LinkEvidence, LinkMeaning, StepKind, StepStatus } from '../model/trace';
import type { OrderedRecords } from './orderRecords';

/** One go at a step while it is being put together. Times are ns since the trace's origin. */
export interface AttemptDraft {
  /** Indexes into the ordered records, ascending. */
  records: number[];
  start: number | null;
  end: number | null;
  /** Whether the logs give the start (a start record, a stated duration), not merely a first line. */
  startLogged: boolean;
  endLogged: boolean;
  kind: DurationKind;
  bound: DurationBound | null;
  /** A stated duration; may stand without any time. */
  stated: number | null;
  status: StepStatus;
}

export interface LinkDraft {
  to: StepDraft;
  meaning: LinkMeaning;
  evidence: LinkEvidence;
}

/** A step while it is being put together; `assembleTrace` turns it into a `Step`. */
export interface StepDraft {
  key: string;
  /** The log's own ids: one, or several where a retry got a new id. Empty for a made-up step. */
  stepIds: string[];
  stepType: string | null;
  kind: StepKind;
  /** Of the releasing attempt: who does the work. */
  service: string | null;
  host: string | null;
  /** Records of the step's own work. */
  records: number[];
  /** The publisher's lines that announce it. */
  handoffs: number[];
  pointers: PreviousPointer[];
  links: LinkDraft[];
  attempts: AttemptDraft[];
  /** The attempt whose start and end are the step's own. `null` where nothing but handoffs was logged. */
  releasing: AttemptDraft | null;
  /** Named by others as a previous step, but not in the logs. */
  placeholder: boolean;
}

export const newDraft = (key: string, stepIds: string[]): StepDraft => ({
  key,
  stepIds,
  stepType: null,
  kind: 'work',
  service: null,
  host: null,
  records: [],
  handoffs: [],
  pointers: [],
  links: [],
  attempts: [],
  releasing: null,
  placeholder: false,
});

/** Where the step's first attempt began: what its wait ends at. */
export function entryTime(draft: StepDraft): number | null {
  let earliest: number | null = null;
  for (const { start } of draft.attempts)
    if (start !== null && (earliest === null || start < earliest)) earliest = start;
  return earliest;
}

export const startTime = (draft: StepDraft): number | null => draft.releasing?.start ?? null;
export const endTime = (draft: StepDraft): number | null => draft.releasing?.end ?? null;

/** The step's end, or where that is not known the last sign of it. */
export const lastSign = (draft: StepDraft, ordered: OrderedRecords): number | null =>
  endTime(draft) ?? lastStamp(draft, ordered);

/** The last that the logs themselves say of the step: its logged end, else its last stamp; never an inferred end. */
export const lastLogged = (draft: StepDraft, ordered: OrderedRecords): number | null =>
  draft.releasing?.endLogged ? draft.releasing.end : lastStamp(draft, ordered);

function lastStamp(draft: StepDraft, { times }: OrderedRecords): number | null {
  let latest: number | null = null;
  for (const index of draft.releasing?.records ?? draft.handoffs) {
    const time = times[index] ?? null;
    if (time !== null && (latest === null || time > latest)) latest = time;
  }
  return latest;
}

/** First value that a record of the releasing attempt gives. */
export function firstOf<Value, R>(
  draft: StepDraft,
  records: readonly R[],
  pick: (record: R) => Value | null,
): Value | null {
  for (const index of draft.releasing?.records ?? draft.records) {
    const value = pick(records[index]!);
    if (value !== null) return value;
  }
  return null;
}

/** `a ≤ b` between stamps: a coarse stamp `b` stands for everything up to its next tick. */
export const notAfter = (a: number, b: number, tickOfB = 0): boolean => a <= b || a < b + tickOfB;
