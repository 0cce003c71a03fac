import type { RecordInsight } from '../../common/protocol/logEngine';
import type { LineInsight, LineOfLog } from '../../common/protocol/logViewProtocol';
import { lineFacts, missingText } from '../hover/lineFacts';

/** What a hover says of a line, for a page: texts without any markup. */
export function lineInsight(insight: RecordInsight, { offset }: LineOfLog): LineInsight {
  const { correlationId, trace, record, explain } = insight;
  return {
    ...lineFacts(null, insight),
    picture: trace?.picture ?? null,
    note: missingText(insight, null),
    traced: correlationId === null ? null : { id: correlationId, step: trace?.step?.key ?? null },
    // Where the record begins, the line may be one behind.
    record: { from: Math.min(record.byteOffset, offset), bytes: explain.record.bytes },
  };
}
