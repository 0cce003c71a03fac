import type { LogRecord } from '../model/logRecord';
import type { Trace } from '../model/trace';
import { joinKey } from '../profile/ids';

/** What all records together say of whom and what the trace is about. */
type Identity = Pick<Trace, 'spellings' | 'userId' | 'sessionId' | 'entityId' | 'organizationId' | 'services'>;

/** @param given the correlation ID as the user or the log spells it */
export function identityOf(records: readonly LogRecord[], given: string): Identity {
  let userId: string | null = null;
  let sessionId: string | null = null;
  let entityId: string | null = null;
  let organizationId: string | null = null;
  const services = new Set<string>();
  const ids = new Set<string>();
  for (const record of records) {
    userId ??= record.userId;
    sessionId ??= record.sessionId;
    entityId ??= record.entityId;
    organizationId ??= record.organizationId;
    if (record.service !== null) services.add(record.service);
    for (const { id } of record.correlationIds) ids.add(id);
  }
  const groupKey = joinKey(given);
  const spellings = [...ids].filter(id => joinKey(id) === groupKey);
  return {
    spellings: spellings.length > 0 ? spellings : [given],
    userId,
    sessionId,
    entityId,
    organizationId,
    services: [...services],
  };
}
