import type { LogRecord } from '../../../common/model/logRecord';
import { canonicalName } from '../../../common/profile/fieldNames';

/** The group IDs of a record that stand in its strongest field: of HDFS's block IDs, say, one line may name many. */
export function strongestIds({ correlationIds }: Pick<LogRecord, 'correlationIds'>): string[] {
  const [first] = correlationIds;
  if (!first) return [];
  const field = canonicalName(first.field);
  return correlationIds.filter(id => canonicalName(id.field) === field).map(({ id }) => id);
}
