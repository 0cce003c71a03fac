import type { Trace } from '../model/trace';
import type { TimelineRow } from './timelineRow';

/** One row per step, in row order, numbered as a person counts them (1, 2, 3, 4a, 4b). */
export function timelineRows(_trace: Trace): TimelineRow[] {
  throw new Error('not yet');
}
