import type { PreviousPointer } from '../../model/logRecord';
import type {
  DurationBound,
  DurationKind,
  LinkEvidence,
  LinkMeaning,
  Step,
  StepKind,
  StepStatus,
} from '../../model/trace';
import { type OrderedRecords, stampOf } from '../records/orderRecords';

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
  durationKind: DurationKind;
  bound: DurationBound | null;
  /** A stated duration; may stand without any time. */
  stated: number | null;
  status: StepStatus;
  /** The next attempt at the same step. */
  next: AttemptDraft | null;
}

/** One of several; a step's only one is the step's draft itself. */
export const newAttempt = (records: readonly number[]): AttemptDraft => ({
  first: records[0]!,
  sides: null,
  records,
  start: null,
  end: null,
  startLogged: false,
  endLogged: false,
  durationKind: 'unknown',
  bound: null,
  stated: null,
  status: 'unknown',
  next: null,
});

export interface LinkDraft {
  to: StepDraft;
  meaning: LinkMeaning;
  evidence: LinkEvidence;
  /** The next link of the same step. */
  next: LinkDraft | null;
}

/**
 * A step while it is being put together; `assembleTrace` turns it into a `Step`. Mostly it has one attempt and one link.
 * So the draft of a step is the draft of its only attempt as well, whose records are the step's; and both are chained, not
 * listed: a list of one takes more memory than what it holds, and of that as much is made as there are steps.
 */
export interface StepDraft extends AttemptDraft {
  /** Its place among the trace's steps; what a rule finds out of each step stands in an array under it. */
  index: number;
  readonly key: string;
  /** The log's own ID: the last one where a retry got a new ID; `null` for a made-up step. */
  readonly stepId: string | null;
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
  /** The others follow by `next`. Changed by {@link addLink} and {@link removeLinks} alone. */
  firstLink: LinkDraft | null;
  lastLink: LinkDraft | null;
  /** The others follow by `next`, in their order; see {@link setAttempts}. The draft itself, if there is but one. */
  firstAttempt: AttemptDraft | null;
  /** The attempt whose start and end are the step's own. `null` where nothing but handoffs was logged. */
  releasing: AttemptDraft | null;
  /** Where the first attempt began: what the step's wait ends at. */
  entry: number | null;
}

/** Shared by all drafts: an empty list of its own costs each as much as what it holds. */
const none: readonly never[] = [];

/** A literal, no class: of literals V8 learns that they live long, and moves them no more. */
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
  firstLink: null,
  lastLink: null,
  firstAttempt: null,
  releasing: null,
  entry: null,
  // Its only attempt; of no meaning where it has several.
  first: -1,
  sides: null,
  start: null,
  end: null,
  startLogged: false,
  endLogged: false,
  durationKind: 'unknown',
  bound: null,
  stated: null,
  status: 'unknown',
  next: null,
});

/** Notes where the first attempt began; again whenever one of them changes. */
export function noteEntry(draft: StepDraft): void {
  draft.entry = null;
  for (let attempt = draft.firstAttempt; attempt !== null; attempt = attempt.next) {
    const { start } = attempt;
    if (start !== null && (draft.entry === null || start < draft.entry)) draft.entry = start;
  }
}

/** Named by others as a previous step, but not in the logs. */
export const isPlaceholder = ({ records, handoffs }: StepDraft): boolean =>
  records.length === 0 && handoffs.length === 0;

export function addLink(draft: StepDraft, to: StepDraft, meaning: LinkMeaning, evidence: LinkEvidence): void {
  append(draft, { to, meaning, evidence, next: null });
}

function append(draft: StepDraft, link: LinkDraft): void {
  if (draft.lastLink === null) draft.firstLink = link;
  else draft.lastLink.next = link;
  draft.lastLink = link;
}

/** Takes back all links from a step to another one. @returns how many there were */
export function removeLinks(draft: StepDraft, to: StepDraft): number {
  let removed = 0;
  const links = linksOf(draft);
  draft.firstLink = draft.lastLink = null;
  for (const link of links) {
    link.next = null;
    if (link.to === to) removed++;
    else append(draft, link);
  }
  return removed;
}

/** A list of its own: for what is not asked of every step. */
export function linksOf({ firstLink }: StepDraft): LinkDraft[] {
  const links: LinkDraft[] = [];
  for (let link = firstLink; link !== null; link = link.next) links.push(link);
  return links;
}

export function setAttempts(draft: StepDraft, attempts: readonly AttemptDraft[]): void {
  for (let at = 0; at < attempts.length; at++) attempts[at]!.next = attempts[at + 1] ?? null;
  draft.firstAttempt = attempts[0] ?? null;
}

/** A list of its own: for what is not asked of every step. */
export function attemptsOf({ firstAttempt }: StepDraft): AttemptDraft[] {
  const attempts: AttemptDraft[] = [];
  for (let attempt = firstAttempt; attempt !== null; attempt = attempt.next) attempts.push(attempt);
  return attempts;
}

export const hasSeveralAttempts = ({ firstAttempt }: StepDraft): boolean =>
  firstAttempt !== null && firstAttempt.next !== null;

export const startTime = (draft: StepDraft): number | null => draft.releasing?.start ?? null;
export const endTime = (draft: StepDraft): number | null => draft.releasing?.end ?? null;

/** −1 where a side of it is not known. */
export const lengthOf = ({ start, end }: AttemptDraft): number => (start === null || end === null ? -1 : end - start);

/** The last stamp of the releasing attempt, or of the handoffs where nothing else was logged. */
export function lastStamp({ releasing, handoffs }: StepDraft, ordered: OrderedRecords): number | null {
  const written = releasing?.records ?? handoffs;
  // Stamps ascend with the records.
  for (let at = written.length - 1; at >= 0; at--) {
    const stamp = stampOf(ordered, written[at]);
    if (stamp !== null) return stamp;
  }
  return null;
}

/** The step's end, or where that is not known the last sign of it. */
export const lastSign = (draft: StepDraft, ordered: OrderedRecords): number | null =>
  draft.releasing?.end ?? lastStamp(draft, ordered);

/** The last that the logs themselves say of the step: its logged end, else its last stamp; never an inferred end. */
export const lastLogged = (draft: StepDraft, ordered: OrderedRecords): number | null =>
  draft.releasing?.endLogged ? draft.releasing.end : lastStamp(draft, ordered);

/** The step that a step is enclosed by. */
export function encloserOf(draft: StepDraft): StepDraft | null {
  for (let link = draft.firstLink; link !== null; link = link.next) if (link.meaning === 'encloses') return link.to;
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
