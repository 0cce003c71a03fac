import { randomUUID } from 'node:crypto';
import { heading } from '../../common/export/traceDocument';
import type { LogRecord } from '../../common/model/logRecord';
import type { Step, Trace } from '../../common/model/trace';
import type { Nanos } from '../../common/model/units';
import { joinKey } from '../../common/profile/ids';
import type { Completeness } from '../../common/protocol/documents';
import { EngineError, type TraceHeader } from '../../common/protocol/logEngine';
import { plumbingRows } from '../../common/timeline/agentLens';
import { drawnSigns, type Sign } from '../../common/timeline/drawnSigns';
import { FoldableRows } from '../../common/timeline/foldableRows';
import { stepsOfRecords } from '../../common/timeline/recordRow';
import type { TimelineRow } from '../../common/timeline/timelineRow';
import { timelineRows } from '../../common/timeline/timelineRows';
import { type AssembleInput, assembleTrace } from '../../common/trace/assembleTrace';
import type { LookedUp } from './lookup/lookedUp';

/** A trace that somebody looks at, in its latest revision. */
export class HeldTrace {
  readonly id = randomUUID();
  revision = 0;
  complete = false;
  trace: Trace;
  completeness: Completeness;
  /** What the trace was made from, so that it can be read on; `null` while it is not complete. */
  lookedUp: LookedUp | null = null;
  /** What the trace was assembled from; `null` while it is being read. */
  private input: AssembleInput | null = null;
  /** What its stamps as they are logged suggest. */
  private suggested: ReadonlyMap<string, Nanos> = new Map();
  private rowsOfTrace: TimelineRow[] | null = null;
  private signsOfTrace: readonly Sign[] | null = null;
  private foldableOfTrace: FoldableRows | null = null;
  private recordSteps: Int32Array | null = null;
  private placesOfTrace: Map<string, number> | null = null;

  constructor(trace: Trace, completeness: Completeness) {
    this.trace = trace;
    this.completeness = completeness;
  }

  update(trace: Trace, completeness: Completeness): void {
    this.completeness = completeness;
    this.replace(trace);
  }

  /** All of it is read. @param input what the trace was assembled from */
  finish(trace: Trace, completeness: Completeness, input: AssembleInput): void {
    this.complete = true;
    this.input = { ...input, records: trace.records };
    this.suggested = new Map(trace.clockOffsets.map(({ host, suggested }) => [host, suggested]));
    this.update(trace, completeness);
  }

  /** Takes the suggested offsets off the stamps, or shows them as they are logged. @throws EngineError */
  moveClocks(apply: boolean): void {
    if (!this.input)
      throw new EngineError('The trace is still being read: apply clock offsets when all of it is there.');
    this.replace(assembleTrace(apply ? { ...this.input, clockOffsets: this.suggested } : this.input));
  }

  private replace(trace: Trace): void {
    this.trace = trace;
    this.revision++;
    this.rowsOfTrace = null;
    this.signsOfTrace = null;
    this.foldableOfTrace = null;
    this.recordSteps = null;
    this.placesOfTrace = null;
  }

  get rows(): TimelineRow[] {
    this.rowsOfTrace ??= timelineRows(this.trace);
    return this.rowsOfTrace;
  }

  /** What its rows are drawn with. */
  get signs(): readonly Sign[] {
    this.signsOfTrace ??= drawnSigns(this.rows);
    return this.signsOfTrace;
  }

  get foldable(): FoldableRows {
    this.foldableOfTrace ??= new FoldableRows(this.rows);
    return this.foldableOfTrace;
  }

  /** Row of each record's step, see `recordRow`. */
  get stepsOfRecords(): Int32Array {
    this.recordSteps ??= stepsOfRecords(this.trace);
    return this.recordSteps;
  }

  /** Index of the record at a line, or where no line before it was counted by its first byte. */
  recordAt(source: string, line: number | null, byteStart: number): number | null {
    this.placesOfTrace ??= placesOf(this.trace.records);
    return this.placesOfTrace.get(line === null ? byteKey(source, byteStart) : lineKey(source, line)) ?? null;
  }

  /** The step that a record belongs to, by its index. */
  stepOfRecord(index: number): Step | null {
    return this.trace.steps[this.stepsOfRecords[index] ?? -1] ?? null;
  }

  header(): TraceHeader {
    const { steps, records, criticalPath } = this.trace;
    return {
      ...heading(this.trace),
      traceId: this.id,
      revision: this.revision,
      complete: this.complete,
      steps: steps.length,
      external: steps.filter(({ external }) => external).length,
      plumbing: plumbingRows(steps),
      levels: steps.reduce((deepest, { depth }) => Math.max(deepest, depth), 0),
      records: records.length,
      criticalPathUntil: criticalPath && { key: criticalPath.until, reason: criticalPath.untilReason },
      zoneMinutes: zoneOfAll(records),
    };
  }
}

function zoneOfAll(records: readonly LogRecord[]): number | null {
  const times = records.flatMap(({ time }) => time ?? []);
  const zone = times[0]?.zoneMinutes ?? null;
  return times.every(({ zoneMinutes }) => zoneMinutes === zone) ? zone : null;
}

/** Indexes of records by their place; of several on one line the first. */
function placesOf(records: readonly LogRecord[]): Map<string, number> {
  const places = new Map<string, number>();
  for (let index = records.length - 1; index >= 0; index--) {
    const { source, line, byteStart } = records[index]!.location;
    places.set(byteKey(source, byteStart), index);
    if (line !== null) places.set(lineKey(source, line), index);
  }
  return places;
}

const lineKey = (source: string, line: number): string => `${source}\n${line}`;
const byteKey = (source: string, byte: number): string => `${source}\n@${byte}`;

/** All traces that are held, until somebody releases them. */
export class HeldTraces {
  private readonly traces = new Map<string, HeldTrace>();

  hold(trace: Trace, completeness: Completeness): HeldTrace {
    const held = new HeldTrace(trace, completeness);
    this.traces.set(held.id, held);
    return held;
  }

  /** @throws EngineError */
  get(traceId: string): HeldTrace {
    const held = this.traces.get(traceId);
    if (!held) throw new EngineError('This trace is no longer held: look its ID up again.');
    return held;
  }

  has(traceId: string): boolean {
    return this.traces.has(traceId);
  }

  release(traceId: string): void {
    this.traces.delete(traceId);
  }

  /** The trace of an ID that was looked up last; a complete one rather than one that is still being read. */
  ofId(id: string): HeldTrace | null {
    const key = joinKey(id);
    let best: HeldTrace | null = null;
    for (const held of this.traces.values()) {
      if (joinKey(held.trace.correlationId) === key && (held.complete || !best?.complete)) best = held;
    }
    return best;
  }
}
