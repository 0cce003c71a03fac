import type { RefObject } from 'preact';
import { useCallback, useEffect, useMemo, useReducer, useState } from 'preact/hooks';
import type { LookupProgress, TraceHeader } from '../../src/common/protocol/logEngine';
import { Details } from './details';
import { Grid } from './grid';
import { Header } from './header';
import type { HostConnection } from './hostConnection';
import { Legend } from './legend';
import { Progress } from './messages';
import { usePageMemory } from './pageMemory';
import { RowWindows } from './rowWindows';
import { useSelection } from './selection';
import { useFailedStep, useStep } from './stepData';

interface TraceViewProps {
  trace: TraceHeader;
  /** The step that the extension wants selected. */
  asked: string | null;
  progress: LookupProgress | null;
  connect: Connect;
  /** Filled in here: selects a step by its key. */
  select: RefObject<(key: string) => void>;
  report: (error: unknown) => void;
  cancel: () => void;
}

/** One trace, as far as it is known. */
export function TraceView({ trace, asked, progress, connect, select, report, cancel }: TraceViewProps) {
  const { traceId, revision, steps, correlationId } = trace;
  const host = useHostFor(connect, traceId);
  const [version, changed] = useReducer<number, void>(count => count + 1, 0);
  const rows = useMemo(
    () =>
      new RowWindows({ load: (from, to, signal) => host.rows({ traceId, from, to }, signal), changed, failed: report }),
    [host, traceId, report],
  );
  rows.renew(revision, steps);

  const { kept, keep } = usePageMemory(correlationId);
  const [detailsOpen, setDetailsOpen] = useState(kept.details);
  const { index, row, revealed, selectIndex, selectKey } = useSelection({ host, traceId, rows, version });
  const details = useStep(host, traceId, revision, row);
  const failedStep = useFailedStep(host, traceId, revision, trace.failedStep);

  const show = useCallback(
    (key: string) => {
      setDetailsOpen(true);
      selectKey(key);
    },
    [selectKey],
  );
  useEffect(() => {
    select.current = selectKey;
  }, [select, selectKey]);
  useEffect(() => {
    if (asked !== null) selectKey(asked);
  }, [asked, selectKey]);
  useEffect(() => {
    if (asked === null && kept.selected !== null) selectKey(kept.selected, false);
  }, []);
  useEffect(() => {
    if (row !== null) keep({ selected: row.key });
  }, [row, keep]);
  useEffect(() => keep({ details: detailsOpen }), [detailsOpen, keep]);
  const keepScroll = useCallback((scrollTop: number) => keep({ scrollTop }), [keep]);

  const openRow = useCallback(
    (at: number, preview: boolean) => {
      const step = rows.at(at);
      if (step && step.records > 0) void host.openRecord({ traceId, key: step.key, record: 0, preview });
    },
    [host, traceId, rows],
  );
  const toggleDetails = useCallback(() => setDetailsOpen(open => !open), []);

  return (
    <>
      <Header
        trace={trace}
        failedStep={failedStep}
        host={host}
        select={show}
        detailsOpen={detailsOpen}
        toggleDetails={toggleDetails}
      />
      {progress && <Progress progress={progress} cancel={cancel} />}
      <div class="panes">
        <div class="grid-pane">
          {steps === 0 ? (
            <p class="empty">{progress ? 'No steps yet.' : 'No steps could be made of these log lines.'}</p>
          ) : (
            <Grid
              rows={rows}
              version={version}
              count={steps}
              services={trace.services}
              durationMs={trace.durationMs}
              selected={index}
              revealed={revealed}
              initialScroll={kept.scrollTop}
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
            step={details.step}
            rows={rows}
            select={show}
            openRecord={(record, preview) => void host.openRecord({ traceId, key: details.row.key, record, preview })}
            close={toggleDetails}
          />
        )}
      </div>
    </>
  );
}
