import type { RefObject } from 'preact';
import { useCallback, useEffect, useLayoutEffect, useMemo, useReducer, useRef, useState } from 'preact/hooks';
import type { LookupProgress, TraceHeader } from '../../src/common/protocol/logEngine';
import type { TimelineRow } from '../../src/common/timeline/timelineRow';
import { focusActiveRow } from '../page/rowFocus';
import { RowWindows } from '../page/rowWindows';
import { Details } from './details';
import { Header } from './header';
import type { Connect, HostConnection } from './hostConnection';
import { Legend } from './legend';
import { keep, recall } from './pageMemory';
import type { Phase } from './phase';
import { SearchProgress } from './searchProgress';
import { useSelection } from './selection';
import { useStep } from './stepData';
import { TimePane } from './timePane';

interface TraceViewProps {
  trace: TraceHeader;
  /** The step that the extension wants selected. */
  asked: string | null;
  progress: LookupProgress | null;
  phase: Phase;
  live: boolean | undefined;
  connect: Connect;
  /** Filled in here: selects a step by its key. */
  select: RefObject<(key: string) => void>;
  report: (error: unknown) => void;
}

/** One correlation's trace, as far as it is known. While it is read, one `traceId` after another may stand for it. */
export function TraceView({ trace, asked, progress, phase, live, connect, select, report }: TraceViewProps) {
  const { traceId, steps, correlationId: query } = trace;
  const host = useHostFor(connect, traceId);
  const { rows, version } = useRows(host, trace, report);
  const { index, row, revealed, selectIndex, selectKey } = useSelection({ host, trace, asked, rows, version });
  const details = useStep(host, trace, row);
  const complete = phase === 'complete';

  const [detailsOpen, setDetailsOpen] = useState(recall(query).details);
  const toggleDetails = useCallback(() => setDetailsOpen(open => !open), []);
  const closeDetails = useCallback(() => {
    setDetailsOpen(false);
    focusActiveRow();
  }, []);
  useEffect(() => keep(query, { details: detailsOpen }), [query, detailsOpen]);
  const keepScroll = useCallback((scrollTop: number) => keep(query, { scrollTop }), [query]);

  const show = useCallback(
    (key: string) => {
      setDetailsOpen(true);
      void selectKey(key);
    },
    [selectKey],
  );
  useLayoutEffect(() => {
    select.current = key => void selectKey(key);
  }, [select, selectKey]);

  const openRow = useCallback(
    (at: number, preview: boolean) => {
      const step = rows.at(at);
      if (step && step.records > 0) {
        void host.openRecord({ traceId, key: step.key, record: step.firstRecord, preview });
      }
    },
    [host, traceId, rows],
  );

  return (
    <>
      <Header
        trace={trace}
        phase={phase}
        live={live}
        host={host}
        select={show}
        detailsOpen={detailsOpen}
        toggleDetails={toggleDetails}
      />
      {progress && <SearchProgress progress={progress} cancel={() => void host.cancel()} />}
      <div class="panes">
        <div class="grid-pane">
          {steps === 0 ? (
            <p class="empty">{phase === 'reading' ? 'No steps yet.' : 'No steps could be made of these log lines.'}</p>
          ) : (
            <TimePane
              trace={trace}
              host={host}
              rows={rows}
              version={version}
              complete={complete}
              selected={index}
              revealed={revealed}
              initialScroll={recall(query).scrollTop}
              onSelect={selectIndex}
              onOpen={openRow}
              onToggleDetails={toggleDetails}
              onScroll={keepScroll}
            />
          )}
          {steps > 0 && trace.durationMs !== null && <Legend />}
        </div>
        {details && detailsOpen && (
          <Details
            row={details.row}
            complete={complete}
            step={details.step}
            rows={rows}
            select={show}
            openRecord={(record, preview) => void host.openRecord({ traceId, key: details.row.key, record, preview })}
            close={closeDetails}
          />
        )}
      </div>
    </>
  );
}

/** What is asked about a trace that is no longer on show ends by itself, and its failing concerns nobody. */
function useHostFor(connect: Connect, traceId: string): HostConnection {
  const life = useMemo(() => new AbortController(), [traceId]);
  useLayoutEffect(() => () => life.abort(), [life]);
  return useMemo(() => connect(life.signal), [connect, life]);
}

function useRows(host: HostConnection, { traceId, revision, steps }: TraceHeader, report: (error: unknown) => void) {
  const [version, changed] = useReducer<number, void>(count => count + 1, 0);
  const newest = useRef(host);
  newest.current = host;
  const rows = useMemo(
    () =>
      new RowWindows<TimelineRow>({
        load: ({ list, from, to }, signal) => newest.current.rows({ traceId: list, from, to }, signal),
        changed,
        failed: report,
      }),
    [report],
  );
  rows.renew(traceId, revision, steps);
  return { rows, version };
}
