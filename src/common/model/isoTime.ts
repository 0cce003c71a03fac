import type { EpochNanos } from './units';

/**
 * ISO 8601 in UTC. `digits` is the precision after the second that the log gave; a computed time takes as many of 3, 6
 * or 9 as it needs.
 */
export function isoTime(time: EpochNanos, digits?: number): string {
  const ms = time / 1_000_000n - (time % 1_000_000n < 0n ? 1n : 0n);
  const subMs = Number(time - ms * 1_000_000n);
  const seconds = new Date(Number(ms)).toISOString().slice(0, -1);
  const nine = `${seconds}${String(subMs).padStart(6, '0')}`;
  const needed = subMs === 0 ? 3 : subMs % 1000 === 0 ? 6 : 9;
  const kept = digits ?? needed;
  return kept === 0 ? `${nine.slice(0, -10)}Z` : `${nine.slice(0, nine.length - 9 + kept)}Z`;
}
