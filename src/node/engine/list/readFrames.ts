import type { SourceProfile } from '../../../common/model/sourceProfile';
import type { ReadRecord } from '../../../common/profile/recordReader';
import { frameCap } from '../../../common/scan/framer';
import { recordCap } from '../../../common/scan/recordFramer';
import { type ByteSource, hasRanges, type SourceRef } from '../../sources/byteSource';
import { openSource } from '../../sources/openSource';
import { checkCancelled } from '../scan/cancel';
import { readerOf } from '../scan/readers';
import { readFrame } from '../scan/readFrame';
import type { Cancellable } from '../scan/scanJobs';

/** Where a frame is known to be, in decoded bytes. */
export interface FrameSpan {
  start: number;
  end: number;
}

/**
 * Reads the frames of a source from where they are known to be, each once, and hands out the records of each span, in the
 * source's order; whoever asked has to see whether they are still those that stood there.
 * @throws AbortError, or an error of the file system
 */
export async function readFrames<Span extends FrameSpan>(
  job: Cancellable,
  entry: { source: SourceRef; profile: SourceProfile },
  wanted: readonly Span[],
  take: (span: Span, records: readonly ReadRecord[]) => void,
): Promise<void> {
  if (wanted.length === 0) return;
  const spans = wanted.toSorted((a, b) => a.start - b.start);
  const reader = readerOf(entry.source, entry.profile);
  const cap = frameCap(entry.profile);
  // Records of one frame follow each other: it is read once.
  const last: { start: number; read: ReadRecord[] } = { start: -1, read: [] };
  const read = (span: Span, bytes: Uint8Array) => {
    const { start, end } = span;
    if (last.start !== start) {
      const frame = { bytes, byteStart: start, byteEnd: end, line: 1, lines: 0, cut: end - start > cap };
      last.start = start;
      last.read = readFrame(frame, entry.source, reader);
    }
    take(span, last.read);
  };
  const source = openSource(entry.source);
  try {
    if (hasRanges(entry.source)) readSpans(job, source, spans, cap, read);
    else await streamSpans(job, source, spans, cap, read);
  } finally {
    source.close();
  }
}

function readSpans<Span extends FrameSpan>(
  job: Cancellable,
  source: ByteSource,
  spans: readonly Span[],
  cap: number,
  take: (span: Span, bytes: Uint8Array) => void,
) {
  let memory = Buffer.allocUnsafeSlow(recordCap);
  const last = { start: -1, bytes: memory };
  for (const span of spans) {
    checkCancelled(job);
    const { start, end } = span;
    if (last.start !== start) {
      const size = Math.min(cap, end - start);
      if (size > memory.length) memory = Buffer.allocUnsafeSlow(size);
      last.start = start;
      last.bytes = memory.subarray(0, source.read(memory.subarray(0, size), start));
    }
    take(span, last.bytes);
  }
}

/** As {@link readSpans}, where what is wanted can only be picked up while everything passes by. */
async function streamSpans<Span extends FrameSpan>(
  job: Cancellable,
  source: ByteSource,
  spans: readonly Span[],
  cap: number,
  take: (span: Span, bytes: Uint8Array) => void,
) {
  let next = 0;
  let offset = source.ref.start;
  let kept = Buffer.alloc(0);
  await source.stream(chunk => {
    checkCancelled(job);
    const bytes = kept.length > 0 ? Buffer.concat([kept, chunk]) : chunk;
    const end = offset + bytes.length;
    for (let span = spans[next]; span && span.end <= end; span = spans[++next]) {
      take(span, bytes.subarray(span.start - offset, Math.min(span.end, span.start + cap) - offset));
    }
    const following = spans[next];
    if (!following) return false;
    const from = Math.min(Math.max(following.start, offset), end);
    kept = Buffer.from(bytes.subarray(from - offset));
    offset = from;
    return true;
  });
}
