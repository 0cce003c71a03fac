import { useCallback, useEffect, useLayoutEffect, useMemo, useReducer, useRef, useState } from 'preact/hooks';
import type { LookupProgress, TraceHeader } from '../../src/common/protocol/logEngine';
import { matcherOf } from '../../src/common/query/textPieces';
import { entryKinds } from '../../src/common/timeline/arrangement';
import type { TimelineRow } from '../../src/common/timeline/timelineRow';
import { formatCount } from '../page/format';
import { focusActiveRow } from '../page/rowFocus';
import { RowWindows } from '../page/rowWindows';
import { AllRecords } from './details/allRecords';
import { Details } from './details/details';
import { RunDetails } from './details/runDetails';
import { SidePane, type Tab } from './details/sidePane';
import { useStep } from './details/stepData';
import { useFind } from './find/find';
import { FindWidget } from './find/findWidget';
import { useFoldCommands } from './fold/foldCommands';
import { useFolding } from './fold/folding';
import { Header } from './header/header';
import type { Connect, HostConnection } from './hostConnection';
import { keep, recall } from './pageMemory';
import type { Phase } from './phase';
import { holdsAny } from './rows/places';
import { useSelection } from './rows/selection';
import { useShownRows } from './rows/shownRows';
import { SearchProgress } from './searchProgress';
import { useClock, Zone } from './time/clockTime';
import { TimePane } from './time/timePane';

/** How the extension gets at the selection. */
export interface Remote {
  select: (key: string) => void;
  /** Key of the selected step. */
  selected: () => string | null;
}

interface TraceViewProps {
  trace: TraceHeader;
  /** The step that the extension wants selected. */
  asked: string | null;
  progress: LookupProgress | null;
  phase: Phase;
  live: boolean | undefined;
  connect: Connect;
  /** Filled in here. */
  remote: Remote;
  report: (error: unknown) => void;
}

