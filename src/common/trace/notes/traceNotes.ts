import { groupBy } from '../../base/groupBy';
import type { LogRecord } from '../../model/logRecord';
import type { Note, NoteKind } from '../../model/note';
import type { SourceProfile } from '../../model/sourceProfile';
import type { ClockFindings } from '../clocks/clockOffsets';
import { attemptAt, type OrderedRecords } from '../records/orderRecords';
import { dateless, identifies, timeless, zoneless } from '../records/recordSigns';
import { attemptsOf, hasSeveralAttempts, linksOf, type StepDraft } from '../steps/stepDraft';
import type { NoteDraft } from './noteDraft';
import { unendedNotes } from './unended';

/** The zone that the stamps without one of a source were read in, and what that rests on. */
type TakenZone = Pick<SourceProfile['timezone'], 'value' | 'evidence'>;
/** By source. */
export type TakenZones = ReadonlyMap<string, TakenZone>;

type Apart = ClockFindings['apart'];

/** Texts of the notes that assembly makes; `n` is their count, `about` the ID that one of them is about. */
const texts: Partial<Record<NoteKind, (n: number, about: string) => string>> = {
  missingPrevious: (n, about) =>
    n === 1
      ? `The previous step "${about}" is named, but no record of its work is in these logs.`
      : `${n} previous steps are named, but no record of their work is in these logs, "${about}" among them.`,
  cycle: (n, about) =>
    `${count(n, 'loop', 'loops')} of previous steps ("${about}" among them): cut where the loop begins.`,
  effectBeforeCause: n =>
    n === 1
      ? '1 step is stamped before the step that caused it: clocks differ, or stamps are coarse.'
      : `${n} steps are stamped before the steps that caused them: clocks differ, or stamps are coarse.`,
  neverConsumed: n => `${count(n, 'step was', 'steps were')} published, but no record of the work is in these logs.`,
  endMissing: n =>
    `${count(n, 'step', 'steps')} logged a start and no end: what follows bounds the duration, or it is not known.`,
  startMissing: n =>
    `${count(n, 'step', 'steps')} logged an end and no start, though the service logs starts: ${n === 1 ? 'its start is' : 'their starts are'} not in these logs.`,
  duplicate: n => `${count(n, 'step was', 'steps were')} done again after it had succeeded: a duplicate delivery.`,
  mention: n =>
    `${count(n, 'record', 'records')} of other correlations name this ID in their text; they are not counted.`,
};

const count = (n: number, one: string, many: string): string => (n === 1 ? `1 ${one}` : `${n} ${many}`);

/**
 * One note a kind, with the steps and records it is about.
 *
 * @param apart whether the stamps of two records do not compare
 * @param zones the zone by source that stamps without one were read in
 */
export function traceNotes(
  drafts: readonly StepDraft[],
  ordered: OrderedRecords,
  mentions: readonly LogRecord[],
  observed: readonly NoteDraft[],
  apart: Apart,
  zones?: TakenZones,
): Note[] {
  const all: NoteDraft[] = [...observed];
  // One pass over all for several questions: there are few about whom there is anything to say.
  const odd = drafts.filter(draft => isOdd(draft, ordered));
  const unended = unendedNotes(drafts, odd, ordered);
  const stopped = new Set(unended.flatMap(({ steps }) => steps));
  const workless = worklessSteps(drafts, odd);
  for (const draft of workless.size > 0 ? drafts : odd) {
    if (workless.size > 0) {
      if (workless.get(draft) === 'neverConsumed') all.push({ kind: 'neverConsumed', steps: [draft] });
      for (const { to } of linksOf(draft))
        if (workless.has(to)) all.push({ kind: 'missingPrevious', steps: [draft], about: to.stepId ?? to.key });
    }
    if (isEndMissing(draft) && !stopped.has(draft.key)) all.push({ kind: 'endMissing', steps: [draft] });
    if (isStartMissing(draft, ordered)) all.push({ kind: 'startMissing', steps: [draft] });
    if (hasSeveralAttempts(draft) && isDoneAgain(draft, ordered, apart))
      all.push({ kind: 'duplicate', steps: [draft] });
  }
  const notes: Note[] = [];
  for (const [kind, group] of groupBy(all, note => note.kind)) {
    const steps = [...new Set(group.flatMap(note => note.steps))];
    notes.push({
      kind,
      count: group.length,
      text: texts[kind]?.(countOf(group), group[0]!.about ?? '') ?? kind,
      steps: steps.map(step => step.key),
      records: steps.flatMap(step => placeOf(ordered.records[step.records[0] ?? step.handoffs[0] ?? -1])),
    });
  }
  notes.push(...unended, ...timeNotes(ordered, zones), ...identityNotes(ordered));
  if (mentions.length > 0) {
    notes.push({
      kind: 'mention',
      count: mentions.length,
      text: texts.mention!(mentions.length, ''),
      steps: [],
      records: mentions.flatMap(placeOf),
    });
  }
  return notes;
}

