import { useEffect, useState } from 'preact/hooks';
import type { TraceHeader } from '../../../src/common/protocol/logEngine';
import type { TimelineOverview } from '../../../src/common/timeline/overview';
import type { HostConnection } from '../hostConnection';

/** More than a pixel of most windows needs, and a message of a few kilobytes whatever the trace's size. */
const columns = 1500;

/** What has come, and how much of the trace's time it is of. */
export interface CameOverview extends TimelineOverview {
  wholeMs: number;
}

/** The newest overview that has come; one of an older revision, or of the other axis, stands in until then. */
export function useOverview(host: HostConnection, { traceId, revision, durationMs }: TraceHeader, compress: boolean) {
  const [overview, setOverview] = useState<CameOverview | null>(null);
  useEffect(() => {
    if (durationMs === null || durationMs === 0) return;
    let current = true;
    // One that fails belongs to a trace that is no longer there: its rows say so.
    host.overview({ traceId, columns, compress }).then(
      answer => current && setOverview({ ...answer, wholeMs: durationMs }),
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [host, traceId, revision, durationMs, compress]);
  return overview;
}
