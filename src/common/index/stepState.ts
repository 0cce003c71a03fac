import { noValue, type StepRows, stepBit } from './stepRows';

/**
 * What can be said of a step by its columns. `announced`: nobody says that it began; its lines, all of one service, may
 * be those of who published it.
 */
export const stepState = { open: 0, ok: 1, unended: 2, unsure: 3, announced: 4 } as const;

/** One step's columns, of a range or of several put together; see `StepRows`. */
export interface StepColumns {
  bits: number;
  start: number;
  end: number;
  service: number;
  service2: number;
  last: number;
  last2: number;
  worker: number;
}

/**
 * Whether a step's records form one attempt of one service, all others being lines of its publisher, and whether that
 * ended well: then assembling it from its records gives the same (see `groupSteps`, `attempts`, `traceStatus`).
 *
 * @param hasPrevious whether it names a previous step
 * @param publishes whether a service is the worker of one of its previous steps
 */
export function stateOf(step: StepColumns, hasPrevious: boolean, publishes: (service: number) => boolean): number {
  const { bits, start, end, service, service2, worker } = step;
  if (bits & stepBit.unsure) return stepState.unsure;
  if (bits & stepBit.started) {
    const isSecond = worker === service2 && service2 !== noValue;
    const other = isSecond ? service : service2;
    if (bits & (isSecond ? stepBit.hosts2 : stepBit.hosts)) return stepState.unsure;
    if (other !== noValue) {
      const acts = bits & (isSecond ? stepBit.acts : stepBit.acts2);
      const last = isSecond ? step.last : step.last2;
      if (acts || last > start || !publishes(other)) return stepState.unsure;
    }
    if (bits & stepBit.ended && !(end > start || (end === start && bits & stepBit.inOrder))) return stepState.unsure;
  } else {
    if (service2 !== noValue || bits & stepBit.hosts) return stepState.unsure;
    if (hasPrevious && bits & stepBit.hasProgress)
      return bits & (stepBit.ended | stepBit.hasError) ? stepState.unsure : stepState.announced;
  }
  if (bits & stepBit.ended) return bits & stepBit.ok || !(bits & stepBit.hasError) ? stepState.ok : stepState.unsure;
  return bits & stepBit.hasError ? stepState.unsure : stepState.unended;
}

/** The columns of a row. */
export const columnsOf = (steps: StepRows, row: number): StepColumns => ({
  bits: steps.bits[row]!,
  start: steps.start[row]!,
  end: steps.end[row]!,
  service: steps.service[row]!,
  service2: steps.service2[row]!,
  last: steps.last[row]!,
  last2: steps.last2[row]!,
  worker: steps.worker[row]!,
});
