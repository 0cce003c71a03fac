import type { PreviousPointer } from '../model/logRecord';
import type {
  DurationBound,
  DurationKind,
  LinkEvidence,
  LinkMeaning,
  Step,
  StepKind,
  StepStatus,
} from '../model/trace';
import { type OrderedRecords, stampOf } from './orderRecords';

/** One go at a step while it is being put together. Times are ns since the trace's origin. */
export interface AttemptDraft {
  /** Index of the first record of its own lane, whose clock stamped it. */
  first: number;
  /** The other sides of the same call, measured on their own lanes. */
  sides: AttemptDraft[] | null;
  /** Indexes into the ordered records, ascending. */
  records: readonly number[];
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
  /** Its place among the trace's steps; what a rule finds out of each step stands in an array under it. */
  index: number;
  key: string;
  /** The log's own ID: the last one where a retry got a new ID; `null` for a made-up step. */
  stepId: string | null;
  stepType: string | null;
  kind: StepKind;
  /** Of the releasing attempt: who does the work. */
  service: string | null;
  host: string | null;
  /** Records of the step's own work. */
  records: readonly number[];
  /** The publisher's lines that announce it. */
  handoffs: readonly number[];
  pointers: readonly PreviousPointer[];
  /** What each of its records that has attributes says alike; `null` where they have to be asked one by one. */
  attributes: Step['attributes'] | null;
  /** Changed by {@link addLink} alone: most steps have one link or none. */
  links: readonly LinkDraft[];
  attempts: readonly AttemptDraft[];
  /** The attempt whose start and end are the step's own. `null` where nothing but handoffs was logged. */
  releasing: AttemptDraft | null;
  /** Where the first attempt began: what the step's wait ends at. */
  entry: number | null;
  /** The last stamp of the releasing attempt, or of the handoffs where nothing else was logged. */
  lastStamp: number | null;
  /** Named by others as a previous step, but not in the logs. */
  placeholder: boolean;
}

/** Shared by all drafts: an empty list of its own costs each as much as what it holds. */
const none: readonly never[] = [];

export const newDraft = (index: number, key: string, stepId: string | null): StepDraft => ({
  index,
  key,
  stepId,
  stepType: null,
  kind: 'work',
  service: null,
  host: null,
  records: none,
  handoffs: none,
  pointers: none,
  attributes: null,
  links: none,
  attempts: none,
  releasing: null,
  entry: null,
  lastStamp: null,
  placeholder: false,
});

/** A list of exactly one is a tenth of a list that was pushed to. */
export function addLink(draft: StepDraft, link: LinkDraft): void {
  if (draft.links.length === 0) draft.links = [link];
  // Its own by now, not the empty one that all share.
  else (draft.links as LinkDraft[]).push(link);
}

/** Notes the times of the attempts on their step; again whenever one of them changes. */
export function noteTimes(draft: StepDraft, ordered: OrderedRecords): void {
  let entry = draft.attempts[0]?.start ?? null;
  for (let at = 1; at < draft.attempts.length; at++) {
    const { start } = draft.attempts[at]!;
    if (start !== null && (entry === null || start < entry)) entry = start;
  }
  draft.entry = entry;
  draft.lastStamp = null;
  const written = draft.releasing?.records ?? draft.handoffs;
  // Stamps ascend with the records.
  for (let at = written.length - 1; at >= 0 && draft.lastStamp === null; at--)
    draft.lastStamp = stampOf(ordered, written[at]);
}

export const startTime = (draft: StepDraft): number | null => draft.releasing?.start ?? null;
export const endTime = (draft: StepDraft): number | null => draft.releasing?.end ?? null;

/** −1 where a side of it is not known. */
export const lengthOf = ({ start, end }: AttemptDraft): number => (start === null || end === null ? -1 : end - start);

/** The step's end, or where that is not known the last sign of it. */
export const lastSign = (draft: StepDraft): number | null => draft.releasing?.end ?? draft.lastStamp;

/** The last that the logs themselves say of the step: its logged end, else its last stamp; never an inferred end. */
export const lastLogged = (draft: StepDraft): number | null =>
  draft.releasing?.endLogged ? draft.releasing.end : draft.lastStamp;

/** The step that a step is enclosed by. */
export function encloserOf(draft: StepDraft): StepDraft | null {
  for (const { to, meaning } of draft.links) if (meaning === 'encloses') return to;
  return null;
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
