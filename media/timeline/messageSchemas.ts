/**
 * The shape of everything that the extension may send. The type annotations tie each schema to its contract: a field
 * that is added there and not here does not compile.
 */
import * as v from 'valibot';
import { noteKinds } from '../../src/common/model/note';
import type { StepDocument } from '../../src/common/protocol/documents';
import type { LookupProgress, TraceHeader } from '../../src/common/protocol/logEngine';
import type { TimelineState } from '../../src/common/protocol/timelineProtocol';
import type { FoundSteps } from '../../src/common/query/findSteps';
import type { Arrangement } from '../../src/common/timeline/arrangement';
import { signs } from '../../src/common/timeline/drawnSigns';
import type { Arranged } from '../../src/common/timeline/foldableRows';
import type { TimelineOverview } from '../../src/common/timeline/overview';
import type { RecordRow } from '../../src/common/timeline/recordRow';
import type { StepLinks } from '../../src/common/timeline/stepLinks';
import type { TimelineRow } from '../../src/common/timeline/timelineRow';

type Schema<Output> = v.GenericSchema<unknown, Output>;

const text = v.string();
const textOrNull = v.nullable(text);
const numberOrNull = v.nullable(v.number());
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const stepKind = v.picklist(['llm', 'tool', 'agent', 'retrieval', 'context', 'plumbing', 'observability', 'work']);
const stepStatus = v.picklist(['ok', 'failed', 'running', 'unknown']);
const traceStatus = v.picklist(['ok', 'failed', 'recovered', 'running', 'unknown']);
const durationKind = v.picklist(['stated', 'observed', 'inferred', 'instant', 'unknown']);
const bound = v.nullable(v.picklist(['exact', 'atLeast', 'atMost']));
const meaning = v.picklist(['follows', 'encloses']);
const evidence = v.picklist(['stated', 'joined', 'inferred']);
const segmentKind = v.picklist(['run', 'wait', 'idle', 'elapsed', 'unknown']);

const external = v.nullable(v.object({ calls: count, means: v.picklist(['call', 'publish']) }));

const stretch = { startMs: v.number(), endMs: v.number() };
const used = v.object({ tokens: numberOrNull, cost: numberOrNull });
const fold: Schema<TimelineRow['fold']> = v.nullable(
  v.object({
    kind: v.picklist(['below', 'run']),
    open: v.boolean(),
    numbers: text,
    rows: count,
    external: count,
    errors: count,
    running: count,
    runningFromMs: numberOrNull,
    used,
    startMs: numberOrNull,
    endMs: numberOrNull,
    busyMs: numberOrNull,
    untimed: count,
    busy: v.array(v.object(stretch)),
    path: v.array(v.object({ ...stretch, work: v.boolean() })),
    errorsMs: v.array(v.number()),
  }),
);

const row: Schema<TimelineRow> = v.object({
  key: text,
  number: text,
  label: text,
  kind: stepKind,
  service: textOrNull,
  host: textOrNull,
  depth: count,
  startMs: numberOrNull,
  endMs: numberOrNull,
  durationMs: numberOrNull,
  durationKind,
  bound,
  entryMs: numberOrNull,
  waitMs: numberOrNull,
  sincePreviousMs: numberOrNull,
  clockOffsetMs: numberOrNull,
  status: stepStatus,
  attempts: count,
  loop: v.nullable(v.object({ round: count, of: count, text: textOrNull })),
  records: count,
  errors: count,
  shownRecord: count,
  source: textOrNull,
  line: v.nullable(count),
  previous: v.array(v.object({ key: text, row: v.nullable(count), meaning, evidence })),
  path: v.array(v.object({ kind: segmentKind, startMs: v.number(), endMs: v.number() })),
  external,
  placeholder: v.boolean(),
  tokens: numberOrNull,
  cost: numberOrNull,
  used,
  marks: v.array(v.number()),
  errorMarks: v.array(v.number()),
  parent: v.nullable(count),
  below: count,
  sibling: count,
  siblings: count,
  fold,
});
export const rowsSchema: Schema<TimelineRow[]> = v.array(row);

export const arrangementSchema: Schema<Arrangement> = v.object({
  lens: v.boolean(),
  level: v.nullable(count),
  closed: v.array(text),
  opened: v.array(text),
  openRuns: v.array(text),
});
export const arrangedSchema: Schema<Arranged> = v.pipe(
  v.object({
    arrangement: arrangementSchema,
    starts: v.instance(Uint32Array),
    ends: v.instance(Uint32Array),
    kinds: v.instance(Uint8Array),
  }),
  v.check(({ starts, ends, kinds }) => starts.length === ends.length && ends.length === kinds.length, 'Uneven lists.'),
);

export const overviewSchema: Schema<TimelineOverview> = v.object({
  busy: v.array(count),
  errors: v.array(count),
  path: v.array(v.picklist([0, 1, 2])),
  first: v.array(v.pipe(v.number(), v.integer(), v.minValue(-1))),
  idle: v.object({
    ms: v.number(),
    gaps: v.pipe(
      v.array(v.object({ fromMs: v.number(), toMs: v.number() })),
      v.check(
        gaps =>
          gaps.every(({ fromMs, toMs }, index) => fromMs < toMs && (index === 0 || fromMs >= gaps[index - 1]!.toMs)),
        'Gaps out of order.',
      ),
    ),
  }),
  compressed: v.boolean(),
  signs: v.array(v.picklist(signs)),
});

