import type { Step } from '../model/trace';
import { type Nanos, nanos } from '../model/units';

/**
 * Until when a step worked, as far as is known: one that still runs, until now, which is the end of the trace's time.
 *
 * @param duration of the trace
 */
export function workEnd({ status, start, end }: Pick<Step, 'status' | 'start' | 'end'>, duration: Nanos | null) {
  if (status !== 'running' || start === null || duration === null) return end;
  return nanos(Math.max(duration, end ?? start));
}
