import type { LogRecord } from '../../../src/common/model/logRecord';
import type { Step, Trace } from '../../../src/common/model/trace';
import { byteOffset, epochNanos, lineNumber, nanos, sourceId } from '../../../src/common/model/units';
import { assembleTrace } from '../../../src/common/trace/assembleTrace';

/** A record in few words: `at` and `duration` in milliseconds, everything else as in `LogRecord`. */
export interface Line extends Partial<Omit<LogRecord, 'duration' | 'previous' | 'location' | 'time'>> {
  at?: number | null;
  digits?: number;
  duration?: number;
  previous?: string[];
  /** What the pointers' name says; `follows` unless given. */
  meaning?: 'follows' | 'encloses' | 'either';
  source?: string;
}

export const correlationId = 'c-7c2d9f7b';
const origin = 1_772_445_600_000n;

/** Records of one source unless a line names another, in the order given. */
export function recordsOf(lines: readonly Line[]): LogRecord[] {
  return lines.map(({ at, digits = 3, duration, previous = [], meaning = 'follows', source, ...rest }, index) => ({
    location: {
      source: sourceId(source ?? '/logs/all.log'),
      line: lineNumber(index + 1),
      byteStart: byteOffset(index * 100),
      byteEnd: byteOffset(index * 100 + 99),
    },
    format: 'test',
    time:
      at === null || at === undefined
        ? null
        : {
            at: epochNanos(origin * 1_000_000n + BigInt(Math.round(at * 1e6))),
            digits,
            zoneAssumed: false,
            dateAssumed: false,
          },
    severity: 'info',
    message: `line ${index + 1}`,
    correlationIds: [{ id: correlationId, field: 'correlationId' }],
    stepId: null,
    previous: previous.map(id => ({ id, meaning })),
    stepType: null,
    phase: duration === undefined ? 'progress' : 'end',
    duration: duration === undefined ? null : nanos(duration * 1e6),
    timeIs: 'end',
    outcome: null,
    messageId: null,
    toolCallId: null,
    service: 'API',
    host: null,
    thread: null,
    queue: null,
    attempt: null,
    logger: null,
    userId: null,
    sessionId: null,
    entityId: null,
    organizationId: null,
    codeLocation: null,
    input: null,
    exception: null,
    stack: null,
    tokens: null,
    cost: null,
    model: null,
    attributes: [],
    ...rest,
  }));
}

export const traceOf = (lines: readonly Line[]): Trace => assembleTrace({ correlationId, records: recordsOf(lines) });

export function stepOf(trace: Trace, key: string): Step {
  const step = trace.steps.find(other => other.key === key);
  if (!step) throw new Error(`No step "${key}" among ${trace.steps.map(other => other.key).join(', ')}.`);
  return step;
}

/** Key, duration in ms and bound of each row: what most rules speak of. */
export const durations = (trace: Trace) =>
  trace.steps.map(step => [
    step.key,
    step.duration === null ? null : step.duration / 1e6,
    step.durationKind,
    step.bound,
  ]);

/** Segments in ms since the trace's origin. */
export const path = (trace: Trace) =>
  trace.criticalPath?.segments.map(({ kind, key, start, end }) => `${kind} ${key} ${start / 1e6}..${end / 1e6}`);

/** Start and end record of a step. */
export const pair = (stepId: string, from: number, to: number, rest: Line = {}): Line[] => [
  { stepId, at: from, phase: 'start', ...rest },
  { stepId, at: to, phase: 'end', ...rest },
];
