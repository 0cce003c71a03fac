import type { PathSegment, Step, Trace } from '../model/trace';
import { toMs } from '../model/units';
import { workEnd } from '../trace/workEnd';
import type { Sign } from './drawnSigns';
import { activityOf, type IdleTime, idleTime } from './idleTime';
import { type TimeMap, timeMap } from './timeMap';
import type { TimeWindow } from './timeWindow';

/** What is drawn above the rows of a trace. */
export interface TraceOverview extends OverviewColumns {
  idle: IdleTime;
  /** Whether the columns are those of an axis on which the idle gaps are compressed. */
  compressed: boolean;
}

/** The same, and what the legend below the rows tells. */
export interface TimelineOverview extends TraceOverview {
  signs: readonly Sign[];
}

/** All of a trace's axis in so many columns of equal width. All arrays are equally long. */
export interface OverviewColumns {
  /** The most steps that have time at one moment of a column; 1 where there are but steps without a length. */
  busy: number[];
  /** Log lines of severity error and worse in a column, and failed steps that end in it without such a line. */
  errors: number[];
  /** The critical path in a column: none of it (0), only waiting or nobody knows what (1), some work (2). */
  path: (0 | 1 | 2)[];
  /** Row of the first step that begins in a column; −1 where none does. */
  first: number[];
}

/** What of a step is seen from afar, in ms since the trace's start. */
export interface OverviewSpan {
  row: number;
  startMs: number;
  endMs: number;
  errorsMs: readonly number[];
}

interface OverviewInput {
  spans: Iterable<OverviewSpan>;
  path: Iterable<{ kind: PathSegment['kind']; startMs: number; endMs: number }>;
  /** The axis that the columns share. */
  map: TimeMap;
}

/**
 * Linear in spans, path and columns but for sorting. What lies outside of the trace's time counts in the first or last
 * column.
 */
export function overviewOf({ spans, path, map }: OverviewInput, columns: number): OverviewColumns {
  const { length } = map;
  const share = (ms: number) => (length > 0 ? map.placeOf(ms) / length : 0);
  const columnOf = (ms: number) => Math.min(columns - 1, Math.max(0, Math.floor(share(ms) * columns)));
  /** A stretch that ends where a column begins is not in it. */
  const lastOf = (startMs: number, endMs: number) =>
    Math.max(columnOf(startMs), Math.min(columns - 1, Math.ceil(share(endMs) * columns) - 1));
  const busy = new Array<number>(columns).fill(0);
  const errors = new Array<number>(columns).fill(0);
  const first = new Array<number>(columns).fill(-1);
  const begins: number[] = [];
  const ends: number[] = [];
  for (const { row, startMs, endMs, errorsMs } of spans) {
    const start = columnOf(startMs);
    busy[start] = 1;
    first[start] = earlier(first[start]!, row);
    if (endMs > startMs) {
      begins.push(startMs);
      ends.push(endMs);
    }
    for (const ms of errorsMs) errors[columnOf(ms)]!++;
  }
  for (const { fromMs, toMs, count } of levelsOf(Float64Array.from(begins).sort(), Float64Array.from(ends).sort())) {
    const last = lastOf(fromMs, toMs);
    for (let column = columnOf(fromMs); column <= last; column++) busy[column] = Math.max(busy[column]!, count);
  }
  return { busy, errors, path: pathColumns(path, columns, columnOf, lastOf), first };
}

/** How many stretches there are at a time, in time order. Of two that touch, the one is over before the other begins. */
function* levelsOf(begins: Float64Array, ends: Float64Array): Generator<TimeWindow & { count: number }> {
  let count = 0;
  let fromMs = begins[0] ?? 0;
  for (let began = 0, ended = 0; ended < ends.length; ) {
    const toMs = began < begins.length && begins[began]! < ends[ended]! ? begins[began]! : ends[ended]!;
    if (count > 0 && toMs > fromMs) yield { fromMs, toMs, count };
    for (; ended < ends.length && ends[ended] === toMs; ended++) count--;
    for (; began < begins.length && begins[began] === toMs; began++) count++;
    fromMs = toMs;
  }
}

