import type { Span } from '../../../common/index/sourceIndex';
import { countNewlines } from '../../../common/scan/newlineCounter';
import type { RemoteSources } from '../../remote/remoteSources';
import { isPartial } from '../../sources/byteSource';
import { missingOf } from '../../sources/heldBlocks';
import { openSource } from '../../sources/openSource';
import { isDivisible } from '../scan/ranges';
import type { ProfiledSource } from '../scan/scanJobs';
import { needlesOf } from './needles';

/** What is missing of a smaller file is fetched in less time than it takes to ask. In bytes. */
const worthIt = 32 * 1024 * 1024;
/** A block that is read around a place, and how far places may lie apart to be read in one go. */
const blockSize = 32 * 1024;
const mostOfSpan = 2 * 1024 * 1024;

/**
 * Has a remote source searched where it is: what is left to be read are the blocks around what was found there.
 * @returns `null` where all must be read: little of it is missing, or the far side cannot search
 * @throws AbortError, RemoteError, or an error of the file system
 */
export async function farSpans(
  profiled: ProfiledSource,
  needles: string[][],
  remote: RemoteSources,
  signal: AbortSignal | undefined,
): Promise<Span[] | null> {
  const { source, profile } = profiled;
  const { storedSize: size, mirror } = source;
  if (!isPartial(source) || !isDivisible(profiled) || !mirror?.held) return null;
  const missing = missingOf(mirror.held, { from: 0, to: size }, size);
  if (missing.reduce((sum, { from, to }) => sum + to - from, 0) < worthIt) return null;
  const bytes = needlesOf({ needles, profile }).map(needle => needle.bytes);
  const texts = [...new Set(bytes.map(needle => needle.toString('utf8').toLowerCase()))];
  // A text of another encoding would be another one there.
  if (bytes.some(needle => !Buffer.from(needle.toString('utf8')).equals(needle))) return null;
  const hits = await remote.search(source, texts, signal);
  if (!hits) return null;
  const longest = Math.max(0, ...bytes.map(({ length }) => length));
  const spans: (Span & { first: { at: number; line: number } })[] = [];
  for (const hit of hits.filter(({ at }) => at < size && at >= source.start)) {
    const from = Math.max(source.start, hit.at - (hit.at % blockSize));
    const to = Math.min(size, from + blockSize + longest);
    const last = spans.at(-1);
    if (last && from <= last.to && to - last.from < mostOfSpan) last.to = Math.max(last.to, to);
    else
      spans.push({
        from: Math.max(from, last?.to ?? 0),
        blocksTo: 0,
        to,
        newlinesBefore: 0,
        checksums: [],
        first: hit,
      });
  }
  await remote.hold(source.id, spans, signal);
  return remote.reading(
    async () => spans.map(({ first, ...span }) => ({ ...span, newlinesBefore: linesBefore(profiled, span, first) })),
    signal,
  );
}

/** Line breaks before a span, by the number of a line in it. */
function linesBefore({ source }: ProfiledSource, { from }: Span, first: { at: number; line: number }): number {
  const opened = openSource(source);
  try {
    const bytes = Buffer.alloc(Math.max(0, first.at - from));
    return first.line - 1 - countNewlines(bytes.subarray(0, opened.read(bytes, from)));
  } finally {
    opened.close();
  }
}
