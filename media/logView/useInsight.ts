import { useEffect, useState } from 'preact/hooks';
import type { ShownLine } from '../../src/common/protocol/logReader';
import type { LineInsight } from '../../src/common/protocol/logViewProtocol';
import type { HostConnection } from './hostConnection';

/** What is known of a line; `null` until it has come, and where nothing is. */
export function useInsight(host: HostConnection, line: ShownLine | null): LineInsight | null {
  const [known, setKnown] = useState<{ from: number; insight: LineInsight } | null>(null);
  const from = line?.from ?? null;
  useEffect(() => {
    if (line === null || line.continues) return;
    const abort = new AbortController();
    const tell = (insight: LineInsight) => !abort.signal.aborted && setKnown({ from: line.from, insight });
    // A line of no record has nothing to say.
    host.insight({ offset: line.from, line: line.line }, abort.signal, tell).then(tell, () => {});
    return () => abort.abort();
  }, [host, from]);
  return known !== null && known.from === from ? known.insight : null;
}
