import type {
  CountedMatches,
  CountMatchesOptions,
  MatchPlaceRequest,
  MatchRequest,
} from '../../../common/protocol/logReader';
import { AbortError } from '../../../common/protocol/rpcChannel';
import { MatchCounts, matchBlock } from '../../../common/view/matchCounts';
import { hasRanges, isPartial } from '../../sources/byteSource';
import type { Engine } from '../engine';
import { Needle } from './needle';
import { soughtBytes, viewedLog } from './shownLines';
import { startOf, type ViewedLog } from './viewedLogs';

/** What one job counts: short, so that whatever else the workers are asked comes in between. */
const rangeSize = 256 * matchBlock;
/** Nobody walks through more; to count them all would take a worker's time for nothing. */
const mostMatches = 1_000_000;

/**
 * Counts a text in a log from where it was counted up to the last time: of each log the text that was asked for last is
 * held, as one number per block. What would have to be fetched from another machine is not counted.
 * @throws EngineError, AbortError
 */
export async function countMatches(
  engine: Engine,
  { source, ...sought }: MatchRequest,
  { signal, onProgress }: CountMatchesOptions,
): Promise<CountedMatches> {
  const log = await viewedLog(engine, source);
  const { ref } = log;
  if (isPartial(ref)) return { matches: 0, bytes: startOf(ref), ended: 'far' };
  const needle = await soughtBytes(engine, log, sought.text);
  if (needle.length === 0) return { matches: 0, bytes: log.bytes.size.bytes, ended: 'all' };
  const counts = countsOf(log, sought);
  const answer = (ended: CountedMatches['ended']): CountedMatches => {
    const { matches, bytes } = counts;
    return { matches, bytes, ended };
  };
  const tell = () => onProgress?.(answer(null));
  if (counts.bytes > startOf(ref)) tell();
  while (counts.matches < mostMatches) {
    if (signal?.aborted) throw new AbortError();
    const from = counts.next;
    const to = hasRanges(ref) ? from + rangeSize : Number.POSITIVE_INFINITY;
    const end = await engine.pool.run(
      'countMatches',
      { source: ref, needle, matchCase: sought.matchCase, from, to, most: mostMatches - counts.matches },
      {
        signal,
        onPart: part => {
          counts.addBlocks(part.from, part.counts);
          tell();
        },
      },
    );
    if (!end.isEnd) continue;
    counts.end(end.to, end.matches);
    return answer('all');
  }
  return answer('many');
}

/**
 * How many matches begin before an offset, which needs the blocks before it alone; `null` where they are not counted yet.
 * @throws EngineError, AbortError
 */
export async function matchesBefore(
  engine: Engine,
  { source, at, ...sought }: MatchPlaceRequest,
  signal: AbortSignal | undefined,
): Promise<number | null> {
  const log = await viewedLog(engine, source);
  const block = log.matches?.isOf(sought) ? log.matches.blockOf(at) : null;
  if (block === null) return null;
  const needle = new Needle({ needle: await soughtBytes(engine, log, sought.text), matchCase: sought.matchCase });
  const goOn = () => {
    if (signal?.aborted) throw new AbortError();
  };
  const bytes = await log.bytes.read(block.from, at - block.from + needle.length - 1, goOn);
  // A copy: to compare without case it is written to.
  return block.matches + needle.countIn(Buffer.from(bytes));
}

function countsOf(log: ViewedLog, sought: { text: string; matchCase: boolean }): MatchCounts {
  if (!log.matches?.isOf(sought)) log.matches = new MatchCounts(sought, startOf(log.ref));
  return log.matches;
}
