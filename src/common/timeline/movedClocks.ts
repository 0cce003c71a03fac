import type { TraceDocument } from '../protocol/documents';
import { formatDuration } from './formatDuration';
import { visibleText } from './visibleText';

/** `500 ms later`: what was done to a time whose clock was `offsetMs` ahead. */
export const movedBy = (offsetMs: number): string =>
  `${formatDuration(Math.abs(offsetMs))} ${offsetMs < 0 ? 'later' : 'earlier'}`;

/** What was done to the times of which host, in one sentence; `null` where they are as logged. */
export function movedClocks({ offsetsApplied }: Pick<TraceDocument, 'offsetsApplied'>): string | null {
  if (offsetsApplied.length === 0) return null;
  return `Times moved, as asked: ${offsetsApplied.map(({ host, offsetMs }) => `${visibleText(host)} ${movedBy(offsetMs)}`).join(', ')}.`;
}
