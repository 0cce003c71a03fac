import { type LogEvent, type SimulatedTrace, type Step, stepsOf } from './model.ts';
import { Random } from './random.ts';

/** What goes wrong on the way from the workers to the logs. Shares are probabilities. */
export interface LossOptions {
  readonly seed: number;
  /** Of any record to be lost. */
  readonly lostRecordShare: number;
  /** Of a step's start records, and of its end records, to be lost besides. */
  readonly lostStartShare: number;
  readonly lostEndShare: number;
  /** Of a step to leave no record of its work; what its publisher wrote of it stays. */
  readonly lostStepShare: number;
  /** Services whose logs are not there at all. */
  readonly lostServices: readonly string[];
  /** Hosts with a wrong clock are off by up to this, ahead or behind. */
  readonly clockSkewMs: number;
  readonly skewedHostShare: number;
}

export const noLosses: LossOptions = {
  seed: 1,
  lostRecordShare: 0,
  lostStartShare: 0,
  lostEndShare: 0,
  lostStepShare: 0,
  lostServices: [],
  clockSkewMs: 0,
  skewedHostShare: 0.2,
};

/** A trace of which only `events` reached the logs. They are the simulation's own, with true times. */
export interface LossyTrace extends SimulatedTrace {
  /** How far the clock that stamps a host's records is ahead, ms. */
  skewOf(host: string): number;
}

/** Loses the same records whatever the order of the traces. */
export function* lossy(traces: Iterable<SimulatedTrace>, input: Partial<LossOptions>): Generator<LossyTrace> {
  const options = { ...noLosses, ...input };
  for (const trace of traces) {
    const of = lettersOf(trace.identity.correlationId);
    const random = new Random(options.seed, 0x1055, ...of);
    const clocks = new Map<string, number>();
    const skewOf = (host: string) => {
      const own = new Random(options.seed, 0xc10c, ...of, ...lettersOf(host));
      const skew = own.chance(options.skewedHostShare) ? own.int(-options.clockSkewMs, options.clockSkewMs) : 0;
      const known = clocks.get(host) ?? skew;
      clocks.set(host, known);
      return known;
    };
    const lostSteps = new Set<Step | null>(stepsOf(trace.stages).filter(() => random.chance(options.lostStepShare)));
    const isLost = ({ kind, step, service }: LogEvent) => {
      const besides = kind === 'start' ? options.lostStartShare : kind === 'end' ? options.lostEndShare : 0;
      const byChance = random.chance(options.lostRecordShare) || random.chance(besides);
      return byChance || options.lostServices.includes(service.name) || (kind !== 'handoff' && lostSteps.has(step));
    };
    const events = trace.events.filter(event => !isLost(event));
    if (events.length > 0) yield { ...trace, events, skewOf };
  }
}

const lettersOf = (text: string) => [...text].map(letter => letter.charCodeAt(0));
