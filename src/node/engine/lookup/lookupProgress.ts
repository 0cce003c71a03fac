import type { Trace } from '../../../common/model/trace';
import { nothingCounted } from '../../../common/protocol/completeness';
import type { Completeness } from '../../../common/protocol/documents';
import type { LookupProgress } from '../../../common/protocol/logEngine';
import { type AssembleInput, assembleTrace } from '../../../common/trace/assembleTrace';
import type { HeldTrace, HeldTraces } from '../heldTraces';
import type { SearchTarget } from '../search/membership';
import type { SearchState } from '../search/search';

/** Shortest time between two reports, in ms. */
const interval = 100;

/** Tells how a look-up comes along and keeps the trace as far as it is known. */
export class LookupProgressReporter {
  private readonly heldTraces: HeldTraces;
  private readonly onProgress: ((progress: LookupProgress) => void) | undefined;
  private held: HeldTrace | null = null;
  private completed = false;
  /** Whether somebody knows of the trace, and can release it. */
  private told = false;
  private notBefore = performance.now() + interval;
  private reports = 0;
  private assembledHits = 0;

  constructor(heldTraces: HeldTraces, onProgress: ((progress: LookupProgress) => void) | undefined) {
    this.heldTraces = heldTraces;
    this.onProgress = onProgress;
  }

  report(state: SearchState, target: SearchTarget, sources: number): void {
    const now = performance.now();
    // The first steps are shown at once, unless something else was reported just before.
    const first = this.reports === 0 && state.findings.hits > 0;
    if (!this.onProgress || (now < this.notBefore && !first)) return;
    this.reports++;
    this.assembleSoFar(state, target);
    const { bytesRead, bytesTotal, sourcesDone } = state;
    const trace = this.held?.trace.steps.length ? this.held.header() : null;
    if (trace) this.told = true;
    this.onProgress({ bytesRead, bytesTotal, sourcesDone, sources, hits: state.findings.hits, trace });
    // A trace so large that assembling it takes long is assembled less often.
    this.notBefore = now + Math.max(interval, 4 * (performance.now() - now));
  }

  /** The trace is known: it stays held under the ID that progress gave it. */
  complete(trace: Trace, completeness: Completeness, input: AssembleInput): HeldTrace {
    const held = this.held ?? this.heldTraces.hold(trace, completeness);
    held.finish(trace, completeness, input);
    this.completed = true;
    return held;
  }

  /** The look-up is over; a trace that did not come to an end is given up, unless its reader wants what there is. */
  end(keepPartial: boolean): void {
    if (this.held && !this.completed && !(keepPartial && this.told)) this.heldTraces.release(this.held.id);
  }

  private assembleSoFar({ findings }: SearchState, target: SearchTarget): void {
    const [found] = findings.found;
    if (!found || found.group.length === 0 || findings.hits === this.assembledHits) return;
    this.assembledHits = findings.hits;
    const trace = assembleTrace({ correlationId: target.id, records: [...found.group, ...found.bare], partial: true });
    this.held ??= this.heldTraces.hold(trace, nothingCounted);
    this.held.update(trace, nothingCounted);
  }
}
