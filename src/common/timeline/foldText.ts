import { counted } from '../base/counted';
import { formatDuration } from './formatDuration';
import type { RowFold } from './rowFold';

export interface FoldTexts {
  /** `14 steps (2a – 2c.2)`: what is hidden below a row, whose own numbers end where those begin; else `14 steps`. */
  steps: string;
  /** `300 ms`: for how long it was at work; `null` where that is not known. */
  time: string | null;
  /** Both. */
  rest: string;
  /** `1 error`; `null` where nothing went wrong in it. */
  errors: string | null;
  /** `1 running`; `null` where all of it is over. */
  running: string | null;
}

export function foldText({ kind, numbers, rows, external, busyMs, errors, running }: RowFold): FoldTexts {
  const parts = [
    rows > external && counted(rows - external, 'step'),
    external > 0 && `${external.toLocaleString('en')} outside the logs`,
  ].filter(part => part !== false);
  const steps = parts.join(', ') + (kind === 'below' ? ` (${numbers})` : '');
  const time = busyMs === null ? null : formatDuration(busyMs);
  return {
    steps,
    time,
    rest: time === null ? steps : `${steps}, ${time}`,
    errors: errors > 0 ? counted(errors, 'error') : null,
    running: running > 0 ? `${running.toLocaleString('en')} running` : null,
  };
}

/** What its time means, and for how much of it the logs do not say. */
export function foldTimeText({ rows, busyMs, startMs, endMs, untimed }: RowFold): string {
  if (busyMs === null || startMs === null || endMs === null) return 'No times are known.';
  const span = `At work for ${formatDuration(busyMs)} within ${formatDuration(endMs - startMs)}.`;
  return untimed === 0 ? span : `${span} Of ${untimed} of ${rows} no time is known.`;
}

/** Time of a fold on the critical path, in ms. */
export const foldPathMs = ({ path }: RowFold): number =>
  path.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