/** Whether a step has no work, no end, no start or several attempts: what notes may be about. */
function isOdd(draft: StepDraft, ordered: OrderedRecords): boolean {
  const { releasing } = draft;
  if (releasing === null || hasSeveralAttempts(draft) || (releasing.startLogged && !releasing.endLogged)) return true;
  return isStartMissing(draft, ordered);
}

/** The steps of whose own work nothing is logged, and whether anything follows them. */
function worklessSteps(
  drafts: readonly StepDraft[],
  some: readonly StepDraft[],
): Map<StepDraft, 'followed' | 'neverConsumed'> {
  const workless = new Map<StepDraft, 'followed' | 'neverConsumed'>();
  for (const draft of some) if (draft.releasing === null) workless.set(draft, 'neverConsumed');
  if (workless.size === 0) return workless;
  for (const draft of drafts) for (const { to } of linksOf(draft)) if (workless.has(to)) workless.set(to, 'followed');
  return workless;
}

/** By its stamps, by two successes of one service, or where stamps do not compare by the log's own count of attempts. */
function isDoneAgain(draft: StepDraft, ordered: OrderedRecords, apart: Apart): boolean {
  const { releasing } = draft;
  const attempts = attemptsOf(draft);
  const released = releasing?.end ?? null;
  if (!releasing || released === null || releasing.status !== 'ok') return false;
  if (attempts.at(-1) === releasing) return false;
  const serviceAt = (index: number) => ordered.lanes.list[ordered.lanes.of[index]!]!.service;
  return attempts.slice(attempts.indexOf(releasing) + 1).some(({ first, start, end, endLogged, status }) => {
    const isTwice =
      serviceAt(first) === serviceAt(releasing.first) && status === 'ok' && endLogged && releasing.endLogged;
    const isCounted = attemptAt(ordered, first) > attemptAt(ordered, releasing.first);
    const seen = start ?? end;
    return isTwice || (isCounted && apart(first, releasing.first)) || (seen !== null && seen >= released);
  });
}

function isStartMissing({ stepId, firstAttempt }: StepDraft, { records, habits }: OrderedRecords): boolean {
  if (stepId === null) return false;
  for (let attempt = firstAttempt; attempt !== null; attempt = attempt.next)
    if (attempt.endLogged && !attempt.startLogged && habits.logsStarts(records[attempt.first]!.service)) return true;
  return false;
}

const isEndMissing = ({ releasing }: StepDraft): boolean =>
  releasing?.startLogged === true && !releasing.endLogged && releasing.status !== 'running';

/** Several steps may name one and the same missing step. */
const countOf = (group: readonly NoteDraft[]): number =>
  group[0]!.kind === 'missingPrevious' ? new Set(group.map(note => note.about)).size : group.length;

