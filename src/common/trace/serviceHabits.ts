import type { LogRecord } from '../model/logRecord';

/** What services log of their steps, as far as this trace shows: who logs starts elsewhere has lost one here. */
export interface ServiceHabits {
  logsStarts(service: string | null): boolean;
  logsEnds(service: string | null): boolean;
}

export function serviceHabits(records: readonly LogRecord[]): ServiceHabits {
  const starts = new Set<string | null>();
  const ends = new Set<string | null>();
  for (const { service, phase, duration } of records) {
    if (phase === 'start') starts.add(service);
    if (phase === 'end' || duration !== null) ends.add(service);
  }
  return { logsStarts: service => starts.has(service), logsEnds: service => ends.has(service) };
}