const places = v.pipe(
  v.instance(Uint32Array),
  v.check(rows => rows.every((row, index) => index === 0 || row > rows[index - 1]!), 'Rows out of order.'),
);
export const foundSchema: Schema<FoundSteps> = v.object({
  hits: places,
  kept: places,
  similar: v.boolean(),
  left: count,
  wanted: v.object({ texts: v.array(text), services: v.array(text) }),
  problem: textOrNull,
});

const record = v.object({
  source: text,
  line: v.nullable(count),
  byteOffset: count,
  timestamp: textOrNull,
  severity: textOrNull,
  message: text,
  stack: textOrNull,
});

export const recordRowsSchema: Schema<RecordRow[]> = v.array(
  v.object({
    id: text,
    key: textOrNull,
    row: v.nullable(count),
    timestamp: textOrNull,
    sinceMs: numberOrNull,
    severity: textOrNull,
    service: textOrNull,
    message: text,
    length: count,
    source: text,
    line: v.nullable(count),
  }),
);

const linkedStep = v.object({ key: text, number: textOrNull, label: text, meaning, evidence });
export const linksSchema: Schema<StepLinks> = v.object({
  previous: v.array(linkedStep),
  next: v.array(linkedStep),
  nextCount: count,
});

const side = {
  service: textOrNull,
  host: textOrNull,
  thread: textOrNull,
  start: textOrNull,
  end: textOrNull,
  status: stepStatus,
};

export const stepSchema: Schema<StepDocument> = v.object({
  key: text,
  stepId: textOrNull,
  stepType: textOrNull,
  kind: stepKind,
  service: textOrNull,
  host: textOrNull,
  thread: textOrNull,
  messageId: textOrNull,
  previousSteps: v.array(v.object({ key: text, stepId: textOrNull, meaning, evidence })),
  start: textOrNull,
  end: textOrNull,
  durationMs: numberOrNull,
  durationKind,
  bound,
  waitMs: numberOrNull,
  sincePreviousMs: numberOrNull,
  selfMs: numberOrNull,
  dragMs: numberOrNull,
  status: stepStatus,
  attempts: v.array(v.object({ ...side, sides: v.array(v.object(side)), releasing: v.boolean() })),
  depth: count,
  input: textOrNull,
  attributes: v.record(text, text),
  tokens: numberOrNull,
  cost: numberOrNull,
  external,
  codeLocation: v.nullable(v.object({ file: text, line: v.nullable(count), function: textOrNull })),
  clockOffsetMs: numberOrNull,
  records: v.array(record),
  nearby: v.optional(v.array(record)),
  nearbyLimits: v.optional(v.array(text)),
});

const trace: Schema<TraceHeader> = v.object({
  traceId: text,
  revision: count,
  complete: v.boolean(),
  correlationId: text,
  spellings: v.array(text),
  start: textOrNull,
  end: textOrNull,
  durationMs: numberOrNull,
  status: traceStatus,
  failedStep: textOrNull,
  failurePath: v.array(text),
  userId: textOrNull,
  sessionId: textOrNull,
  entityId: textOrNull,
  organizationId: textOrNull,
  services: v.array(text),
  steps: count,
  external: count,
  plumbing: count,
  levels: count,
  records: count,
  criticalPathUntil: v.nullable(v.object({ key: text, reason: text })),
  zoneMinutes: numberOrNull,
  bottleneck: v.nullable(
    v.object({
      key: text,
      durationMs: v.number(),
      share: v.number(),
      dragMs: v.number(),
      thenKey: textOrNull,
      sentence: text,
    }),
  ),
  concurrency: v.nullable(v.object({ peak: count, average: v.number() })),
  tokens: numberOrNull,
  cost: numberOrNull,
  models: v.array(v.object({ model: textOrNull, calls: count, tokens: numberOrNull, cost: numberOrNull })),
  usageRepeats: count,
  clockOffsets: v.array(
    v.object({ host: text, reference: text, minMs: numberOrNull, maxMs: numberOrNull, suggestedMs: v.number() }),
  ),
  offsetsApplied: v.array(v.object({ host: text, offsetMs: v.number() })),
  notes: v.array(
    v.object({
      kind: v.picklist(noteKinds),
      count,
      text,
      steps: v.array(text),
      records: v.array(v.object({ source: text, line: v.nullable(count) })),
    }),
  ),
  mentions: count,
});

const progress: Schema<LookupProgress> = v.object({
  bytesRead: count,
  bytesTotal: count,
  sourcesDone: count,
  sources: count,
  hits: count,
  trace: v.nullable(trace),
});

export const stateSchema: Schema<TimelineState> = v.variant('kind', [
  v.object({ kind: v.literal('loading'), title: text, progress: v.nullable(progress) }),
  v.object({
    kind: v.literal('trace'),
    trace,
    selected: textOrNull,
    progress: v.nullable(progress),
    cancelled: v.optional(v.boolean()),
    live: v.optional(v.boolean()),
  }),
  v.object({ kind: v.literal('choices'), title: text, role: text, count }),
  v.object({ kind: v.literal('notFound'), title: text, searched: text, hints: v.array(text) }),
  v.object({ kind: v.literal('failed'), title: text, message: text, cancelled: v.optional(v.boolean()) }),
]);

export const selectSchema: Schema<{ key: string }> = v.object({ key: text });
export const switchSchema: Schema<boolean> = v.boolean();
export const locationSchema: Schema<number | null> = v.nullable(count);
