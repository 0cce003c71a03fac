import { recordText } from '../../../src/common/export/recordText';
import type { RecordDocument } from '../../../src/common/protocol/documents';
import { visibleLines } from '../../../src/common/timeline/visibleText';
import { counted, oneLine } from '../../page/format';
import { useTimeOfDay } from '../time/clockTime';
import { Limited } from './controls';
import { FrameLinks } from './frameLinks';

interface RecordListProps {
  records: RecordDocument[];
  openRecord: (record: number, preview: boolean) => void;
  /** `frame` by its place among those of the record. */
  openFrame: (record: number, frame: number) => void;
}

const messageLength = 2000;
const isError = (severity: string | null) =>
  severity !== null && /^(error|fatal|severe|critical|alert|emerg)/i.test(severity);
const isWarning = (severity: string | null) => severity !== null && /^warn/i.test(severity);

/** A step's log lines in time order; each opens in its file. */
export function RecordList({ records, openRecord, openFrame }: RecordListProps) {
  const timeOfDay = useTimeOfDay();
  return (
    <ol class="records">
      <Limited
        items={records}
        show={(record, index) => (
          <li key={index}>
            <button
              type="button"
              class="record"
              title={`Open ${recordPlace(record)}${record.timestamp === null ? '' : `\n${oneLine(record.timestamp)}`}`}
              onClick={event => openRecord(index, event.detail === 1)}
            >
              <span class="record-head">
                {record.timestamp !== null && <span>{oneLine(timeOfDay(record.timestamp))}</span>}
                {record.severity !== null && (
                  <span class={`severity ${severityClass(record.severity)}`}>{oneLine(record.severity)}</span>
                )}
                <span class="record-place log">{recordPlace(record, true)}</span>
              </span>
              <span class="record-message log">{message(recordText(record))}</span>
            </button>
            <FrameLinks text={recordText(record)} openFrame={frame => openFrame(index, frame)} />
          </li>
        )}
      />
    </ol>
  );
}

export const severityClass = (severity: string) =>
  isError(severity) ? 'error-text' : isWarning(severity) ? 'warning-text' : '';

export function recordPlace({ source, line }: Pick<RecordDocument, 'source' | 'line'>, short = false): string {
  const name = short ? source.slice(Math.max(source.lastIndexOf('/'), source.lastIndexOf('\\')) + 1) : source;
  return line === null ? oneLine(name) : `${oneLine(name)}:${line}`;
}

function message(text: string): string {
  if (text.length <= messageLength) return visibleLines(text);
  return `${visibleLines(text.slice(0, messageLength))}… ${counted(text.length - messageLength, 'more character')}`;
}
