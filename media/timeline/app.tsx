import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { TimelineState } from '../../src/common/protocol/timelineProtocol';
import { Problem } from '../page/problem';
import { useProblem } from '../page/useProblem';
import { vscode } from '../page/vscodeApi';
import { Announcement } from './announcement';
import { connectHost, type HostConnection } from './hostConnection';
import { Choices, Failed, Loading, NotFound } from './messages';
import { beginWith, keep } from './pageMemory';
import { phaseOf } from './phase';
import { type Remote, TraceView } from './traceView';

/** The page: whatever state the extension says it is in. */
export function App() {
  const [state, setState] = useState<TimelineState>({ kind: 'loading', title: '', progress: null });
  const { problem, report, close } = useProblem();
  const remote = useRef<Remote>({ select: () => {}, selected: () => null });
  const connect = useMemo(() => {
    const { current } = remote;
    const page = { show: setState, select: ({ key }: { key: string }) => current.select(key) };
    return connectHost(vscode, { ...page, selected: () => current.selected() });
  }, []);
  const host = useMemo(() => connect(), [connect]);

  useEffect(() => {
    const begin = async () => {
      const [state, lens] = await Promise.all([host.ready(), host.lens({ on: null })]);
      beginWith({ lens });
      setState(state);
    };
    begin().catch(report);
  }, [host, report]);

  useEffect(() => {
    if (state.kind !== 'trace' && state.title !== '') keep(state.title, {});
  }, [state]);

  const trace = state.kind === 'trace' ? state.trace : state.kind === 'loading' ? state.progress?.trace : null;
  return (
    <>
      {trace ? (
        <TraceView
          key={trace.correlationId}
          trace={trace}
          asked={state.kind === 'trace' ? state.selected : null}
          progress={'progress' in state ? state.progress : null}
          phase={phaseOf(state)}
          live={state.kind === 'trace' ? state.live : undefined}
          connect={connect}
          remote={remote.current}
          report={report}
        />
      ) : (
        <NoTrace state={state} host={host} />
      )}
      <Announcement state={state} />
      {problem !== null && <Problem text={problem} close={close} />}
    </>
  );
}

function NoTrace({ state, host }: { state: TimelineState; host: HostConnection }) {
  switch (state.kind) {
    case 'loading':
      return <Loading {...state} host={host} />;
    case 'choices':
      return <Choices {...state} host={host} />;
    case 'notFound':
      return <NotFound {...state} host={host} />;
    case 'failed':
      return <Failed {...state} host={host} />;
    case 'trace':
      return null;
  }
}
