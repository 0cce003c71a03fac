import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { TraceHeader } from '../../src/common/protocol/logEngine';
import { type Arrangement, allShown, isShown, type ShownEntries } from '../../src/common/timeline/arrangement';
import type { HostConnection } from './hostConnection';
import { keep, recall } from './pageMemory';

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
  /** Whether the entries are those of the trace as it is now. */
  current: boolean;
  /** @returns the new entries; `undefined` where another change has overtaken this one */
  change: (next: (now: Arrangement) => Arrangement) => Promise<ShownEntries | null | undefined>;
  /** Opens what hides a row. */
  open: (row: number) => Promise<void>;
}

const showsAll = ({ lens, level, toggled }: Arrangement): boolean => !lens && level === null && toggled.length === 0;

/** What the reader has folded: the extension, which has all rows, makes the list of those that are left. */
export function useFolding({ host, trace, report }: FoldingOptions): Folding {
  const { traceId, revision, correlationId: query } = trace;
  const stamp = `${traceId} ${revision}`;
  const [known, setKnown] = useState<Known | null>(() => {
    const { arrangement } = recall(query);
    return showsAll(arrangement) ? { arrangement, trace: stamp, entries: null } : null;
  });
  /** What was asked for last, whether or not the answer is there. */
  const wanted = useRef(known?.arrangement ?? recall(query).arrangement);

  const arrange = useCallback(
    async (next: Arrangement, show: number | null) => {
      wanted.current = next;
      const answer = showsAll(next) ? null : await host.arrange({ traceId, arrangement: next, show });
      if (wanted.current !== next) return undefined;
      wanted.current = answer?.arrangement ?? next;
      setKnown({ arrangement: wanted.current, trace: stamp, entries: answer });
      keep(query, { arrangement: wanted.current });
      return answer;
    },
    [host, traceId, stamp, query],
  );
  const { arrangement, entries } = known ?? { arrangement: wanted.current, entries: undefined };
  const isCurrent = known?.trace === stamp;
  useEffect(() => {
    if (!isCurrent) arrange(wanted.current, null).catch(report);
  }, [isCurrent, arrange, report]);

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
      if (!showsAll(wanted.current) && !(entries && isShown(entries, row))) await arrange({ ...wanted.current }, row);
    },
    [arrange, entries],
  );
  return { arrangement, entries, current: isCurrent, change, open };
}

/** All that hang below another are hidden, those of the deepest level that is shown, or none. */
export const levelChanges = {
  collapseAll: () => foldedFrom(0),
  collapse: (levels: number) => (now: Arrangement) =>
    foldedFrom(Math.max(0, Math.min(now.level ?? levels, levels) - 1))(now),
  expand: (levels: number) => (now: Arrangement) =>
    foldedFrom(now.level === null || now.level + 1 >= levels ? null : now.level + 1)(now),
  expandAll: () => foldedFrom(null),
};

const foldedFrom =
  (level: number | null) =>
  (now: Arrangement): Arrangement => ({ ...allShown, lens: now.lens, level });

/** Turns one row, or one run of plumbing, the other way round. */
export const toggled =
  (kind: 'row' | 'run', key: string) =>
  (now: Arrangement): Arrangement => {
    const field = kind === 'run' ? 'openRuns' : 'toggled';
    const others = now[field].filter(other => other !== key);
    return { ...now, [field]: others.length < now[field].length ? others : [...others, key] };
  };
