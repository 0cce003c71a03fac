import { type ByteSource, hasRanges, type SourceRef } from './byteSource';
import { openSource } from './openSource';

/** Bytes that are remembered of the beginning and of the end of what was read. */
export const rememberedBytes = 1024;

/** How far a source was read, with enough of its bytes to know it again: under another name, or not at all. */
export interface ReadMark {
  ref: SourceRef;
  /** Offset in decoded bytes. */
  read: number;
  /** The first bytes of the log. */
  head: Buffer;
  /** The last bytes before `read`. */
  tail: Buffer;
}

/** How a source goes with what was read: all of it is there, or only the beginning, or it is something else. */
export type Continuation = 'whole' | 'beginning' | null;

/** How far a source was read, and nothing more of it. */
export const unmarked = (ref: SourceRef): ReadMark => ({
  ref,
  read: ref.storedSize,
  head: Buffer.alloc(0),
  tail: Buffer.alloc(0),
});

/** Never throws: of what cannot be read any more nothing is remembered. @param read the offset up to which it was read */
export function markOf(ref: SourceRef, read: number): ReadMark {
  const none = { ...unmarked(ref), read };
  if (!hasRanges(ref)) return none;
  try {
    const source = openSource(ref);
    try {
      const head = bytesOf(source, ref.start, Math.min(read, ref.start + rememberedBytes));
      return { ref, read, head, tail: bytesOf(source, Math.max(ref.start, read - rememberedBytes), read) };
    } finally {
      source.close();
    }
  } catch {
    return none;
  }
}

/** Whether a source begins with what was read of another, or of itself. Never throws: what cannot be read is no such. */
export async function continuationOf(ref: SourceRef, mark: ReadMark): Promise<Continuation> {
  if (mark.head.length === 0) return null;
  try {
    const source = openSource(ref);
    try {
      return hasRanges(ref) ? byRanges(source, mark) : await byStream(source, mark);
    } finally {
      source.close();
    }
  } catch {
    return null;
  }
}

function byRanges(source: ByteSource, { head, tail, read, ref }: ReadMark): Continuation {
  const { start } = source.ref;
  const size = source.size ?? 0;
  const there = bytesOf(source, start, Math.min(size, start + head.length));
  if (there.length === 0 || !there.equals(head.subarray(0, there.length))) return null;
  const end = start + read - ref.start;
  if (size < end) return 'beginning';
  return bytesOf(source, end - tail.length, end).equals(tail) ? 'whole' : null;
}

/** What was read may have been packed since. */
async function byStream(source: ByteSource, { head, tail, read, ref }: ReadMark): Promise<Continuation> {
  const length = read - ref.start;
  let at = 0;
  let same = true;
  const compare = (chunk: Uint8Array, wanted: Buffer, wantedAt: number) => {
    const from = Math.max(at, wantedAt);
    const to = Math.min(at + chunk.length, wantedAt + wanted.length);
    if (from < to) same &&= wanted.subarray(from - wantedAt, to - wantedAt).equals(chunk.subarray(from - at, to - at));
  };
  await source.stream(chunk => {
    compare(chunk, head, 0);
    compare(chunk, tail, length - tail.length);
    at += chunk.length;
    return same && at < length;
  });
  if (!same || at === 0) return null;
  return at < length ? 'beginning' : 'whole';
}

function bytesOf(source: ByteSource, from: number, to: number): Buffer {
  const bytes = Buffer.alloc(Math.max(0, to - from));
  return bytes.subarray(0, source.read(bytes, from));
}
