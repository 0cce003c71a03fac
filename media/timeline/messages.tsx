import { useState } from 'preact/hooks';
import type { LookupProgress } from '../../src/common/protocol/logEngine';
import { visibleText } from '../../src/common/timeline/visibleText';
import { counted, formatBytes, formatCount, oneLine } from './format';
import { Icon, type IconName } from './icon';

/** What the page says where there is no trace to show. */
function Message({ icon, title, children }: { icon: IconName; title: string; children: preact.ComponentChildren }) {
  return (
    <section class="message">
      <Icon name={icon} class="message-icon" />
      <h1>{title}</h1>
      {children}
    </section>
  );
}

export function NotFound({ title, searched, hints }: { title: string; searched: string; hints: string[] }) {
  return (
    <Message icon="search" title={title === '' ? 'Nothing found' : `Nothing found for ${oneLine(title)}`}>
      <p>{visibleText(searched)}</p>
      {hints.length > 0 && (
        <>
          <h2>What to try</h2>
          <ul>
            {hints.map(hint => (
              <li key={hint}>{visibleText(hint)}</li>
            ))}
          </ul>
        </>
      )}
    </Message>
  );
}

export function Failed({ title, message }: { title: string; message: string }) {
  return (
    <Message icon="error" title={title === '' ? 'This did not work' : `${oneLine(title)} could not be traced`}>
      <p role="alert">{visibleText(message)}</p>
    </Message>
  );
}

export function Loading({
  title,
  progress,
  cancel,
}: {
  title: string;
  progress: LookupProgress | null;
  cancel: () => void;
}) {
  return (
    <Message icon="search" title={title === '' ? 'Opening the timeline…' : `Tracing ${oneLine(title)}`}>
      <Progress progress={progress} cancel={cancel} />
    </Message>
  );
}

/** How far the search is. Its own component above a trace that is still growing, too. */
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
