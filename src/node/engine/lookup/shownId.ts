import type { LogRecord } from '../../../common/model/logRecord';
import { joinKey } from '../../../common/profile/ids';
import type { SearchTarget } from '../search/membership';

/** The ID as the log spells it; as it was asked for where the log has it only in texts. */
export function shownId(target: SearchTarget, records: readonly LogRecord[]): string {
  // Few are told of many records: asked anew with each look at a log that is followed.
  const told = new Set<string>();
  for (const { correlationIds } of records) for (const { id } of correlationIds) told.add(id);
  const spelled = [...told].filter(id => target.keys.includes(joinKey(id)));
  return spelled.includes(target.id) ? target.id : (spelled.sort()[0] ?? target.id);
}
