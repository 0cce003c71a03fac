import { useRef } from 'preact/hooks';

/** Room ahead of a trace that grows, as a share of its time. */
const ahead = 0.25;

/**
 * How far the axis goes, in ms from the trace's start: to its end. One that grows gets some room ahead, and all that is
 * drawn stands still until that is used up: an axis that followed each line would never be at rest.
 */
export function useAxisEnd(durationMs: number, growing: boolean): number {
  const last = useRef({ durationMs, endMs: durationMs });
  const { durationMs: was, endMs } = last.current;
  const next = !growing || durationMs < was ? durationMs : durationMs > endMs ? durationMs * (1 + ahead) : endMs;
  last.current = { durationMs, endMs: next };
  return next;
}