function timeNotes({ records, signs, origin }: OrderedRecords, zones?: TakenZones): Note[] {
  const notes: Note[] = [];
  const those = (sign: number) =>
    (signs.any & sign) === 0 ? [] : records.filter((_, index) => (signs.of[index]! & sign) !== 0);
  const untimed = those(timeless);
  const assumed = those(zoneless);
  const undated = those(dateless);
  if (untimed.length > 0) {
    const text =
      origin === null
        ? `None of the ${records.length} records has a time: within a file the order of lines stands for it, durations are not known.`
        : `${count(untimed.length, 'record has no time and stands behind the line before it', 'records have no time and stand behind the line before them')}.`;
    notes.push({ kind: 'untimed', count: untimed.length, text, steps: [], records: untimed.flatMap(placeOf) });
  }
  if (assumed.length > 0) {
    const text = `${count(assumed.length, 'record names', 'records name')} no time zone; ${zonesOf(assumed, zones)}`;
    notes.push({ kind: 'zoneAssumed', count: assumed.length, text, steps: [], records: firstOfEach(assumed) });
  }
  if (undated.length > 0) {
    const text = `${count(undated.length, 'record names', 'records name')} no year or no date; it was taken from the file's last change.`;
    notes.push({ kind: 'dateAssumed', count: undated.length, text, steps: [], records: firstOfEach(undated) });
  }
  return notes;
}

/** Which zone was taken for records, why, and how to say another. */
function zonesOf(records: readonly LogRecord[], zones: TakenZones = new Map()): string {
  const sources = new Set<string>(records.map(({ location }) => location.source));
  const taken = [...new Set([...sources].flatMap(source => zoneText(zones.get(source))))].sort();
  if (taken.length === 0) return "the source's assumed one was used.";
  const named = taken.length > 3 ? `${taken.slice(0, 3).join(', ')} and ${taken.length - 3} more` : taken.join(' and ');
  const read = records.length === 1 ? 'it was read' : 'they were read';
  return `${read} in ${named}. If that is wrong, set the zone on the page How Are My Logs Read?, or by --timezone.`;
}

const zoneText = (zone: TakenZone | undefined): string[] =>
  zone
    ? [`${zone.value} (${zone.evidence === 'data' ? 'as the logs themselves suggest' : "this machine's zone"})`]
    : [];

/** A request is one user's; where its records name several, the first is shown and the others must not be hidden. */
function identityNotes({ records, signs }: OrderedRecords): Note[] {
  if ((signs.any & identifies) === 0) return [];
  return [
    ...severalValues('users', records, ({ userId }) => userId),
    ...severalValues('organisations', records, ({ organizationId }) => organizationId),
  ];
}

/** @param named reads one field by its own name: a name that is computed is looked up anew for every record */
function severalValues(
  noun: string,
  records: readonly LogRecord[],
  named: (record: LogRecord) => string | null,
): Note[] {
  const values = new Map<string, LogRecord>();
  let last: string | null = null;
  for (let at = 0; at < records.length; at++) {
    const record = records[at]!;
    const value = named(record);
    if (value === null || value === last) continue;
    last = value;
    if (!values.has(value)) values.set(value, record);
  }
  if (values.size < 2) return [];
  const text = `The records name ${values.size} ${noun} (${[...values.keys()].slice(0, 3).join(', ')}${values.size > 3 ? ', …' : ''}); the first is shown.`;
  return [
    { kind: 'severalValues', count: values.size, text, steps: [], records: [...values.values()].flatMap(placeOf) },
  ];
}

/** What is so of a whole source is seen at its first record. */
function firstOfEach(records: readonly LogRecord[]): Note['records'] {
  const firsts = new Map<string, LogRecord>();
  for (const record of records) if (!firsts.has(record.location.source)) firsts.set(record.location.source, record);
  return [...firsts.values()].flatMap(placeOf);
}

const placeOf = (record: LogRecord | undefined): Note['records'] =>
  record ? [{ source: record.location.source, line: record.location.line }] : [];
