import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { TraceHeader } from '../../../src/common/protocol/logEngine';
import { type Arrangement, allShown, isShown, type ShownEntries } from '../../../src/common/timeline/arrangement';
import type { TimelineRow } from '../../../src/common/timeline/timelineRow';
import type { HostConnection } from '../hostConnection';
import { keep, recall } from '../pageMemory';

interface FoldingOptions {
  host: HostConnection;
  trace: TraceHeader;
  report: (error: unknown) => void;
}

interface Known {
  /** What the entries are of. */
  arrangement: Arrangement;
  trace: string;
  /** `null`: all rows are shown. */
  entries: ShownEntries | null;
}

export interface Folding {
  arrangement: Arrangement;
  /** The list of what is shown, `null`: all; `undefined` until it is known for the first time. */
  entries: ShownEntries | null | undefined;
  /** The state of the trace that the entries are of. */
  of: string;
  /** Whether the entries are those of the trace as it is now. */
  current: boolean;
  /** @returns the new entries; `undefined` where another change has overtaken this one */
  change: (next: (now: Arrangement) => Arrangement) => Promise<ShownEntries | null | undefined>;
  /** Opens what hides a row. */
  open: (row: number) => Promise<void>;
}

const showsAll = ({ lens, level, closed }: Arrangement, { plumbing }: TraceHeader): boolean =>
  !(lens && plumbing > 0) && level === null && closed.length === 0;

/** What the reader has folded: the extension, which has all rows, makes the list of those that are left. */
export function useFolding({ host, trace, report }: FoldingOptions): Folding {
  const { traceId, revision, correlationId: query } = trace;
  const stamp = `${traceId} ${revision}`;
  const [known, setKnown] = useState<Known | null>(() => {
    const { arrangement } = recall(query);
    return showsAll(arrangement, trace) ? { arrangement, trace: stamp, entries: null } : null;
  });
  /** What was asked for last, whether or not the answer is there. */
  const wanted = useRef(known?.arrangement ?? recall(query).arrangement);
  const asked = useRef(0);
  const isAll = useRef((arrangement: Arrangement) => showsAll(arrangement, trace));
  isAll.current = arrangement => showsAll(arrangement, trace);

  const arrange = useCallback(
    async (next: Arrangement, show: number | null) => {
      wanted.current = next;
      asked.current++;
      const mine = asked.current;
      const answer = isAll.current(next) ? null : await host.arrange({ traceId, arrangement: next, show });
      if (asked.current !== mine) return undefined;
      wanted.current = answer?.arrangement ?? next;
      setKnown({ arrangement: wanted.current, trace: stamp, entries: answer });
      keep(query, { arrangement: wanted.current });
      return answer;
    },
    [host, traceId, stamp, query],
  );
  const newest = useRef(arrange);
  newest.current = arrange;
  const { arrangement, entries } = known ?? { arrangement: wanted.current, entries: undefined };
  const of = known?.entries ? known.trace : stamp;
  const isCurrent =
    known !== null && (known.trace === stamp || (known.entries === null && showsAll(known.arrangement, trace)));
  // Also where a change was answered for a trace that has grown meanwhile.
  useEffect(() => {
    if (!isCurrent) arrange(wanted.current, null).catch(report);
  }, [isCurrent, known, arrange, report]);

  const change = useCallback<Folding['change']>(
    next =>
      arrange(next(wanted.current), null).catch(error => {
        report(error);
        return undefined;
      }),
    [arrange, report],
  );
  const open = useCallback(
    async (row: number) => {
      if (isAll.current(wanted.current) || (entries && isShown(entries, row))) return;
      // What overtakes it leaves it undone: it is asked for once more.
      const answer = await newest.current({ ...wanted.current }, row);
      if (answer === undefined) await newest.current({ ...wanted.current }, row);
    },
    [entries],
  );
  return { arrangement, entries, of, current: isCurrent, change, open };
}

/** What is closed by hand stays closed while levels are closed, and what is opened stays open. */
export const levelChanges = {
  collapseAll: (now: Arrangement): Arrangement => ({ ...allShown, lens: now.lens, level: 0 }),
  expandAll: (now: Arrangement): Arrangement => ({ ...allShown, lens: now.lens }),
  collapse:
    (levels: number) =>
    (now: Arrangement): Arrangement => {
      const level = Math.max(0, Math.min(now.level ?? levels, levels) - 1);
      return { ...now, level, opened: [] };
    },
  expand:
    (levels: number) =>
    (now: Arrangement): Arrangement => {
      const level = now.level === null || now.level + 1 >= levels ? null : now.level + 1;
      return { ...now, level, closed: [] };
    },
};

/** Opens or closes what a row stands for. */
export const turned =
  ({ key, fold }: TimelineRow) =>
  (now: Arrangement): Arrangement => {
    const without = (keys: readonly string[]) => keys.filter(other => other !== key);
    const isOpen = fold?.open ?? true;
    if (fold?.kind === 'run')
      return { ...now, openRuns: isOpen ? without(now.openRuns) : [...without(now.openRuns), key] };
    const [closed, opened] = [without(now.closed), without(now.opened)];
    return isOpen ? { ...now, closed: [...closed, key], opened } : { ...now, closed, opened: [...opened, key] };
  };
