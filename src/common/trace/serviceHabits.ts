import type { LogRecord } from '../model/logRecord';

/** What services log of their steps, as far as this trace shows: who logs starts elsewhere has lost one here. */
export interface ServiceHabits {
  logsStarts(service: string | null): boolean;
  logsEnds(service: string | null): boolean;
  /** Of three starts or more none has an end: fewer may well have lost theirs. */
  logsNoEnds(service: string | null): boolean;
}

export function serviceHabits(records: readonly LogRecord[]): ServiceHabits {
  const starts = new Map<string | null, number>();
  const ends = new Set<string | null>();
  for (const { service, phase, duration } of records) {
    if (phase === 'start') starts.set(service, (starts.get(service) ?? 0) + 1);
    if (phase === 'end' || duration !== null) ends.add(service);
  }
  return {
    logsStarts: service => starts.has(service),
    logsEnds: service => ends.has(service),
    logsNoEnds: service => !ends.has(service) && (starts.get(service) ?? 0) > 2,
  };
}
