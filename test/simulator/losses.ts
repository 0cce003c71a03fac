import { type LogEvent, releasing, type SimulatedTrace, type Step, stepsOf } from './model.ts';
import { Random } from './random.ts';

/** What goes wrong on the way from the workers to the logs. Shares are probabilities. */
export interface LossOptions {
  readonly seed: number;
  /** Of any record to be lost. */
  readonly lostRecordShare: number;
  /** Of a step's start records, and of its end records, to be lost besides. */
  readonly lostStartShare: number;
  readonly lostEndShare: number;
  /** Hosts with a wrong clock are off by up to this, ahead or behind. */
  readonly clockSkewMs: number;
  readonly skewedHostShare: number;
}

export const noLosses: LossOptions = {
  seed: 1,
  lostRecordShare: 0,
  lostStartShare: 0,
  lostEndShare: 0,
  clockSkewMs: 0,
  skewedHostShare: 0.2,
};

/** A trace whose `events` are those that reached the logs, with the stamps of their hosts' clocks. */
export interface LossyTrace extends SimulatedTrace {
  readonly lost: readonly LogEvent[];
}

export function* lossy(traces: Iterable<SimulatedTrace>, input: Partial<LossOptions>): Generator<LossyTrace> {
  const options = { ...noLosses, ...input };
  const random = new Random(options.seed, 0x1055);
  const clocks = new Map<string, number>();
  const skewOf = (host: string) => {
    const own = new Random(options.seed, ...[...host].map(letter => letter.charCodeAt(0)));
    const skew = own.chance(options.skewedHostShare) ? own.int(-options.clockSkewMs, options.clockSkewMs) : 0;
    const known = clocks.get(host) ?? skew;
    clocks.set(host, known);
    return known;
  };
  const isLost = ({ kind }: LogEvent) => {
    const besides = kind === 'start' ? options.lostStartShare : kind === 'end' ? options.lostEndShare : 0;
    return random.chance(options.lostRecordShare) || random.chance(besides);
  };
  for (const trace of traces) {
    const lost = new Set(trace.events.filter(isLost));
    const events = trace.events
      .filter(event => !lost.has(event))
      .map(event => ({ ...event, time: event.time + skewOf(event.host) }))
      .sort((a, b) => a.time - b.time);
    if (events.length > 0) yield { ...trace, events, lost: [...lost] };
  }
}

/** What a reader of the logs has to be told is missing: IDs of steps. */
export interface MissingTruth {
  /** Steps that name a previous step of whose work no record is there. */
  previous: string[];
  /** Announced, but neither a record of their work nor of a next step's is there. */
  consumption: string[];
  /** Started, but there is no end. */
  end: string[];
}

export function missingOf({ stages, events }: SimulatedTrace): MissingTruth {
  const logged = new Map<Step, LogEvent[]>();
  for (const event of events) {
    if (event.step) logged.set(event.step, [...(logged.get(event.step) ?? []), event]);
  }
  const steps = stepsOf(stages).filter(step => logged.has(step));
  const own = (step: Step) => (logged.get(step) ?? []).filter(({ kind }) => kind !== 'handoff');
  const followed = new Set(steps.flatMap(step => step.named));
  const ids = (list: readonly Step[]) => list.map(({ stepId }) => stepId);
  return {
    previous: ids(steps.filter(step => step.named.some(previous => own(previous).length === 0))),
    consumption: ids(steps.filter(step => own(step).length === 0 && !followed.has(step))),
    end: ids(
      steps.filter(step => {
        const attempt = step.runs.indexOf(releasing(step)) + 1;
        const records = own(step).filter(event => event.attempt === attempt);
        const has = (kind: LogEvent['kind']) => records.some(event => event.kind === kind);
        return has('start') && !has('end');
      }),
    ),
  };
}
