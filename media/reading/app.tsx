import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ReadingState } from '../../src/common/protocol/readingProtocol';
import { visibleText } from '../../src/common/timeline/visibleText';
import { Icon } from '../page/icon';
import { useProblem } from '../page/useProblem';
import { vscode } from '../page/vscodeApi';
import { connectHost, type HostConnection } from './hostConnection';
import { SourceList } from './sourceList';

/** The page *How Are My Logs Read?*: whatever state the extension says it is in. */
export function App() {
  const [state, setState] = useState<ReadingState>({ kind: 'loading', full: false });
  const { problem, report } = useProblem();
  const host = useMemo(() => connectHost(vscode, { show: setState }), []);

  useEffect(() => {
    host.ready().then(setState, report);
  }, [host, report]);

  return (
    <>
      <header class="head">
        <h1>How Are My Logs Read?</h1>
        <Buttons state={state} host={host} />
      </header>
      {problem !== null && (
        <p class="problem" role="alert">
          <Icon name="error" /> <span>{visibleText(problem)}</span>
        </p>
      )}
      <Content state={state} host={host} />
    </>
  );
}

function Buttons({ state, host }: { state: ReadingState; host: HostConnection }) {
  const isBusy = state.kind === 'loading';
  return (
    <div class="head-buttons">
      <button type="button" class="button" disabled={isBusy} onClick={() => void host.tell('read', { full: true })}>
        Count Every Record
      </button>
      <button
        type="button"
        class="button secondary"
        disabled={isBusy}
        onClick={() => void host.tell('read', { full: false })}
      >
        Read Again
      </button>
      <button type="button" class="button secondary" onClick={() => void host.tell('addLogs')}>
        Add Log Files…
      </button>
      <button type="button" class="button secondary" onClick={() => void host.tell('openSetting')}>
        Open Settings
      </button>
    </div>
  );
}

/** While the logs are read anew, what was found before stays: what the user has opened does not close. */
function Content({ state, host }: { state: ReadingState; host: HostConnection }) {
  const last = useRef<Extract<ReadingState, { kind: 'sources' }> | null>(null);
  if (state.kind === 'sources') last.current = state;
  const shown = state.kind === 'loading' ? last.current : null;
  if (shown) {
    return (
      <>
        <Reading full={state.kind === 'loading' && state.full} />
        <SourceList state={shown} host={host} />
      </>
    );
  }
  switch (state.kind) {
    case 'loading':
      return <Reading full={state.full} />;
    case 'failed':
      return (
        <p class="empty" role="alert">
          {visibleText(state.message)}
        </p>
      );
    case 'sources':
      return <SourceList state={state} host={host} />;
  }
}

const Reading = ({ full }: { full: boolean }) => (
  <p class="reading" role="status">
    <Icon name="loading" class="spinning" /> {full ? 'Counting every record…' : 'Reading a sample of each log…'}
  </p>
);
