import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { TextPlace } from '../../src/common/protocol/logReader';
import type { HostConnection } from './hostConnection';
import type { Sought } from './lineParts';
import { keep, recall } from './pageMemory';

export interface Find {
  /** `null` while the widget is closed. */
  text: string | null;
  matchCase: boolean;
  sought: Sought | null;
  /** Bytes that were searched until now, while a search runs. */
  searched: number | null;
  outcome: 'none' | 'found' | 'fromTop' | 'fromEnd' | 'notFound';
  show(): void;
  close(): void;
  setText(text: string): void;
  setMatchCase(on: boolean): void;
  next(backwards: boolean): void;
  cancel(): void;
}

interface FindParts {
  host: HostConnection;
  /** Where a search begins that has found nothing yet. */
  from(): number;
  /** Beyond the end of the log. */
  end(): number;
  found(place: TextPlace): void;
  failed(error: unknown): void;
}

/** Finding a text in the log: from the last place on, and at the end from the beginning again. */
export function useFind(parts: FindParts): Find {
  const latest = useRef(parts);
  latest.current = parts;
  const [text, setTextNow] = useState(recall().find);
  const [matchCase, setMatchCaseNow] = useState(recall().matchCase);
  const [current, setCurrent] = useState<TextPlace | null>(null);
  const [searched, setSearched] = useState<number | null>(null);
  const [outcome, setOutcome] = useState<Find['outcome']>('none');
  const running = useRef<AbortController | null>(null);

  useEffect(() => keep({ find: text, matchCase }), [text, matchCase]);
  useEffect(() => () => running.current?.abort(), []);
  const sought = useMemo(() => (text ? { text, matchCase, current } : null), [text, matchCase, current]);

  const cancel = useCallback(() => {
    running.current?.abort();
    running.current = null;
    setSearched(null);
  }, []);

  const next = async (backwards: boolean) => {
    cancel();
    if (!text) return;
    const { host, from, end, found, failed } = latest.current;
    const abort = new AbortController();
    running.current = abort;
    setSearched(0);
    const start = current ? current.from + (backwards ? 0 : 1) : from();
    const ask = (at: number, before = 0) =>
      host.findText({ text, matchCase, from: at, backwards }, abort.signal, bytes => setSearched(before + bytes));
    try {
      const first = await ask(start);
      const place = first ?? (await ask(backwards ? end() : 0, backwards ? start : end() - start));
      if (abort.signal.aborted) return;
      const around = backwards ? 'fromEnd' : 'fromTop';
      setOutcome(place === null ? 'notFound' : first ? 'found' : around);
      setCurrent(place);
      if (place) found(place);
    } catch (error) {
      if (!abort.signal.aborted) failed(error);
    } finally {
      if (running.current === abort) cancel();
    }
  };

  /** What was found was another text. */
  const renew = () => {
    cancel();
    setOutcome('none');
    setCurrent(null);
  };
  return {
    text,
    matchCase,
    sought,
    searched,
    outcome,
    show: () => setTextNow(last => last ?? ''),
    close: () => {
      renew();
      setTextNow(null);
    },
    setText: value => {
      renew();
      setTextNow(value);
    },
    setMatchCase: on => {
      renew();
      setMatchCaseNow(on);
    },
    next: backwards => void next(backwards),
    cancel,
  };
}
