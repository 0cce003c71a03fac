import { zoneOffset } from '../../../common/profile/time/zone';
import type { ProfiledSource, SampledTimes, SourceSample } from './scanJobs';

/**
 * Sources whose stamps name no zone, and of which nothing in the file tells one, by the company they are in: where their
 * times overlap with those of sources that know their zone only if they are taken for UTC, they are UTC, as servers mostly
 * are. Where they overlap as they are, or either way, this machine's zone stays.
 */
export function settleZones(profiled: readonly ProfiledSource[]): ProfiledSource[] {
  const known = profiled.flatMap(({ profile, times }) => (times && !isOpen(profile) ? [times] : []));
  return profiled.map(source => {
    const { profile, times } = source;
    if (!times || !isOpen(profile) || known.some(other => overlap(times, other))) return source;
    const asUtc = shifted(times, profile.timezone.value);
    return known.some(other => overlap(asUtc, other)) ? { ...source, ...inUtc(source, asUtc) } : source;
  });
}

const isOpen = ({ timezone }: SourceSample['profile']): boolean => timezone.assumed && timezone.evidence === 'default';

const overlap = (a: SampledTimes, b: SampledTimes): boolean => a.from <= b.to && b.from <= a.to;

/** What the clock of a zone showed, taken for UTC. */
function shifted({ from, to }: SampledTimes, zone: string): SampledTimes {
  const offset = zoneOffset(zone);
  const shownAt = (at: number) => at + offset(at) * 60_000;
  return { from: shownAt(from), to: shownAt(to) };
}

function inUtc({ profile, detected, note }: SourceSample, times: SampledTimes): SourceSample {
  const timezone = { value: 'UTC', assumed: true, evidence: 'data' } as const;
  return { profile: { ...profile, timezone }, detected: { ...detected, timezone }, note, times };
}
