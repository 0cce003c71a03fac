import { useEffect, useRef, useState } from 'preact/hooks';
import type { StepDocument } from '../../../src/common/protocol/documents';
import type { TraceHeader } from '../../../src/common/protocol/logEngine';
import type { StepLinks } from '../../../src/common/timeline/stepLinks';
import type { TimelineRow } from '../../../src/common/timeline/timelineRow';
import type { HostConnection } from '../hostConnection';

/** While a key is held down, nobody reads the details of every step that goes by. */
const restMs = 40;
/** How long the details of the step before may stand, so that they do not flicker. */
const patienceMs = 200;

export interface LoadedStep {
  row: TimelineRow;
  /** `null` until it has come. */
  step: StepDocument | null;
  /** What comes before and after it; with the step. */
  links: StepLinks;
}

const noLinks: StepLinks = { previous: [], next: [], nextCount: 0 };

/** A row with all that is known of its step. */
export function useStep(
  host: HostConnection,
  { traceId, revision }: TraceHeader,
  row: TimelineRow | null,
): LoadedStep | null {
  const [loaded, setLoaded] = useState<LoadedStep | null>(null);
  const isSame = row !== null && loaded?.row.key === row.key;
  // Only of another step the details may rest: those of one that is shown are renewed with all else.
  const rest = useRef(restMs);
  rest.current = isSame ? 0 : restMs;
  useEffect(() => {
    if (row === null) return setLoaded(null);
    const abort = new AbortController();
    const load = async () => {
      const request = { traceId, key: row.key };
      try {
        // A trace that is still read may lose a step: one that only seemed to be missing turns out to be another.
        if ((await host.locate(request, abort.signal)) === null) return;
        const [step, links] = await Promise.all([host.step(request, abort.signal), host.links(request, abort.signal)]);
        setLoaded({ row, step, links });
      } catch (error) {
        if (!abort.signal.aborted) throw error;
      }
    };
    const resting = setTimeout(() => void load(), rest.current);
    const patience = setTimeout(
      () => setLoaded(last => (last?.row.key === row.key ? last : { row, step: null, links: noLinks })),
      patienceMs,
    );
    return () => {
      clearTimeout(resting);
      clearTimeout(patience);
      abort.abort();
    };
  }, [host, traceId, revision, row]);
  // What a row says of its step is known at once, as in the list.
  return loaded && isSame ? { ...loaded, row } : loaded;
}

/** The row of a step that the header names, wherever in the trace it is. */
export function useNamedStep(
  host: HostConnection,
  { traceId, revision }: TraceHeader,
  key: string | null,
): TimelineRow | null {
  const [row, setRow] = useState<TimelineRow | null>(null);
  useEffect(() => {
    let current = true;
    const find = async () => {
      const from = key === null ? null : await host.locate({ traceId, key });
      const rows = from === null ? [] : await host.rows({ traceId, from, to: from + 1 });
      if (current) setRow(rows[0] ?? null);
    };
    void find();
    return () => {
      current = false;
    };
  }, [host, traceId, revision, key]);
  return row;
}
