import type { TimelineState } from '../../src/common/protocol/timelineProtocol';

/** How much of a trace is on show: what is not complete claims nothing that a further log line may change. */
export type Phase = 'reading' | 'cancelled' | 'complete';

export function phaseOf(state: TimelineState): Phase {
  if (state.kind !== 'trace') return 'reading';
  if (state.cancelled) return 'cancelled';
  return state.trace.complete ? 'complete' : 'reading';
}
