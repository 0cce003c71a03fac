import { append } from '../base/groupBy';
import { loopDocument } from '../export/traceDocument';
import type { LogRecord } from '../model/logRecord';
import type { Step, Trace } from '../model/trace';
import { type Nanos, toMs } from '../model/units';
import { nothingUsed } from '../model/usedTokens';
import { loopsOf } from '../trace/loops';
import { stepLabel } from '../trace/steps/stepLabel';
import { loopText } from './loopText';
import { thinned } from './rowFold';
import { rowTree } from './rowTree';
import { stepNumbers } from './stepNumbers';
import type { TimelineRow } from './timelineRow';

/** One row per step, in row order, numbered as a person counts them (1, 2, 3, 4a, 4b). */
export function timelineRows(trace: Trace): TimelineRow[] {
  const numbers = stepNumbers(trace.steps);
  const rowOf = new Map(trace.steps.map((step, row) => [step.key, row]));
  const path = new Map<string, TimelineRow['path']>();
  for (const { kind, key, start, end } of trace.criticalPath?.segments ?? []) {
    append(path, key, { kind, startMs: toMs(start), endMs: toMs(end) });
  }
  const loopAt = roundStarts(trace);
  const tree = rowTree(trace.steps.map(({ depth }) => depth));
  return trace.steps.map((step, row) => {
    const records = step.records.map(index => trace.records[index]!);
    const first = firstOwn(step);
    const shownRecord = step.status === 'failed' ? failureIn(records, first) : first;
    const shown = records[shownRecord];
    return {
      key: step.key,
      number: numbers.get(step.key)!,
      label: stepLabel(step, records[first]?.message),
      kind: step.kind,
      service: step.service,
      host: step.host,
      depth: step.depth,
      startMs: ms(step.start),
      endMs: ms(step.end),
      durationMs: ms(step.duration),
      durationKind: step.durationKind,
      bound: step.bound,
      entryMs: entry(step),
      waitMs: ms(step.wait),
      sincePreviousMs: ms(step.sincePrevious),
      clockOffsetMs: ms(step.clockOffset),
      status: step.status,
      attempts: step.attempts.length,
      loop: loopAt.get(step.key) ?? null,
      records: records.length,
      errors: records.filter(isError).length,
      shownRecord,
      source: shown?.location.source ?? null,
      line: shown?.location.line ?? null,
      previous: step.previousSteps.map(({ key, meaning, evidence }) => ({
        key,
        row: rowOf.get(key) ?? null,
        meaning,
        evidence,
      })),
      path: path.get(step.key) ?? [],
      external: step.external,
      placeholder: isPlaceholder(step),
      tokens: step.tokens,
      cost: step.cost,
      used: trace.usage?.bySteps.get(step.key) ?? nothingUsed,
      ...marksOf(step, trace),
      parent: tree.parent[row] === -1 ? null : tree.parent[row]!,
      below: tree.end[row]! - row - 1,
      sibling: tree.sibling[row]!,
      siblings: tree.siblings[row]!,
      fold: null,
    };
  });
}

const isError = ({ severity }: LogRecord): boolean => severity === 'error' || severity === 'fatal';

/** More cannot be told apart on a bar. */
const mostMarks = 100;

/** When the records were written. What was taken off the step's stamps is taken off theirs, too. */
function marksOf(step: Step, { records, origin }: Trace): Pick<TimelineRow, 'marks' | 'errorMarks'> {
  const times = (wanted: (record: LogRecord) => boolean) =>
    step.records.flatMap(index => {
      const record = records[index]!;
      if (!record.time || origin === null || !wanted(record)) return [];
      return (Number(record.time.at - origin) - (step.clockOffset ?? 0)) / 1e6;
    });
  return {
    marks: thinned(
      times(() => true),
      mostMarks,
    ),
    errorMarks: thinned(times(isError), mostMarks),
  };
}

/** By the key of the step that a round begins with. */
function roundStarts(trace: Trace): Map<string, TimelineRow['loop']> {
  const starts = new Map<string, TimelineRow['loop']>();
  for (const loop of loopsOf(trace)) {
    const of = loop.rounds.length;
    for (const [index, [key]] of loop.rounds.entries())
      starts.set(key!, { round: index + 1, of, text: index === 0 ? loopText(loopDocument(loop)) : null });
  }
  return starts;
}

const ms = (value: Nanos | null): number | null => (value === null ? null : toMs(value));

/** Index of the first record that is not the publisher's; the first of all where there is no other. */
function firstOwn({ records, handoffs }: Step): number {
  const announcing = new Set(handoffs);
  return Math.max(
    0,
    records.findIndex(index => !announcing.has(index)),
  );
}

/** Index of the record that tells of a failure, from the first own one on; that one where none does. */
function failureIn(records: readonly LogRecord[], first: number): number {
  const own = records.slice(first);
  const signs = [
    isError,
    ({ outcome }: LogRecord) => outcome === 'failed',
    (record: LogRecord) => record.exception !== null,
  ];
  const found = signs.map(sign => own.findIndex(sign)).find(index => index !== -1) ?? 0;
  return first + found;
}

/** Start of the earliest attempt that has one. */
function entry({ attempts }: Step): number | null {
  const starts = attempts.flatMap(({ start }) => (start === null ? [] : toMs(start)));
  return starts.length === 0 ? null : starts.reduce((a, b) => Math.min(a, b));
}

const isPlaceholder = (step: Step): boolean => step.records.length === 0 && step.external === null;