/** One correlation's trace, as far as it is known. While it is read, one `traceId` after another may stand for it. */
export function TraceView({ trace, asked, progress, phase, live, connect, remote, report }: TraceViewProps) {
  const { traceId, steps, correlationId: query } = trace;
  const host = useHostFor(connect, traceId);
  const { rows, version } = useRows(host, trace, report);
  const folding = useFolding({ host, trace, report });
  const {
    selected,
    row,
    revealed,
    select: selectStep,
    selectKey,
    goTo,
    point,
  } = useSelection({
    host,
    trace,
    asked,
    rows,
    version,
    report,
    open: folding.open,
  });
  const showLine = useCallback(
    async (index: number) => {
      const [step] = await host.rows({ traceId, from: index, to: index + 1 });
      if (step) openLine(host, traceId, step, true);
    },
    [host, traceId],
  );
  const find = useFind({ host, trace, index: selected?.index ?? null, goTo, showLine, report });
  const hits = find.found?.hits;
  const wanted = find.found?.wanted;
  const matcher = useMemo(() => (wanted ? matcherOf(wanted) : null), [wanted]);
  const shown = useShownRows({ host, trace, rows, version, kept: find.kept, folding, selected, report });
  const { stepAt, rangeAt } = shown;
  const { commands, foldRow } = useFoldCommands({
    host,
    trace,
    folding,
    enabled: find.kept === null && steps > 0,
    selected,
    select: selectStep,
    report,
  });
  const selectPlace = useCallback((place: number) => selectStep(stepAt(place)), [selectStep, stepAt]);
  const details = useStep(host, trace, row);
  const run = selected?.run && shown.selected !== null ? shown.rows.at(shown.selected) : undefined;
  const complete = phase === 'complete';
  const clock = useClock(trace);

  const [detailsOpen, setDetailsOpen] = useState(recall(query).details);
  const [tab, setTab] = useState<Tab>(recall(query).tab);
  /** Without a step there is nothing to show. */
  const detailsShown = detailsOpen && (row !== null || tab === 'records');
  const noneSelected = row === null;
  const toggleDetails = useCallback(() => {
    if (noneSelected) void goTo(0);
    setDetailsOpen(!detailsShown);
  }, [noneSelected, detailsShown, goTo]);
  const selectedKey = useCallback(() => remote.selected(), [remote]);
  const closeDetails = useCallback(() => {
    setDetailsOpen(false);
    focusActiveRow();
  }, []);
  const [paneSizes, resize] = useState(recall(query).paneSizes);
  useEffect(() => keep(query, { details: detailsOpen, tab, paneSizes }), [query, detailsOpen, tab, paneSizes]);
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
    remote.select = key => void selectKey(key);
    remote.selected = () => row?.key ?? null;
  }, [remote, selectKey, row]);

  const { rows: list, placeOf } = shown;
  const { of } = folding;
  const anchoring = useMemo(
    () => ({
      list,
      of,
      keyAt: (place: number) => list.at(place)?.key,
      rowAt: (place: number) => stepAt(place).index,
      placeOf,
      indexOf: (key: string) => (list === rows ? rows.indexOf(row => row.key === key) : null),
      locate: async (key: string) => {
        const row = await host.locate({ traceId, key });
        return row === null ? null : placeOf(row);
      },
    }),
    [list, of, rows, stepAt, placeOf, host, traceId],
  );

  const openRow = useCallback(
    (at: number, preview: boolean) => {
      const step = shown.rows.at(at);
      if (step?.fold?.kind === 'run') {
        // The second click of two would close what the first one has opened.
        if (preview) foldRow?.(step);
      } else if (step) openLine(host, traceId, step, preview);
    },
    [host, traceId, shown.rows, foldRow],
  );

  return (
    <Zone.Provider value={clock.zoneMinutes}>
      <Header
        trace={trace}
        phase={phase}
        live={live}
        host={host}
        select={show}
        selected={selectedKey}
        detailsOpen={detailsShown}
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
          ) : folding.entries === undefined ? null : (
            <TimePane
              trace={trace}
              host={host}
              clock={clock}
              growth={phase === 'reading' ? 'read' : live ? 'followed' : 'none'}
              goTo={goTo}
              rows={shown.rows}
              version={shown.version}
              count={shown.count}
              steps={steps}
              matcher={matcher}
              isHit={place => hits !== undefined && holdsAny(hits, rangeAt(place))}
              placeOf={shown.placeOf}
              isInRun={place => shown.kindAt(place) === entryKinds.inRun}
              fold={foldRow && commands}
              folds={shown.folds}
              onFold={foldRow}
              complete={complete}
              selected={shown.selected}
              revealed={revealed}
              initialScroll={recall(query).scrollTop}
              anchoring={anchoring}
              onSelect={selectPlace}
              onOpen={openRow}
              onToggleDetails={toggleDetails}
              onScroll={keepScroll}
            />
          )}
        </div>
        {detailsOpen && (details || tab === 'records') && (
          <SidePane
            tab={tab}
            labels={{ step: 'Details', records: `All Records (${formatCount(trace.records)})` }}
            choose={setTab}
            close={closeDetails}
            sizes={paneSizes}
            resize={resize}
          >
            {tab === 'records' ? (
              <AllRecords host={host} trace={trace} step={row?.key ?? null} selectStep={point} report={report} />
            ) : run?.fold && foldRow ? (
              <RunDetails row={run} fold={run.fold} onFold={foldRow} />
            ) : (
              details && (
                <Details
                  {...details}
                  trace={trace}
                  complete={complete}
                  host={host}
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

/** Shows the log line of a step that a click on it leads to, in its file. */
function openLine(host: HostConnection, traceId: string, step: TimelineRow, preview: boolean): void {
  if (step.records > 0) void host.openRecord({ traceId, key: step.key, record: step.shownRecord, preview });
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
