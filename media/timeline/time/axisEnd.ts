import { useRef } from 'preact/hooks';

/** Why more may come at any moment: logs are still read, or read on as they are written. */
export type Growth = 'none' | 'read' | 'followed';

/** Room ahead of a trace that grows, as a share of its time. */
const ahead = 0.25;

/**
 * How far the axis goes, in ms from the trace's start: to its end. One that grows gets some room ahead, and all that is
 * drawn stands still until that is used up: an axis that followed each line would never be at rest. What is left of it when
 * the logs are read goes, though lines may still be written.
 */
export function useAxisEnd(durationMs: number, growth: Growth): number {
  const last = useRef({ durationMs, endMs: durationMs, growth });
  const { durationMs: was, endMs, growth: before } = last.current;
  const rests = growth === 'none' || (growth === 'followed' && before === 'read') || durationMs < was;
  const next = rests ? durationMs : durationMs > endMs ? durationMs * (1 + ahead) : endMs;
  last.current = { durationMs, endMs: next, growth };
  return next;
}
