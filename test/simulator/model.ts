import type { Kind, Service } from './services.ts';

/** Who and what a request is about: the seed's `Context` without the step's own ids. */
export interface Identity {
  readonly correlationId: string;
  readonly userId: string;
  readonly sessionId: string;
  readonly entityId: string;
  readonly organizationId: string;
}

export type Level = 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';

export interface Progress {
  readonly time: number;
  readonly level: Level;
  readonly message: string;
}

/** One attempt to do a step. */
export interface Run {
  readonly host: string;
  readonly thread: string;
  readonly start: number;
  /** Null where the worker died. */
  readonly end: number | null;
  readonly status: 'ok' | 'failed' | 'unknown';
  readonly progress: readonly Progress[];
  readonly error: string | null;
}

export type Redelivery = 'crash' | 'failedFirst' | 'duplicate' | 'exhausted';

/** The publisher's line for a step. */
export interface Handoff {
  readonly time: number;
  readonly by: Step;
}

/** Planned by `plan.ts`; what depends on time (`runs`, `named`, `handoff`) is filled in by `schedule.ts`. */
export interface Step {
  readonly stepId: string;
  readonly messageId: string;
  readonly stepType: string;
  readonly kind: Kind;
  readonly service: Service;
  readonly previous: readonly Step[];
  /** Late branches off this step (observability, audit). */
  readonly sides: Step[];
  readonly outcome: 'ok' | 'failed' | 'lost';
  readonly redelivery: Redelivery | null;
  readonly external: boolean;
  runs: Run[];
  /** The previous steps that the logs name. */
  named: readonly Step[];
  handoff: Handoff | null;
}

/** A stretch of the flow: one chain of steps, or several side by side, which meet in the next stage's only step. */
export interface Stage {
  /** In the order in which they start. */
  readonly chains: readonly (readonly Step[])[];
  /** The fan-in after it names only one of the chains. */
  readonly joinNamesOne: boolean;
}

export type Ending = 'result' | 'failed' | 'lost';

export interface LogEvent {
  readonly time: number;
  readonly service: Service;
  readonly host: string;
  readonly thread: string;
  readonly level: Level;
  readonly kind: 'start' | 'progress' | 'end' | 'handoff' | 'noise';
  readonly message: string;
  readonly identity: Identity | null;
  /** Whose id the record carries: for a handoff the next step, not the publisher's own. */
  readonly step: Step | null;
  readonly attempt: number;
  readonly status: 'ok' | 'failed' | null;
  readonly durationMs: number | null;
  readonly error: string | null;
  readonly attributes: Readonly<Record<string, string | number>>;
}

export interface SimulatedTrace {
  readonly identity: Identity;
  readonly stages: readonly Stage[];
  readonly ending: Ending;
  /** In time order; equal times stay in the order of writing. */
  readonly events: readonly LogEvent[];
  /** Correlation ID of another trace that one of the lines mentions. */
  readonly mentions: string | null;
}

/** The attempt that lets the flow go on: the first success, else the last one. */
export function releasing(step: Step): Run {
  const run = step.runs.find(candidate => candidate.status === 'ok') ?? step.runs.at(-1);
  if (!run) throw new Error(`step ${step.stepId} never ran`);
  return run;
}

export function endOf(step: Step): number {
  const run = releasing(step);
  return run.end ?? run.start;
}

export function stepsOf(stages: readonly Stage[]): Step[] {
  return stages.flatMap(stage => stage.chains.flat().flatMap(step => [step, ...step.sides]));
}

export function tailsOf(stage: Stage | undefined): Step[] {
  return (stage?.chains ?? []).flatMap(chain => chain.at(-1) ?? []);
}
