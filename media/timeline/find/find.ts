import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { TraceHeader } from '../../../src/common/protocol/logEngine';
import type { FoundSteps } from '../../../src/common/query/findSteps';
import type { Landmark } from '../../../src/common/timeline/nextRow';
import { focusActiveRow } from '../../page/rowFocus';
import type { HostConnection } from '../hostConnection';
import { keep, recall } from '../pageMemory';
import { countBefore, neighbour, type Places, placeOf } from '../rows/places';
import { useFindKeys } from './findKeys';

/** Nobody looks at what is found for every character. */
const restMs = 150;

interface FindOptions {
  host: HostConnection;
  trace: TraceHeader;
  /** The selected row. */
  index: number | null;
  /** Selects a row and scrolls to it. */
  goTo: (index: number) => Promise<void>;
  /** Shows the log line that a click on a row does. */
  showLine: (index: number) => Promise<void>;
  report: (error: unknown) => void;
}

export interface Find {
  open: boolean;
  text: string;
  hide: boolean;
  /** What was found for `text`; `null` while nothing is asked, or the answer is still to come. */
  found: FoundSteps | null;
  /** Which of the hits is selected, from 0. */
  current: number | null;
  /** What to tell of a landmark that there is none of. */
  missing: string | null;
  /** The only rows to show; `null`: all. */
  kept: Places | null;
  setText: (text: string) => void;
  toggle: () => void;
  toggleHide: () => void;
  close: () => void;
  next: (backwards: boolean) => void;
  nextLandmark: (landmark: Landmark, backwards: boolean) => void;
}

const missingTexts: Record<Landmark, string> = { error: 'No step has an error', path: 'No step is on a critical path' };

/** Looks for steps: in the engine, which has all of them. */
export function useFind({ host, trace, index, goTo, showLine, report }: FindOptions): Find {
  const { traceId, revision, correlationId } = trace;
  const [open, setOpen] = useState(recall(correlationId).find !== null);
  const [text, setText] = useState(recall(correlationId).find ?? '');
  const [hide, setHide] = useState(recall(correlationId).hide);
  const [answer, setAnswer] = useState<{ text: string; found: FoundSteps } | null>(null);
  const [missing, setMissing] = useState<string | null>(null);
  /** Where typing began: each further letter searches from there. */
  const origin = useRef(index);
  /** The text whose first hit was gone to: only another one leads anywhere by itself. */
  const shown = useRef(text);
  const rowFocusWanted = useRef(false);
  /** What had the focus before; rows come and go, so of them it is the selected one that gets it back. */
  const before = useRef<Element | null>(null);
  const selected = useRef(index);
  selected.current = index;

  useEffect(() => keep(correlationId, { find: open ? text : null, hide }), [correlationId, open, text, hide]);

  const asked = open && text.trim() !== '';
  useEffect(() => {
    if (!asked) {
      shown.current = '';
      return setAnswer(null);
    }
    const life = new AbortController();
    const ask = async () => {
      try {
        const found = await host.find({ traceId, query: text }, life.signal);
        setAnswer({ text, found });
        if (shown.current === text) return;
        shown.current = text;
        const { hits } = found;
        const from = hits[countBefore(hits, origin.current ?? 0)] ?? hits[0];
        if (from !== undefined) await goTo(from);
      } catch (error) {
        report(error);
      }
    };
    const rest = setTimeout(() => void ask(), restMs);
    return () => {
      clearTimeout(rest);
      life.abort();
    };
  }, [host, traceId, revision, asked, text, goTo, report]);

  useLayoutEffect(() => {
    if (rowFocusWanted.current) focusActiveRow();
    rowFocusWanted.current = false;
  }, [index]);

  useLayoutEffect(() => {
    if (open) return;
    const { current } = before;
    before.current = null;
    if (current instanceof HTMLElement && current.isConnected && current.closest('.header, .details')) current.focus();
    else if (current) focusActiveRow();
  }, [open]);
  useEffect(() => setMissing(null), [index]);

  const found = answer?.text === text ? answer.found : null;
  const next = (backwards: boolean) => {
    const to = found && neighbour(found.hits, index, backwards);
    if (to === null) return;
    origin.current = to;
    goTo(to).catch(report);
  };
  const nextLandmark = useCallback(
    (landmark: Landmark, backwards: boolean) => {
      const fromRows = document.activeElement?.closest('.find') === null;
      const go = async () => {
        const to = await host.nextRow({ traceId, from: selected.current, landmark, backwards });
        setMissing(to === null ? missingTexts[landmark] : null);
        if (to === null) return;
        origin.current = to;
        rowFocusWanted.current = fromRows && to !== selected.current;
        await goTo(to);
        // Who looks for errors wants to read them.
        if (landmark === 'error') await showLine(to);
      };
      go().catch(report);
    },
    [host, traceId, goTo, showLine, report],
  );
  const show = useCallback(() => {
    origin.current = selected.current;
    if (!open) before.current = document.activeElement;
    setOpen(true);
  }, [open]);
  const close = useCallback(() => {
    setOpen(false);
    setMissing(null);
  }, []);
  useFindKeys({ open, show, close, next, nextLandmark });

  return {
    open,
    text,
    hide,
    found,
    current: found && placeOf(found.hits, index),
    missing,
    kept: open && hide && answer !== null && answer.found.hits.length > 0 ? answer.found.kept : null,
    setText: value => {
      setMissing(null);
      setText(value);
    },
    toggle: open ? close : show,
    toggleHide: () => setHide(on => !on),
    close,
    next,
    nextLandmark,
  };
}
