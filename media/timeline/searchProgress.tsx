import type { LookupProgress } from '../../src/common/protocol/logEngine';
import { counted, formatBytes, formatCount } from '../page/format';
import { Progress } from '../page/progress';

/** How far the search is. Above a trace that is still growing, too. */
export function SearchProgress({ progress, cancel }: { progress: LookupProgress | null; cancel: () => void }) {
  return (
    <Progress
      label="Reading log files"
      share={progress && progress.bytesTotal > 0 ? progress.bytesRead / progress.bytesTotal : null}
      text={progress === null ? 'Looking for log files…' : describe(progress)}
      cancel={cancel}
    />
  );
}

function describe({ bytesRead, bytesTotal, sourcesDone, sources, hits }: LookupProgress): string {
  return [
    `${formatBytes(bytesRead)} of ${formatBytes(bytesTotal)}`,
    `${formatCount(sourcesDone)} of ${counted(sources, 'source')}`,
    counted(hits, 'hit'),
  ].join(' · ');
}
