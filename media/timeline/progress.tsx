import { useState } from 'preact/hooks';
import type { LookupProgress } from '../../src/common/protocol/logEngine';
import { counted, formatBytes, formatCount } from './format';

/** How far the search is. Above a trace that is still growing, too. */
export function Progress({ progress, cancel }: { progress: LookupProgress | null; cancel: () => void }) {
  const [cancelled, setCancelled] = useState(false);
  const known = progress !== null && progress.bytesTotal > 0;
  const share = known ? Math.min(1, progress.bytesRead / progress.bytesTotal) : 0;
  const text = progress === null ? 'Looking for log files…' : describe(progress);
  return (
    <div class="progress">
      <div
        class={known ? 'progress-bar' : 'progress-bar unknown'}
        role="progressbar"
        aria-label="Reading log files"
        aria-valuetext={text.replaceAll('\u00a0', ' ')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={known ? Math.round(share * 100) : undefined}
      >
        <div class="progress-done" style={{ width: `${share * 100}%` }} />
      </div>
      <span class="progress-text">{cancelled ? 'Stopping…' : text}</span>
      <button
        type="button"
        class="button secondary"
        disabled={cancelled}
        onClick={() => {
          setCancelled(true);
          cancel();
        }}
      >
        Cancel
      </button>
    </div>
  );
}

function describe({ bytesRead, bytesTotal, sourcesDone, sources, hits }: LookupProgress): string {
  return [
    `${formatBytes(bytesRead)} of ${formatBytes(bytesTotal)}`,
    `${formatCount(sourcesDone)} of ${counted(sources, 'source')}`,
    counted(hits, 'hit'),
  ].join(' · ');
}
