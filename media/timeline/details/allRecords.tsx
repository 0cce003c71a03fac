import { useCallback, useEffect, useLayoutEffect, useMemo, useReducer, useRef, useState } from 'preact/hooks';
import type { TraceHeader } from '../../../src/common/protocol/logEngine';
import type { RecordRow } from '../../../src/common/timeline/recordRow';
import { sharedStart } from '../../../src/common/timeline/sharedStart';
import { counted } from '../../page/format';
import { RowWindows } from '../../page/rowWindows';
import { useWidth } from '../../page/viewport';
import { VirtualGrid } from '../../page/virtualGrid';
import type { HostConnection } from '../hostConnection';
import { keep, recall } from '../pageMemory';
import { serviceNeed } from '../rows/columnNeeds';
import { RecordHead, RecordLine, recordColumns } from './recordLine';

interface AllRecordsProps {
  host: HostConnection;
  trace: TraceHeader;
  /** Key of the selected step. */
  step: string | null;
  /** Selects the step in a row of the timeline. */
  selectStep: (row: number) => void;
  report: (error: unknown) => void;
}

interface Selected {
  index: number;
  /** `null` until the record has come. What is selected is the record; its index changes as a trace grows. */
  record: { id: string; key: string | null } | null;
}

/** From this width in pixels on a record has one line; below it two. */
const oneLineFrom = 720;

/** All log records of the trace in time order, of all steps and of none. */
export function AllRecords({ host, trace, step, selectStep, report }: AllRecordsProps) {
  const { traceId, revision, records: count, correlationId: query } = trace;
  const pane = useRef<HTMLDivElement>(null);
  const width = useWidth(pane, true);
  const wide = width >= oneLineFrom;
  const { rows, version } = useRecords(host, trace, report);
  const ofService = useMemo(() => serviceNeed(trace.services), [trace.services]);
  const [selected, setSelected] = useState<Selected | null>(null);
  const [revealed, reveal] = useReducer<number, void>(count => count + 1, 0);

  // Another step was selected: its first record follows. The one at hand stays if it is the step's own, and as the trace
  // grows.
  const followed = useRef<string | null>(null);
  const remembered = useRef(recall(query).record);
  useEffect(() => {
    if (step === null || selected?.record?.key === step || (selected !== null && followed.current === step)) return;
    const life = new AbortController();
    const follow = async () => {
      const { current: memory } = remembered;
      remembered.current = null;
      if (memory?.step === step) {
        const index = await host.recordAt({ traceId, id: memory.id }, life.signal);
        followed.current = step;
        if (index !== null) return setSelected({ index, record: { id: memory.id, key: step } });
      }
      const index = await host.recordOf({ traceId, key: step }, life.signal);
      followed.current = step;
      if (index === null) return setSelected(null);
      setSelected({ index, record: null });
      reveal();
    };
    follow().catch(report);
    return () => life.abort();
  }, [host, traceId, revision, step]);

  // Rows of another height: the selected one may have gone out of view.
  useEffect(() => reveal(), [wide]);

  const select = useCallback(
    (index: number) => {
      const record = rows.at(index) ?? null;
      setSelected({ index, record });
      if (record && record.row !== null) selectStep(record.row);
    },
    [rows, selectStep],
  );
  // A key may lead further than records have come, and others may have come before the one at hand.
  useLayoutEffect(() => {
    const now = selected && rows.at(selected.index);
    if (!now || now === selected.record) return;
    const { index, record } = selected;
    if (record === null) return select(index);
    if (record.id === now.id) return setSelected({ index, record: now });
    const moved = (to: number | null) => setSelected(to === null ? null : { index: to, record });
    const to = rows.indexOf(({ id }) => id === record.id);
    if (to !== null) return moved(to);
    const life = new AbortController();
    host.recordAt({ traceId, id: record.id }, life.signal).then(moved).catch(report);
    return () => life.abort();
  }, [rows, version, selected, select, host, traceId, report]);
  const anchoring = useMemo(
    () => ({
      list: rows,
      of: traceId,
      rowAt: (at: number) => at,
      placeOf: (row: number) => row,
      keyAt: (at: number) => rows.at(at)?.id,
      indexOf: (id: string) => rows.indexOf(row => row.id === id),
      locate: (id: string) => host.recordAt({ traceId, id }),
    }),
    [rows, host, traceId],
  );
  const { record } = selected ?? {};
  useEffect(() => {
    if (record && step !== null) keep(query, { record: { id: record.id, step } });
  }, [query, record, step]);
  const keepScroll = useCallback((recordsTop: number) => keep(query, { recordsTop }), [query]);
  const open = useCallback(
    (index: number, preview: boolean) => void host.openLine({ traceId, index, preview }),
    [host, traceId],
  );
  return (
    <div class={wide ? 'all-records' : 'all-records lines'} ref={pane}>
      {width > 0 && (
        <VirtualGrid
          role="grid"
          label={`All records, ${counted(count, 'log line')}`}
          class="records-grid"
          columns={recordColumns.length}
          needs={{ '--service-need': ofService }}
          count={count}
          rowHeight={wide ? 22 : 42}
          headHeight={wide ? 24 : 4}
          head={() => (wide ? <RecordHead /> : <div class="lines-top" role="presentation" />)}
          selected={selected?.index ?? null}
          revealed={revealed}
          initialScroll={recall(query).recordsTop}
          anchoring={anchoring}
          row={(index, place) => (
            <RecordLine
              {...place}
              key={place.slot}
              record={rows.at(index)}
              shared={sharedWithNeighbours(rows, index)}
              index={index}
              count={count}
            />
          )}
          want={ranges => rows.want(ranges)}
          onSelect={select}
          onOpen={open}
          onScroll={keepScroll}
        />
      )}
    </div>
  );
}

function sharedWithNeighbours(rows: RowWindows<RecordRow>, index: number): number {
  const message = (at: number) => rows.at(at)?.message;
  return sharedStart(message(index) ?? '', message(index - 1), message(index + 1));
}

function useRecords(host: HostConnection, trace: TraceHeader, report: (error: unknown) => void) {
  const [version, changed] = useReducer<number, void>(count => count + 1, 0);
  const newest = useRef(host);
  newest.current = host;
  const rows = useMemo(
    () =>
      new RowWindows<RecordRow>({
        load: ({ list, from, to }, signal) => newest.current.recordRows({ traceId: list, from, to }, signal),
        changed,
        failed: report,
      }),
    [report],
  );
  rows.renew(trace.traceId, trace.revision, trace.records);
  return { rows, version };
}
