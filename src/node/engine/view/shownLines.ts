import type { LinesRequest, ShownLines } from '../../../common/protocol/logReader';
import { AbortError } from '../../../common/protocol/rpcChannel';
import { countNewlines } from '../../../common/scan/newlineCounter';
import { type LineCut, linesAround } from '../../../common/view/lineCuts';
import { decoderOf, lineText, type TextEncoding } from '../../../common/view/lineText';
import type { Engine } from '../engine';
import { readerOf } from '../scan/readers';
import { sourceOf } from '../sourceOf';
import { factsOfLines } from './lineFacts';
import { startOf, type ViewedLog } from './viewedLogs';

/** Of a longer line a part is shown, in bytes. */
const mostShown = 4_000;
/** So far from a counted place line breaks are counted at once. */
const nearEnough = 4 * 1024 * 1024;
const newline = 0x0a;

export const viewedLog = (engine: Engine, source: string): Promise<ViewedLog> =>
  engine.viewed.of(source, () => sourceOf(engine, { source }));

/** @throws EngineError, AbortError */
export async function shownLines(
  engine: Engine,
  { source, at, before, after, known }: LinesRequest,
  signal: AbortSignal | undefined,
): Promise<ShownLines> {
  const goOn = () => {
    if (signal?.aborted) throw new AbortError();
  };
  const log = await viewedLog(engine, source);
  const read = (from: number, length: number) => log.bytes.read(from, length, goOn);
  const { profile } = await engine.profiles.ofOne(log.ref);
  goOn();
  const start = startOf(log.ref);
  const place = await reachable(log, at, goOn);
  const cuts = await linesAround(read, { at: place, before, after }, { start });
  if (known) await learn(log, known, goOn);
  const encoding = encodingOf(profile);
  const facts = await factsOfLines(cuts, readerOf(log.ref, profile), read, log.ref);
  const numbers = await numbersOf(log, cuts, goOn);
  const lines = cuts.map((cut, index) => {
    const shown = lineText(cut, encoding, mostShown);
    const { severity, ids } = facts[index] ?? { severity: null, ids: [] };
    return {
      from: cut.from,
      to: cut.to,
      line: numbers[index] ?? null,
      continues: cut.continues,
      ...shown,
      severity,
      ids: ids.filter(({ end }) => end <= shown.text.length),
    };
  });
  return {
    lines,
    start,
    size: log.bytes.size,
    note: log.bytes.note,
  };
}

/** @throws EngineError */
export async function textOfLine(
  engine: Engine,
  { source, from, to }: { source: string; from: number; to: number },
): Promise<string> {
  const log = await viewedLog(engine, source);
  const { profile } = await engine.profiles.ofOne(log.ref);
  const bytes = await log.bytes.read(from, to - from, () => {});
  return decoderOf(encodingOf(profile)).decode(bytes);
}

/** UTF-16 is handed out as UTF-8. */
const encodingOf = ({ encoding }: { encoding: string }): TextEncoding => (encoding === 'latin1' ? 'latin1' : 'utf-8');

/** A text as it stands in the bytes of a log. @throws EngineError */
export async function soughtBytes(engine: Engine, { ref }: ViewedLog, text: string): Promise<Uint8Array> {
  const { profile } = await engine.profiles.ofOne(ref);
  return new Uint8Array(Buffer.from(text, encodingOf(profile) === 'latin1' ? 'latin1' : 'utf8'));
}

/** An offset, or the end of the log where that comes before. */
async function reachable({ ref, bytes }: ViewedLog, at: number, goOn: () => void): Promise<number> {
  const start = startOf(ref);
  if (at <= start) return start;
  const there = await bytes.read(at - 1, 1, goOn);
  return there.length > 0 ? at : Math.max(start, Math.min(at, bytes.size.bytes));
}

/** Takes the number of a line, if a line begins there at all. */
async function learn({ ref, bytes, counts }: ViewedLog, known: { offset: number; line: number }, goOn: () => void) {
  if (known.offset <= startOf(ref)) return;
  const [before] = await bytes.read(known.offset - 1, 1, goOn);
  if (before === newline) counts.add({ offset: known.offset, newlines: known.line - 1 });
}

async function numbersOf(log: ViewedLog, cuts: readonly LineCut[], goOn: () => void): Promise<number[]> {
  const [first] = cuts;
  if (!first) return [];
  const before = await newlinesBefore(log, first.from, goOn);
  if (before === null) return [];
  let newlines = before;
  const numbers: number[] = [];
  for (const { to, goesOn } of cuts) {
    numbers.push(newlines + 1);
    if (!goesOn) log.counts.add({ offset: to, newlines: ++newlines });
  }
  return numbers;
}

/** Line breaks before an offset; `null` where none is counted nearby. */
async function newlinesBefore({ bytes, counts }: ViewedLog, offset: number, goOn: () => void): Promise<number | null> {
  const { before, after } = counts.around(offset);
  const count = async (from: number, to: number) => countNewlines(await bytes.read(from, to - from, goOn));
  if (offset - before.offset <= nearEnough) return before.newlines + (await count(before.offset, offset));
  if (after && after.offset - offset <= nearEnough) return after.newlines - (await count(offset, after.offset));
  return null;
}
