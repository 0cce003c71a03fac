import { isoTime } from '../model/isoTime';
import type { LogRecord } from '../model/logRecord';
import type { Note } from '../model/note';
import type { AttemptSide, Step, Trace, TraceSummary } from '../model/trace';
import { type EpochNanos, epochNanos, type Nanos, toMs } from '../model/units';
import type {
  Completeness,
  LoopDocument,
  NoteDocument,
  RecordDocument,
  SideDocument,
  StepDocument,
  TraceDocument,
  TraceSummaryDocument,
} from '../protocol/documents';
import { concurrencyOf } from '../trace/concurrency';
import { type Loop, loopsOf } from '../trace/loops';

/** The trace as `--json` prints it. */
export function traceDocument(trace: Trace, completeness: Completeness): TraceDocument {
  const at = clock(trace.origin);
  const { criticalPath } = trace;
  return {
    kind: 'trace',
    ...heading(trace),
    steps: trace.steps.map(step => stepDocument(step, trace)),
    loops: loopsOf(trace).map(loopDocument),
    criticalPath: criticalPath && {
      until: criticalPath.until,
      untilReason: criticalPath.untilReason,
      segments: criticalPath.segments.map(({ kind, key, start, end }) => ({
        kind,
        key,
        start: at(start)!,
        end: at(end)!,
        durationMs: (end - start) / 1e6,
      })),
    },
    completeness,
  };
}

/** What is to be said of a trace without its steps: the document's head and its notes, and the timeline's header. */
export function heading(
  trace: Trace,
): Omit<TraceDocument, 'kind' | 'steps' | 'loops' | 'criticalPath' | 'completeness'> {
  const at = clock(trace.origin);
  const { bottleneck, usage } = trace;
  return {
    correlationId: trace.correlationId,
    spellings: trace.spellings,
    start: trace.origin === null ? null : isoTime(trace.origin),
    end: at(trace.duration),
    durationMs: ms(trace.duration),
    status: trace.status,
    failedStep: trace.failedStep,
    failurePath: trace.failurePath,
    userId: trace.userId,
    sessionId: trace.sessionId,
    entityId: trace.entityId,
    organizationId: trace.organizationId,
    services: trace.services,
    bottleneck: bottleneck && {
      key: bottleneck.key,
      durationMs: toMs(bottleneck.duration),
      share: bottleneck.share,
      dragMs: toMs(bottleneck.drag),
      thenKey: bottleneck.thenKey,
      sentence: bottleneck.sentence,
    },
    concurrency: concurrencyOf(trace.steps, trace.duration),
    tokens: usage?.tokens ?? null,
    cost: usage?.cost ?? null,
    models: usage?.models ?? [],
    usageRepeats: usage?.repeats ?? 0,
    clockOffsets: trace.clockOffsets.map(({ host, reference, min, max, suggested }) => ({
      host,
      reference,
      minMs: ms(min),
      maxMs: ms(max),
      suggestedMs: toMs(suggested),
    })),
    offsetsApplied: trace.offsetsApplied.map(({ host, offset }) => ({ host, offsetMs: toMs(offset) })),
    notes: trace.notes.map(noteDocument),
    mentions: trace.mentions.length,
  };
}

export const loopDocument = ({ rounds, pattern, parallel, measured, ...times }: Loop): LoopDocument => ({
  pattern,
  count: rounds.length,
  rounds,
  measured,
  parallel,
  spanMs: ms(times.span),
  totalMs: ms(times.total),
  minMs: ms(times.min),
  maxMs: ms(times.max),
});

export function stepDocument(step: Step, trace: Trace): StepDocument {
  const at = clock(trace.origin);
  const sideDocument = (side: AttemptSide): SideDocument => ({ ...side, start: at(side.start), end: at(side.end) });
  return {
    key: step.key,
    stepId: step.stepId,
    stepType: step.stepType,
    kind: step.kind,
    service: step.service,
    host: step.host,
    thread: step.thread,
    messageId: step.messageId,
    previousSteps: step.previousSteps.map(link => ({ ...link })),
    start: at(step.start),
    end: at(step.end),
    durationMs: ms(step.duration),
    durationKind: step.durationKind,
    bound: step.bound,
    waitMs: ms(step.wait),
    sincePreviousMs: ms(step.sincePrevious),
    selfMs: ms(step.self),
    dragMs: ms(step.drag),
    status: step.status,
    attempts: step.attempts.map(({ sides, releasing, ...attempt }) => ({
      ...sideDocument(attempt),
      sides: sides.map(sideDocument),
      releasing,
    })),
    depth: step.depth,
    input: step.input,
    attributes: step.attributes,
    tokens: step.tokens,
    cost: step.cost,
    codeLocation: step.codeLocation,
    external: step.external,
    clockOffsetMs: ms(step.clockOffset),
    records: step.records.map(index => recordDocument(trace.records[index]!)),
  };
}

export function recordDocument(record: LogRecord): RecordDocument {
  return {
    source: record.location.source,
    line: record.location.line,
    byteOffset: record.location.byteStart,
    timestamp: record.time && isoTime(record.time.at, record.time.digits),
    severity: record.severity,
    message: record.message,
    stack: record.stack,
  };
}

export const noteDocument = ({ kind, count, text, steps, records }: Note): NoteDocument => ({
  kind,
  count,
  text,
  steps,
  records,
});

/** The row that a list of traces shows. */
export function summarise(trace: Trace): TraceSummary {
  const errors = trace.records.filter(({ severity }) => severity === 'error' || severity === 'fatal');
  return {
    correlationId: trace.correlationId,
    origin: trace.origin,
    duration: trace.duration,
    records: trace.records.length,
    steps: trace.steps.filter(({ external }) => !external).length,
    services: trace.services,
    errors: errors.length,
    status: trace.status,
    userId: trace.userId,
    sessionId: trace.sessionId,
    entityId: trace.entityId,
    organizationId: trace.organizationId,
  };
}

export function summaryDocument({ origin, duration, ...summary }: TraceSummary): TraceSummaryDocument {
  return {
    ...summary,
    start: origin === null ? null : isoTime(origin),
    end: clock(origin)(duration),
    durationMs: ms(duration),
  };
}

/** Turns times relative to a trace's origin into ISO times. */
const clock = (origin: EpochNanos | null) => (time: Nanos | null) =>
  origin === null || time === null ? null : isoTime(epochNanos(origin + BigInt(time)));

const ms = (value: Nanos | null): number | null => (value === null ? null : toMs(value));
