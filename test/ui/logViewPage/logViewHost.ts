/** Stands in for VS Code and the extension, in the page itself; `?show=` names a log. */
import type {
  CountedLines,
  CountedMatches,
  FindTextRequest,
  LinesRequest,
  MatchPlaceRequest,
  MatchRequest,
  ShownLines,
} from '../../../src/common/protocol/logReader';
import type { LineInsight, LineOfLog, LogPlace, LogViewState } from '../../../src/common/protocol/logViewProtocol';
import { type HandlerContext, RpcChannel } from '../../../src/common/protocol/rpcChannel';
import { linesAround } from '../../../src/common/view/lineCuts';
import { lineText } from '../../../src/common/view/lineText';
import { findDefects } from './defects';
import { hostileText, logs, severityOf, tracedId } from './logs';

declare global {
  interface Window {
    logViewHost: {
      calls: { method: string; request: unknown }[];
      violations: string[];
      /** Tells the page to show a place. */
      show(place: Omit<LogPlace, 'serial'>): Promise<unknown>;
      goToLine(): Promise<unknown>;
      findDefects(): string[];
    };
  }
}

const name = new URLSearchParams(location.search).get('show') ?? 'few';
const stateKey = `state of ${location.href}`;
const log = (logs[name] ?? logs.few!)();
const calls: Window['logViewHost']['calls'] = [];
const violations: string[] = [];
document.addEventListener('securitypolicyviolation', event => violations.push(event.violatedDirective));

/** As the engine: numbers are known near what was counted, all of them once counting is done. */
const isCountedByLine = name === 'huge' || name === 'packed';
let counted = isCountedByLine ? 0 : log.size;
let reached = log.isPacked ? 0 : log.size;
let serial = Date.now();

const sizeNow = () => ({ bytes: reached, isKnown: reached >= log.size });

async function lines({ at, before, after, known }: Omit<LinesRequest, 'source'>): Promise<ShownLines> {
  const place = Math.min(at, log.size);
  const cuts = await linesAround(log.read, { at: place, before, after }, { start: 0 });
  reached = Math.max(reached, cuts.at(-1)?.to ?? 0);
  const all = isCountedByLine ? null : (await log.read(0, log.size)).slice();
  const numberOf = (from: number): number | null => {
    if (all) return all.subarray(0, from).filter(byte => byte === 10).length + 1;
    const isNear = known && Math.abs(from - known.offset) < 4e6;
    return from < counted || from < 4e6 || isNear ? from / 100 + 1 : null;
  };
  return {
    lines: cuts.map(cut => {
      const shown = lineText(cut, 'utf-8', 4_000);
      const start = shown.text.indexOf(tracedId);
      return {
        from: cut.from,
        to: cut.to,
        line: numberOf(cut.from),
        continues: cut.continues,
        ...shown,
        severity: severityOf(shown.text),
        ids: start < 0 ? [] : [{ id: tracedId, start, end: start + tracedId.length }],
      };
    }),
    start: 0,
    size: sizeNow(),
    note: log.note ?? null,
  };
}

async function offsetOf(line: number): Promise<number | null> {
  if (isCountedByLine) return (line - 1) * 100 < log.size ? (line - 1) * 100 : null;
  const bytes = await log.read(0, log.size);
  let at = 0;
  for (let left = line - 1; left > 0 && at >= 0; left--) at = bytes.indexOf(10, at) + 1 || -1;
  return at < 0 || at >= log.size ? null : at;
}

async function countLines({ toLine }: { toLine: number | null }, { signal, progress }: HandlerContext) {
  const answer = (offset: number | null): CountedLines => ({
    lines: isCountedByLine ? Math.floor(counted / 100) : 105,
    bytes: counted,
    isAll: counted >= log.size,
    size: sizeNow(),
    offset,
  });
  const wanted = toLine === null ? log.size : Math.min(log.size, (toLine - 1) * 100);
  while (counted < wanted && !signal.aborted) {
    await new Promise(resolve => setTimeout(resolve, 30));
    counted = Math.min(log.size, counted + log.size / 10);
    reached = Math.max(reached, counted);
    progress(answer(null));
  }
  return answer(toLine === null ? null : await offsetOf(toLine));
}

async function findText(
  { text, matchCase, from, backwards }: Omit<FindTextRequest, 'source'>,
  context: HandlerContext,
) {
  if (text === 'slow') {
    context.progress(Math.floor(log.size / 3));
    await new Promise(resolve => context.signal.addEventListener('abort', () => resolve(null)));
    return null;
  }
  const fold = (value: string) => (matchCase ? value : value.toLowerCase());
  const stretch = 4_000_000;
  const base = backwards ? Math.max(0, from - stretch) : from;
  const bytes = await log.read(base, backwards ? from - base : stretch);
  // The texts of these logs are ASCII, but for the hostile one, which is not searched.
  const inside = fold(new TextDecoder('latin1').decode(bytes));
  const found = backwards ? inside.lastIndexOf(fold(text)) : inside.indexOf(fold(text));
  return found < 0 ? null : { from: base + found, to: base + found + text.length };
}

