import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ShownLine, TextPlace } from '../../src/common/protocol/logReader';
import type { LogPlace, LogViewState } from '../../src/common/protocol/logViewProtocol';
import { formatCount } from '../page/format';
import { Problem } from '../page/problem';
import { Progress } from '../page/progress';
import { useProblem } from '../page/useProblem';
import { vscode } from '../page/vscodeApi';
import { Details } from './details';
import { FindBar } from './findBar';
import { type Destination, GoToBar } from './goToBar';
import { connectHost } from './hostConnection';
import { HoverCard } from './hoverCard';
import { LineList } from './lineList';
import type { Move } from './listKeys';
import { keep, recall } from './pageMemory';
import { StatusBar } from './statusBar';
import { useFind } from './useFind';
import { useHover } from './useHover';
import { useInsight } from './useInsight';
import { useLineCount } from './useLineCount';
import { useLogWindow } from './useLogWindow';
import { endOfLog, usePlaces } from './usePlaces';
import { useSlow } from './useSlow';
import { useViewKeys } from './useViewKeys';

/** A log of any size: its lines around one place, and ways to any other. */
export function App() {
  const { problem, report, close: closeProblem } = useProblem();
  const [name, setName] = useState('log');
  const [details, setDetails] = useState(recall().details);
  const [goingTo, setGoingTo] = useState<{ outcome: string | null } | null>(null);
  const [farMatch, setFarMatch] = useState<TextPlace | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const showPlace = useRef<(place: LogPlace) => void>(() => {});
  const begin = useRef<(state: LogViewState) => void>(() => {});
  const hasBegun = useRef(false);
  const host = useMemo(
    () =>
      connectHost(vscode, {
        begin: state => begin.current(state),
        show: place => showPlace.current(place),
        goToLine: () => setGoingTo({ outcome: null }),
      }),
    [],
  );
  const log = useLogWindow(host, report);
  const inView = log.lines.slice(Math.floor(log.top), Math.ceil(log.top + log.rows));
  const isUnnumbered = inView.some(({ line }) => line === null);
  const isMissed = log.isLoaded && (!log.size.isKnown || isUnnumbered);
  const count = useLineCount(host, isMissed, report);
  const { hover, point, hide } = useHover();
  const { selected, lit, select, goTo, show, resume } = usePlaces({ host, log, count, failed: report });
  showPlace.current = place => void show(place);
  begin.current = ({ name, place }) => {
    // It is told, and asked for: whichever comes first.
    if (hasBegun.current) return;
    hasBegun.current = true;
    setName(name);
    // A place that an older page has shown already is not shown again over what the user went to since.
    void (place && place.serial > recall().serial ? show(place) : resume());
  };

  useEffect(() => {
    host.ready().then(state => begin.current(state), report);
  }, [host]);
  useEffect(() => keep({ details }), [details]);
  // What it says is of a line that is elsewhere now.
  useEffect(hide, [log.top]);
  useEffect(() => {
    const [top] = inView;
    if (top) keep({ top: top.from });
  }, [inView[0]?.from]);
  useEffect(() => {
    if (count.counted) log.learn(count.counted.size);
  }, [count.counted]);
  const isCounted = isUnnumbered && (count.counted?.bytes ?? 0) >= (inView.at(-1)?.to ?? endOfLog);
  useEffect(() => {
    if (isCounted) void log.renew();
  }, [isCounted]);

  const cursor = log.lines.find(({ from }) => from === selected?.offset) ?? null;
  const hoverInsight = useInsight(host, hover?.line ?? null);
  const cursorInsight = useInsight(host, details ? cursor : null);
  const isSlow = useSlow(log.isJumping);

  const find = useFind({
    host,
    from: () => selected?.offset ?? inView[0]?.from ?? 0,
    end: () => log.size.bytes,
    size: log.size.isKnown ? log.size.bytes : null,
    found: place =>
      void goTo(place.from).then(line => {
        if (!line) return;
        select(line, true);
        const isFar = line.moreBytes > 0 && place.from - line.from > new TextEncoder().encode(line.text).length;
        setFarMatch(isFar ? place : null);
        if (isFar) setDetails(true);
      }),
    failed: report,
  });
  const { startAt } = find;
  const focusList = () => list.current?.focus();
  const closeAll = () => {
    if (hover) hide();
    else if (goingTo) setGoingTo(null);
    else if (find.text !== null) find.close();
    else if (details) setDetails(false);
    else return false;
    focusList();
    return true;
  };
  useViewKeys({
    find: () => {
      find.show(selectedText());
      document.querySelector<HTMLInputElement>('.find input')?.select();
      document.querySelector<HTMLInputElement>('.find input')?.focus();
    },
    next: backwards => (find.text === null ? find.show('') : find.next(backwards)),
    goToLine: () => setGoingTo({ outcome: null }),
    close: closeAll,
  });

  const onSelect = useCallback(
    (line: ShownLine, open: boolean) => {
      setFarMatch(null);
      startAt(line.from);
      select(line, true);
      if (open) setDetails(true);
    },
    [select, startAt],
  );
  const trace = useCallback((id: string, step: string | null = null) => void host.tell('trace', { id, step }), [host]);
  const move = async (to: Move) => {
    hide();
    if (to === 'start' || to === 'end') {
      const line = await log.jump({ at: to === 'start' ? 0 : endOfLog });
      if (line) onSelect(line, false);
      return;
    }
    const at = (selected && log.indexOf(selected.offset)) ?? Math.floor(log.top);
    const line = log.lines[Math.max(0, Math.min(at + (cursor ? to.by : 0), log.lines.length - 1))];
    if (!line) return;
    onSelect(line, false);
    log.reveal(line.from);
  };
  const goToDestination = async (to: Destination) => {
    if (to.kind === 'share') {
      const line = await goToShare(to.share);
      if (line) onSelect(line, false);
    } else {
      setGoingTo({ outcome: 'Counting lines…' });
      const offset = await count.offsetOf(to.line);
      if (offset === null) return setGoingTo({ outcome: `There is no line ${formatCount(to.line)}.` });
      const line = await goTo(offset, to.line);
      if (line) onSelect(line, false);
    }
    setGoingTo(null);
    focusList();
  };
  const goToShare = async (share: number) => {
    hide();
    const at = share >= 1 ? endOfLog : Math.floor(log.start + share * (log.size.bytes - log.start));
    return log.jump({ at });
  };

  return (
    <div class="view">
      <h1 class="spoken">{name}</h1>
      {find.text !== null && <FindBar find={find} size={log.size.bytes - log.start} leave={focusList} />}
      {goingTo && (
        <GoToBar
          outcome={goingTo.outcome}
          go={to => void goToDestination(to)}
          close={() => {
            count.cancel();
            closeAll();
          }}
        />
      )}
      {isSlow && (
        <Progress label="Reading the log" share={null} text="Reading the log up to there…" cancel={log.giveUp} />
      )}
      <LineList
        log={log}
        list={list}
        name={name}
        selected={selected?.offset ?? null}
        lit={lit}
        sought={find.sought}
        onSelect={onSelect}
        onTrace={trace}
        onMove={to => void move(to)}
        onOpen={() => setDetails(cursor !== null)}
        onPoint={point}
        goToShare={share => void goToShare(share)}
      />
      {hover && hoverInsight && <HoverCard hover={hover} insight={hoverInsight} onTrace={trace} />}
      {details && cursor && (
        <Details
          host={host}
          line={cursor}
          insight={cursorInsight}
          match={farMatch}
          onTrace={trace}
          close={() => void closeAll()}
        />
      )}
      <StatusBar log={log} line={cursor} count={count} />
      {problem !== null && <Problem text={problem} close={closeProblem} />}
    </div>
  );
}

/** What the user has marked in the log, where that is a piece of one line. */
function selectedText(): string {
  const selection = document.getSelection();
  const isOfLog = selection?.anchorNode?.parentElement?.closest('.line .text') ?? null;
  const text = isOfLog ? String(selection) : '';
  return text.includes('\n') || text.length > 200 ? '' : text;
}
