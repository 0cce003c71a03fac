import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { CountedLines } from '../../src/common/protocol/logReader';
import type { HostConnection } from './hostConnection';

export interface LineCount {
  counted: CountedLines | null;
  isCounting: boolean;
  /** Where a line begins; `null` where there is no such line, or somebody wants something else by now. */
  offsetOf(line: number): Promise<number | null>;
  cancel(): void;
}

/** Counts the lines of the log in the background, as long as somebody misses their numbers. */
export function useLineCount(host: HostConnection, isMissed: boolean, failed: (error: unknown) => void): LineCount {
  const [counted, setCounted] = useState<CountedLines | null>(null);
  const [isCounting, setCounting] = useState(false);
  const [isStopped, setStopped] = useState(false);
  const running = useRef<AbortController | null>(null);

  const count = useCallback(
    async (toLine: number | null): Promise<number | null> => {
      running.current?.abort();
      const abort = new AbortController();
      running.current = abort;
      setCounting(true);
      try {
        const answer = await host.countLines({ toLine }, abort.signal, setCounted);
        setCounted(answer);
        return answer.offset;
      } catch (error) {
        if (!abort.signal.aborted) failed(error);
        return null;
      } finally {
        if (running.current === abort) {
          running.current = null;
          setCounting(false);
        }
      }
    },
    [host, failed],
  );

  const wanted = isMissed && !isStopped && !isCounting && !counted?.isAll;
  useEffect(() => {
    if (wanted) void count(null);
  }, [wanted, count]);
  useEffect(() => () => running.current?.abort(), []);

  const cancel = useCallback(() => {
    setStopped(true);
    running.current?.abort();
  }, []);
  return { counted, isCounting, offsetOf: count, cancel };
}