/** In the endless log each line holds the text, and counting it gives up at a third. */
async function countMatches(
  { text, matchCase }: Omit<MatchRequest, 'source'>,
  { signal, progress }: HandlerContext,
): Promise<CountedMatches> {
  if (name === 'huge') {
    for (let step = 1; ; step++) {
      const counted = { matches: step * 1_204_000, bytes: step * 120_400_000 };
      if (step === 30) return { ...counted, ended: 'many' };
      progress({ ...counted, ended: null });
      await new Promise(resolve => setTimeout(resolve, 50));
      if (signal.aborted) return { ...counted, ended: null };
    }
  }
  return { matches: (await placesOf(text, matchCase)).length, bytes: log.size, ended: name === 'far' ? 'far' : 'all' };
}

async function matchesBefore({ text, matchCase, at }: Omit<MatchPlaceRequest, 'source'>): Promise<number> {
  if (name === 'huge') return Math.floor(at / 100);
  return (await placesOf(text, matchCase)).filter(place => place < at).length;
}

async function placesOf(text: string, matchCase: boolean): Promise<number[]> {
  const fold = (value: string) => (matchCase ? value : value.toLowerCase());
  const inside = fold(new TextDecoder('latin1').decode(await log.read(0, log.size)));
  const places: number[] = [];
  for (let at = inside.indexOf(fold(text)); at >= 0; at = inside.indexOf(fold(text), at + 1)) places.push(at);
  return places;
}

const insight = ({ offset }: LineOfLog): LineInsight => ({
  facts: [
    { name: 'Request', value: name === 'hostile' ? hostileText : tracedId },
    { name: 'Outcome', value: 'Failed · 12.10 s' },
    { name: 'This step', value: '4a Tool: search · Worker2 · 2.10 s' },
  ],
  quote: name === 'hostile' ? hostileText : 'POST /orders',
  picture: {
    slots: 4,
    bars: [
      { slot: 0, from: 0, to: 4, failed: false },
      { slot: 1, from: 4, to: 230, failed: false },
      { slot: 2, from: 230, to: 300, failed: false },
      { slot: 3, from: 235, to: 270, failed: true },
    ],
    marked: { slot: 2, from: 230, to: 300, failed: false },
  },
  note: 'Not all logs were read.',
  traced: { id: tracedId, step: 'step-4a' },
  record: { from: offset, bytes: 120 },
});

const state: LogViewState = { name: name === 'hostile' ? hostileText : 'app.log', place: null, lines: null };
/** As VS Code hands over what was posted before the page was there. */
async function begin(): Promise<void> {
  await new Promise(resolve => window.addEventListener('load', resolve));
  const shown = await lines({ at: 0, before: 200, after: 200 });
  await channel.request('begin', { ...state, lines: { at: 0, shown } });
}
const begun = name === 'given' ? begin() : Promise.resolve();
let receive: (message: unknown) => void = () => {};
const noted =
  <Request>(method: string, answer: (request: Request, context: HandlerContext) => unknown) =>
  (request: Request, context: HandlerContext) => {
    calls.push({ method, request });
    context.signal.addEventListener('abort', () => calls.push({ method: `${method}, given up`, request }));
    return answer(request, context);
  };
const channel = new RpcChannel(
  {
    post: message => window.postMessage(message, '*'),
    onMessage: listener => {
      receive = listener;
    },
    onClose: () => {},
  },
  {
    ready: noted('ready', () => begun.then(() => state)),
    lines: noted('lines', lines),
    lineText: noted('lineText', async ({ from, to }: { from: number; to: number }) =>
      new TextDecoder().decode(await log.read(from, to - from)),
    ),
    countLines: noted('countLines', countLines),
    findText: noted('findText', findText),
    countMatches: noted('countMatches', countMatches),
    matchesBefore: noted('matchesBefore', matchesBefore),
    insight: noted('insight', (line: LineOfLog, { progress }) => {
      progress({
        ...insight(line),
        facts: [{ name: 'Service', value: 'Worker2' }],
        quote: null,
        picture: null,
        note: null,
      });
      return insight(line);
    }),
    ...Object.fromEntries(['trace', 'select', 'copy'].map(method => [method, noted(method, () => {})])),
  },
);
window.logViewHost = {
  calls,
  violations,
  findDefects,
  show: place => channel.request('show', { ...place, serial: ++serial }),
  goToLine: () => channel.request('goToLine', undefined),
};
window.acquireVsCodeApi = () => ({
  // A copy, and later: as between two processes.
  postMessage: (message: unknown) => setTimeout(receive, 0, structuredClone(message)),
  getState: () => JSON.parse(sessionStorage.getItem(stateKey) ?? 'null') ?? undefined,
  setState: (kept: unknown) => sessionStorage.setItem(stateKey, JSON.stringify(kept)),
});
