import type { Trace } from '../model/trace';
import { joinKey } from '../profile/ids';
import type { OrderedRecords } from './orderRecords';

/** What all records together say of whom and what the trace is about. */
type Identity = Pick<Trace, 'spellings' | 'userId' | 'sessionId' | 'entityId' | 'organizationId' | 'services'>;

/** @param given the correlation ID as the user or the log spells it */
export function identityOf({ records, lanes }: OrderedRecords, given: string): Identity {
  const ids = new Distinct();
  let userId: string | null = null;
  let sessionId: string | null = null;
  let entityId: string | null = null;
  let organizationId: string | null = null;
  for (const record of records) {
    userId ??= record.userId;
    sessionId ??= record.sessionId;
    entityId ??= record.entityId;
    organizationId ??= record.organizationId;
    for (let at = 0; at < record.correlationIds.length; at++) ids.add(record.correlationIds[at]!.id);
  }
  const groupKey = joinKey(given);
  const spellings = [...ids.values].filter(id => joinKey(id) === groupKey);
  return {
    spellings: spellings.length > 0 ? spellings : [given],
    userId,
    sessionId,
    entityId,
    organizationId,
    services: [...new Set(lanes.list.flatMap(({ service }) => service ?? []))],
  };
}

/** The different ones of many texts. Mostly one is the same as the one before it. */
class Distinct {
  readonly values = new Set<string>();
  private last: string | null = null;

  add(value: string): void {
    if (value === this.last) return;
    this.values.add(value);
    this.last = value;
  }
}
