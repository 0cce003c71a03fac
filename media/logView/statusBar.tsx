import type { ShownLine } from '../../src/common/protocol/logReader';
import { visibleText } from '../../src/common/timeline/visibleText';
import { formatBytes, formatCount } from '../page/format';
import type { LogWindow } from './logWindow';
import type { LineCount } from './useLineCount';

interface StatusBarProps {
  log: LogWindow;
  /** With the cursor. */
  line: ShownLine | null;
  count: LineCount;
}

/** Where in the log the view is, how large it is, and what is not known of it. */
export function StatusBar({ log, line, count }: StatusBarProps) {
  const { counted, isCounting, cancel } = count;
  const at = line ?? log.lines[Math.floor(log.top)];
  const total = counted?.isAll ? ` of ${formatCount(counted.lines)}` : '';
  const size = `${formatBytes(log.size.bytes)}${log.size.isKnown ? '' : ' or more'}`;
  const share = counted?.size.isKnown ? Math.round((100 * counted.bytes) / Math.max(1, counted.size.bytes)) : null;
  return (
    <div class="status-bar">
      <span>{at?.line ? `Line ${formatCount(at.line)}${total}` : 'Line number not known yet'}</span>
      <span>{at ? `${formatBytes(at.from)} of ${size}` : size}</span>
      {isCounting && (
        <span role="status">
          {share === null ? `Counting lines… ${formatCount(counted?.lines ?? 0)}` : `Counting lines… ${share} %`}{' '}
          <button type="button" class="link" onClick={cancel}>
            Stop
          </button>
        </span>
      )}
      {log.note !== null && <span class="warning-text log">{visibleText(log.note)}</span>}
    </div>
  );
}
