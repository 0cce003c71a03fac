import type { RefObject } from 'preact';
import { useCallback, useEffect, useLayoutEffect, useMemo, useReducer, useRef, useState } from 'preact/hooks';
import type { LookupProgress, TraceHeader } from '../../src/common/protocol/logEngine';
import type { TimelineRow } from '../../src/common/timeline/timelineRow';
import { formatCount } from '../page/format';
import { focusActiveRow } from '../page/rowFocus';
import { RowWindows } from '../page/rowWindows';
import { AllRecords } from './allRecords';
import { useClock, Zone } from './clockTime';
import { Details } from './details';
import { useFind } from './find';
import { FindWidget } from './findWidget';
import { Header } from './header';
import type { Connect, HostConnection } from './hostConnection';
import { Legend } from './legend';
import { keep, recall } from './pageMemory';
import type { Phase } from './phase';
import { placeOf } from './places';
import { SearchProgress } from './searchProgress';
import { useSelection } from './selection';
import { useShownRows } from './shownRows';
import { SidePane, type Tab } from './sidePane';
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
  const { index, row, revealed, selectIndex, selectKey, goTo } = useSelection({ host, trace, asked, rows, version });
  const find = useFind({ host, trace, index, goTo, report });
  const hits = find.found?.hits;
  const shown = useShownRows({ host, trace, rows, version, kept: find.kept, index, report });
  const { rowAt } = shown;
  const selectPlace = useCallback((place: number) => selectIndex(rowAt(place)), [selectIndex, rowAt]);
  const details = useStep(host, trace, row);
  const complete = phase === 'complete';
  const clock = useClock(trace);

  const [detailsOpen, setDetailsOpen] = useState(recall(query).details);
  const [tab, setTab] = useState<Tab>(recall(query).tab);
  const toggleDetails = useCallback(() => setDetailsOpen(open => !open), []);
  const closeDetails = useCallback(() => {
    setDetailsOpen(false);
    focusActiveRow();
  }, []);
  useEffect(() => keep(query, { details: detailsOpen, tab }), [query, detailsOpen, tab]);
  const keepScroll = useCallback((scrollTop: number) => keep(query, { scrollTop }), [query]);

  const show = useCallback(
    (key: string) => {
      setDetailsOpen(true);
      setTab('step');
      void selectKey(key);
    },
    [selectKey],
  );
  useLayoutEffect(() => {
    select.current = key => void selectKey(key);
  }, [select, selectKey]);

  const openRow = useCallback(
    (at: number, preview: boolean) => {
      const step = shown.rows.at(at);
      if (step && step.records > 0) {
        void host.openRecord({ traceId, key: step.key, record: step.firstRecord, preview });
      }
    },
    [host, traceId, shown.rows],
  );

  return (
    <Zone.Provider value={clock.zoneMinutes}>
      <Header
        trace={trace}
        phase={phase}
        live={live}
        host={host}
        select={show}
        detailsOpen={detailsOpen}
        toggleDetails={toggleDetails}
        findOpen={find.open}
        toggleFind={find.toggle}
      />
      {progress && <SearchProgress progress={progress} cancel={() => void host.cancel()} />}
      <div class="panes">
        <div class="grid-pane">
          {find.open && <FindWidget find={find} />}
          <p class={find.missing === null ? 'spoken' : 'find-hint'} role="status">
            {find.missing}
          </p>
          {steps === 0 ? (
            <p class="empty">{phase === 'reading' ? 'No steps yet.' : 'No steps could be made of these log lines.'}</p>
          ) : (
            <TimePane
              trace={trace}
              host={host}
              clock={clock}
              goTo={goTo}
              rows={shown.rows}
              version={shown.version}
              count={shown.count}
              isHit={place => hits !== undefined && placeOf(hits, rowAt(place)) !== null}
              complete={complete}
              selected={shown.selected}
              revealed={revealed}
              initialScroll={recall(query).scrollTop}
              onSelect={selectPlace}
              onOpen={openRow}
              onToggleDetails={toggleDetails}
              onScroll={keepScroll}
            />
          )}
          {steps > 0 && trace.durationMs !== null && <Legend />}
        </div>
        {detailsOpen && (details || tab === 'records') && (
          <SidePane
            tab={tab}
            labels={{ step: 'Details', records: `All Records (${formatCount(trace.records)})` }}
            choose={setTab}
            close={closeDetails}
          >
            {tab === 'records' ? (
              <AllRecords host={host} trace={trace} step={row?.key ?? null} selectStep={goTo} report={report} />
            ) : (
              details && (
                <Details
                  row={details.row}
                  complete={complete}
                  step={details.step}
                  rows={rows}
                  select={show}
                  openRecord={(record, preview) =>
                    void host.openRecord({ traceId, key: details.row.key, record, preview })
                  }
                />
              )
            )}
          </SidePane>
        )}
      </div>
    </Zone.Provider>
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
