import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { TextPlace } from '../../src/common/protocol/logReader';
import type { HostConnection } from './hostConnection';
import type { Sought } from './lineParts';
import { keep, recall } from './pageMemory';
import { type MatchCount, useMatchCount } from './useMatchCount';

/** Nobody looks at what is found for every character. */
const restMs = 150;

export interface Find {
  /** `null` while the widget is closed. */
  text: string | null;
  matchCase: boolean;
  sought: Sought | null;
  /** Bytes that were searched until now, while a search runs. */
  searched: number | null;
  outcome: 'none' | 'found' | 'fromTop' | 'fromEnd' | 'notFound';
  count: MatchCount;
  /** Opens it, with a text to look for or the one before. */
  show(seed: string): void;
  close(): void;
  setText(text: string): void;
  setMatchCase(on: boolean): void;
  next(backwards: boolean): void;
  /** The user went elsewhere: from there on the next match is looked for. */
  startAt(offset: number): void;
  cancel(): void;
}

interface FindParts {
  host: HostConnection;
  /** Where a search begins that has found nothing yet. */
  from(): number;
  /** Beyond the end of the log. */
  end(): number;
  /** How large the log is, as far as that is known. */
  size: number | null;
  found(place: TextPlace): void;
  failed(error: unknown): void;
}

/** Finding a text in the log while it is typed: from the last place on, and at the end from the beginning again. */
export function useFind(parts: FindParts): Find {
  const latest = useRef(parts);
  latest.current = parts;
  const [text, setTextNow] = useState(recall().find);
  const [matchCase, setMatchCaseNow] = useState(recall().matchCase);
  const [current, setCurrent] = useState<TextPlace | null>(null);
  const [searched, setSearched] = useState<number | null>(null);
  const [outcome, setOutcome] = useState<Find['outcome']>('none');
  /** Whether the text is another one than was searched. */
  const [isNew, setNew] = useState(false);
  /** Whether it is known to be there, or to have been. */
  const [isWorthCounting, setWorthCounting] = useState(true);
  const running = useRef<AbortController | null>(null);
  /** Where typing began: with each further letter the search begins there. */
  const origin = useRef<number | null>(null);
  const lastText = useRef('');
  /** A key that was pressed while a search ran: it goes on from what that finds. */
  const pressed = useRef<{ backwards: boolean } | null>(null);

  useEffect(() => keep({ find: text, matchCase }), [text, matchCase]);
  useEffect(() => () => running.current?.abort(), []);
  const sought = useMemo(() => (text ? { text, matchCase, current } : null), [text, matchCase, current]);
  const count = useMatchCount({
    host: parts.host,
    text: (isWorthCounting && text) || null,
    matchCase,
    at: current?.from ?? null,
    size: parts.size,
    failed: parts.failed,
  });

  const cancel = useCallback(() => {
    running.current?.abort();
    running.current = null;
    pressed.current = null;
    setSearched(null);
  }, []);

  const search = async (start: number, backwards: boolean, isTyped = false) => {
    cancel();
    setNew(false);
    if (!text) return;
    const { host, end, found, failed } = latest.current;
    const abort = new AbortController();
    running.current = abort;
    setSearched(0);
    const ask = (at: number, before = 0) =>
      host.findText({ text, matchCase, from: at, backwards }, abort.signal, bytes => setSearched(before + bytes));
    try {
      const first = await ask(start);
      const place = first ?? (await ask(backwards ? end() : 0, backwards ? start : end() - start));
      if (abort.signal.aborted) return;
      const around = backwards ? 'fromEnd' : 'fromTop';
      setOutcome(place === null ? 'notFound' : first ? 'found' : around);
      setCurrent(place);
      setWorthCounting(place !== null);
      if (place && !isTyped) origin.current = place.from;
      if (place) found(place);
      if (place && pressed.current) void search(beyond(place, pressed.current.backwards), pressed.current.backwards);
    } catch (error) {
      if (!abort.signal.aborted) failed(error);
    } finally {
      if (running.current === abort) cancel();
    }
  };
  const searchNow = useRef(search);
  searchNow.current = search;

  useEffect(() => {
    if (!isNew || !text) return;
    const begin = () => void searchNow.current(origin.current ?? latest.current.from(), false, true);
    const timer = setTimeout(begin, restMs);
    return () => clearTimeout(timer);
  }, [isNew, text, matchCase]);

  /** What was found was another text. */
  const renew = () => {
    cancel();
    setOutcome('none');
    setCurrent(null);
    setWorthCounting(false);
  };
  const startAt = useCallback(
    (offset: number) => {
      cancel();
      origin.current = offset;
      setOutcome(last => (last === 'notFound' ? last : 'none'));
      setCurrent(null);
    },
    [cancel],
  );
  return {
    text,
    matchCase,
    sought,
    searched,
    outcome,
    count,
    show: seed => {
      if (text === null) origin.current = latest.current.from();
      if (text !== null && seed === '') return;
      renew();
      setNew(seed !== '');
      setWorthCounting(seed === '');
      setTextNow(seed || lastText.current);
    },
    close: () => {
      renew();
      setNew(false);
      lastText.current = text ?? '';
      setTextNow(null);
    },
    setText: value => {
      renew();
      setNew(true);
      setTextNow(value);
    },
    setMatchCase: on => {
      renew();
      setNew(true);
      setMatchCaseNow(on);
    },
    next: backwards => {
      if (running.current && !isNew) {
        pressed.current = { backwards };
        return;
      }
      void search(current ? beyond(current, backwards) : (origin.current ?? latest.current.from()), backwards);
    },
    startAt,
    cancel,
  };
}

/** Where the search for the next match begins. Matches may overlap. */
const beyond = (place: TextPlace, backwards: boolean): number => place.from + (backwards ? 0 : 1);
