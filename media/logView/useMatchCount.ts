import { useEffect, useState } from 'preact/hooks';
import type { CountedMatches } from '../../src/common/protocol/logReader';
import type { HostConnection } from './hostConnection';

export interface MatchCount {
  /** `null` where nothing is known yet. */
  counted: CountedMatches | null;
  /** Matches before the current one; `null` where it is not counted up to there. */
  before: number | null;
}

interface MatchCountParts {
  host: HostConnection;
  /** `null`: nothing is to be counted. */
  text: string | null;
  matchCase: boolean;
  /** Where the current match begins. */
  at: number | null;
  /** How large the log is, as far as that is known: a log that has grown is counted on. */
  size: number | null;
  failed: (error: unknown) => void;
}

/** Counts what is found, in the background, as long as somebody looks for it. */
export function useMatchCount({ host, text, matchCase, at, size, failed }: MatchCountParts): MatchCount {
  const [counted, setCounted] = useState<CountedMatches | null>(null);
  const [place, setPlace] = useState<{ at: number; before: number } | null>(null);

  useEffect(() => {
    setCounted(null);
    setPlace(null);
  }, [text, matchCase]);

  useEffect(() => {
    if (text === null) return;
    const abort = new AbortController();
    const take = (now: CountedMatches) => !abort.signal.aborted && setCounted(now);
    host.countMatches({ text, matchCase }, abort.signal, take).then(take, error => {
      if (!abort.signal.aborted) failed(error);
    });
    return () => abort.abort();
  }, [host, text, matchCase, size, failed]);

  const isReached = at !== null && counted !== null && at < counted.bytes;
  useEffect(() => {
    if (text === null || !isReached) return;
    const abort = new AbortController();
    host.matchesBefore({ text, matchCase, at }, abort.signal).then(
      before => !abort.signal.aborted && setPlace(before === null ? null : { at, before }),
      error => {
        if (!abort.signal.aborted) failed(error);
      },
    );
    return () => abort.abort();
  }, [host, text, matchCase, at, isReached, failed]);

  return { counted, before: place !== null && place.at === at ? place.before : null };
}
