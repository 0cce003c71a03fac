import type { Lanes } from './lanes';
import { ends, type RecordSigns, starts, states } from './recordSigns';

/** What services log of their steps, as far as this trace shows: who logs starts elsewhere has lost one here. */
export interface ServiceHabits {
  logsStarts(service: string | null): boolean;
  logsEnds(service: string | null): boolean;
  /** Of three starts or more none has an end: fewer may well have lost theirs. */
  logsNoEnds(service: string | null): boolean;
}

export function serviceHabits({ of: signs }: RecordSigns, lanes: Lanes): ServiceHabits {
  const startsOf = new Int32Array(lanes.list.length);
  const endsOf = new Int32Array(lanes.list.length);
  for (let at = 0; at < signs.length; at++) {
    const lane = lanes.of[at]!;
    if ((signs[at]! & starts) !== 0) startsOf[lane]!++;
    if ((signs[at]! & (ends | states)) !== 0) endsOf[lane]!++;
  }
  const started = new Map<string | null, number>();
  const ended = new Set<string | null>();
  lanes.list.forEach(({ service }, lane) => {
    if (startsOf[lane]! > 0) started.set(service, (started.get(service) ?? 0) + startsOf[lane]!);
    if (endsOf[lane]! > 0) ended.add(service);
  });
  return {
    logsStarts: service => started.has(service),
    logsEnds: service => ended.has(service),
    logsNoEnds: service => !ended.has(service) && (started.get(service) ?? 0) > 2,
  };
}
