import { randomUUID } from 'node:crypto';
import { traceDocument } from '../../common/export/traceDocument';
import type { Step, Trace } from '../../common/model/trace';
import { joinKey } from '../../common/profile/ids';
import type { Completeness } from '../../common/protocol/documents';
import { EngineError, type TraceHeader } from '../../common/protocol/logEngine';
import type { TimelineRow } from '../../common/timeline/timelineRow';
import { timelineRows } from '../../common/timeline/timelineRows';
import type { LookedUp } from './traceFollower';

/** A trace that somebody looks at, in its latest revision. */
export class HeldTrace {
  readonly id = randomUUID();
  revision = 0;
  complete = false;
  trace: Trace;
  completeness: Completeness;
  /** What the trace was made from, so that it can be read on; `null` while it is not complete. */
  lookedUp: LookedUp | null = null;
  private rowsOfTrace: TimelineRow[] | null = null;
  private placesOfTrace: Map<string, number> | null = null;

  constructor(trace: Trace, completeness: Completeness) {
    this.trace = trace;
    this.completeness = completeness;
  }

  update(trace: Trace, completeness: Completeness, complete: boolean): void {
    this.trace = trace;
    this.completeness = completeness;
    this.complete = complete;
    this.revision++;
    this.rowsOfTrace = null;
    this.placesOfTrace = null;
  }

  get rows(): TimelineRow[] {
    this.rowsOfTrace ??= timelineRows(this.trace);
    return this.rowsOfTrace;
  }

  /** The step that the record at a line belongs to. */
  stepAt(source: string, line: number): Step | null {
    this.placesOfTrace ??= placesOf(this.trace);
    return this.trace.steps[this.placesOfTrace.get(`${source}\n${line}`) ?? -1] ?? null;
  }

  header(): TraceHeader {
    const {
      kind: _kind,
      steps,
      completeness: _completeness,
      criticalPath,
      ...rest
    } = traceDocument(this.trace, this.completeness);
    return {
      ...rest,
      traceId: this.id,
      revision: this.revision,
      complete: this.complete,
      steps: steps.length,
      records: this.trace.records.length,
      criticalPathUntil: criticalPath && { key: criticalPath.until, reason: criticalPath.untilReason },
    };
  }
}

/** Index of the step per place of a record. */
function placesOf({ steps, records }: Trace): Map<string, number> {
  const places = new Map<string, number>();
  for (const [index, step] of steps.entries()) {
    for (const record of step.records) {
      const location = records[record]?.location;
      if (location) places.set(`${location.source}\n${location.line}`, index);
    }
  }
  return places;
}

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
