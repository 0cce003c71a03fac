import type { LogRecord } from '../../../common/model/logRecord';
import { joinKey } from '../../../common/profile/ids';
import type { SearchTarget } from '../search/membership';

/** The ID as the log spells it; as it was asked for where the log has it only in texts. */
export function shownId(target: SearchTarget, records: readonly LogRecord[]): string {
  const spelled = records.flatMap(({ correlationIds }) =>
    correlationIds.flatMap(({ id }) => (target.keys.includes(joinKey(id)) ? [id] : [])),
  );
  return spelled.includes(target.id) ? target.id : (spelled.sort()[0] ?? target.id);
}
