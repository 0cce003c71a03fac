/** What to simulate. Shares are probabilities: of a trace where not said otherwise. */
export interface SimulationOptions {
  readonly seed: number;
  readonly traces: number;
  /** Epoch ms of the first request. */
  readonly start: number;
  /** Mean time between two requests; below a trace's own length (5 to 60 s) traces interleave. */
  readonly everyMs: number;
  /** Parallel tools per round are drawn from 1 to this (200 and more work). */
  readonly maxFanOut: number;
  /** Names of the services that take part; null means all of `services.ts`. */
  readonly services: readonly string[] | null;
  /** Share of eligible steps that are delivered more than once. */
  readonly retryShare: number;
  /** Share of tool rounds in which one tool fails and the flow goes on. */
  readonly handledFailureShare: number;
  /** Share of traces that stop at a failed step. */
  readonly failureShare: number;
  /** Share of traces that stop at a step which starts and is never heard of again. */
  readonly lostShare: number;
  /** Share of LLM steps with an observability branch that runs after the result. */
  readonly sideShare: number;
  /** Share of fan-ins whose log names only one of the branches. */
  readonly joinNamesOneShare: number;
  /** Share of parallel branches that are two steps long. */
  readonly chainShare: number;
  /** Share of LLM and tool steps that wait for an external service which does not log. */
  readonly externalShare: number;
  /** Share of traces in which one line mentions the trace before it. */
  readonly mentionShare: number;
}

export const defaultOptions: SimulationOptions = {
  seed: 1,
  traces: 100,
  start: Date.UTC(2026, 2, 2, 10, 15),
  everyMs: 700,
  maxFanOut: 5,
  services: null,
  retryShare: 0.06,
  handledFailureShare: 0.1,
  failureShare: 0.06,
  lostShare: 0.02,
  sideShare: 0.5,
  joinNamesOneShare: 0.2,
  chainShare: 0.1,
  externalShare: 0.15,
  mentionShare: 0.05,
};
