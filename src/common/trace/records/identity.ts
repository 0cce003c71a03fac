import type { Trace } from '../../model/trace';
import { joinKey } from '../../profile/ids';
import type { OrderedRecords } from './orderRecords';
import { identifies, respells } from './recordSigns';

/** What all records together say of whom and what the trace is about. */
type Identity = Pick<Trace, 'spellings' | 'userId' | 'sessionId' | 'entityId' | 'organizationId' | 'services'>;

/** @param given the correlation ID as the user or the log spells it */
export function identityOf(ordered: OrderedRecords, given: string): Identity {
  const groupKey = joinKey(given);
  const spellings = [...idsOf(ordered)].filter(id => joinKey(id) === groupKey);
  return {
    spellings: spellings.length > 0 ? spellings : [given],
    ...namesOf(ordered),
    services: [...new Set(ordered.lanes.list.flatMap(({ service }) => service ?? []))],
  };
}

function namesOf({ records, signs }: OrderedRecords) {
  const names: Omit<Identity, 'spellings' | 'services'> = {
    userId: null,
    sessionId: null,
    entityId: null,
    organizationId: null,
  };
  for (let at = 0; at < records.length; at++) {
    if ((signs.of[at]! & identifies) === 0) continue;
    const { userId, sessionId, entityId, organizationId } = records[at]!;
    names.userId ??= userId;
    names.sessionId ??= sessionId;
    names.entityId ??= entityId;
    names.organizationId ??= organizationId;
  }
  return names;
}

/** Mostly all records have the one ID that the first has. */
function idsOf({ records, signs }: OrderedRecords): Set<string> {
  const ids = new Set<string>();
  const differing = (signs.any & respells) === 0 ? records.slice(0, 1) : records;
  for (const { correlationIds } of differing) for (const { id } of correlationIds) ids.add(id);
  return ids;
}