/** The path's stretches do not overlap, so all of them together walk each column but a few times. */
function pathColumns(
  path: OverviewInput['path'],
  columns: number,
  columnOf: (ms: number) => number,
  lastOf: (startMs: number, endMs: number) => number,
): OverviewColumns['path'] {
  const result = new Array<0 | 1 | 2>(columns).fill(0);
  for (const { kind, startMs, endMs } of path) {
    if (endMs <= startMs) continue;
    const last = lastOf(startMs, endMs);
    for (let column = columnOf(startMs); column <= last; column++) {
      if (kind === 'run') result[column] = 2;
      else result[column] ||= 1;
    }
  }
  return result;
}

/**
 * @param columns at least 1; a trace without times has none of its steps in them
 * @param compress gives idle gaps less room than their length
 */
export function traceOverview(trace: Trace, columns: number, compress = false): TraceOverview {
  const segments = trace.criticalPath?.segments ?? [];
  const durationMs = trace.duration === null ? 0 : toMs(trace.duration);
  const idle = idleTime(activityOf(trace), durationMs);
  const input = {
    spans: trace.steps.flatMap((step, row) => spanOf(step, row, trace) ?? []),
    path: segments.map(({ kind, start, end }) => ({ kind, startMs: toMs(start), endMs: toMs(end) })),
    map: timeMap(durationMs, compress ? idle.gaps : []),
  };
  return { ...overviewOf(input, columns), idle, compressed: compress };
}

function spanOf(step: Step, row: number, { records, origin, duration }: Trace): OverviewSpan | null {
  const start = step.start ?? step.end;
  if (start === null) return null;
  const end = step.end ?? start;
  const errorsMs = step.records.flatMap(index => {
    const { severity, time } = records[index]!;
    if ((severity !== 'error' && severity !== 'fatal') || origin === null) return [];
    // What was taken off the step's stamps is taken off its lines', too.
    return time === null ? toMs(end) : (Number(time.at - origin) - (step.clockOffset ?? 0)) / 1e6;
  });
  if (step.status === 'failed' && errorsMs.length === 0) errorsMs.push(toMs(end));
  return { row, startMs: toMs(start), endMs: toMs(workEnd(step, duration) ?? start), errorsMs };
}

/**
 * Row of the first step that begins in a window of the axis, by the columns that are wholly in it; by those that are
 * partly in it where there are no others. `null` where none begins in them.
 */
export function firstRow({ first }: OverviewColumns, { fromMs, toMs }: TimeWindow, length: number): number | null {
  const place = (at: number) => (at / length) * first.length;
  const [from, to] = [Math.ceil(place(fromMs)), Math.floor(place(toMs))];
  const columns = from < to ? first.slice(from, to) : first.slice(Math.floor(place(fromMs)), Math.ceil(place(toMs)));
  const row = columns.reduce(earlier, -1);
  return row === -1 ? null : row;
}

const earlier = (a: number, b: number): number => (a === -1 || b === -1 ? Math.max(a, b) : Math.min(a, b));

/** As many columns as there are pixels, or fewer: what is in any of the columns that become one is in that one. */
export function mergeColumns(overview: OverviewColumns, columns: number): OverviewColumns {
  const given = overview.busy.length;
  if (columns >= given) return overview;
  const merged: OverviewColumns = {
    busy: new Array<number>(columns).fill(0),
    errors: new Array<number>(columns).fill(0),
    path: new Array<0 | 1 | 2>(columns).fill(0),
    first: new Array<number>(columns).fill(-1),
  };
  for (let from = 0; from < given; from++) {
    const to = Math.floor((from / given) * columns);
    merged.busy[to] = Math.max(merged.busy[to]!, overview.busy[from]!);
    merged.errors[to]! += overview.errors[from]!;
    if (overview.path[from]! > merged.path[to]!) merged.path[to] = overview.path[from]!;
    merged.first[to] = earlier(merged.first[to]!, overview.first[from]!);
  }
  return merged;
}
