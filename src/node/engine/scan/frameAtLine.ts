import type { RecordReader } from '../../../common/profile/recordReader';
import { EngineError } from '../../../common/protocol/logEngine';
import { framerOf, isAnchored } from '../../../common/scan/framer';
import { countNewlines } from '../../../common/scan/newlineCounter';
import type { FramedRecord } from '../../../common/scan/recordFramer';
import type { SourceRef } from '../../sources/byteSource';
import { openSource } from '../../sources/openSource';
import { clip, findRecord, reach } from '../search/hitReader';
import { type CountedPlace, type LineWindow, windowAtLine } from './lineWindow';

/**
 * The frame that holds a line of a source.
 * @param near a place before the line, so that not all lines must be counted
 * @param goOn throws where nobody waits any more
 * @throws EngineError
 */
export async function frameAtLine(
  source: SourceRef,
  line: number,
  reader: RecordReader,
  near: CountedPlace | null,
  goOn: () => void,
): Promise<FramedRecord> {
  const found = isAnchored(reader.profile)
    ? await anchoredFrame(source, line, reader, near, goOn)
    : await streamedFrame(source, line, reader, goOn);
  if (!found) throw new EngineError(`${source.id} has no line ${line}.`, source.id);
  return found;
}

async function anchoredFrame(
  source: SourceRef,
  line: number,
  reader: RecordReader,
  near: CountedPlace | null,
  goOn: () => void,
) {
  for (let margin = 64 * 1024; ; margin *= 8) {
    goOn();
    const view = await windowOf(source, line, margin, near);
    if (!view) return null;
    const found = findRecord(view.window, view.at, reader);
    if (typeof found === 'string' && margin < reach) continue;
    return frameOf(view, line, typeof found === 'string' ? clip(view.window, view.at) : found);
  }
}

/** The frame that was found around the beginning of a line. */
export function frameOf({ window, at }: LineWindow, line: number, found: ReturnType<typeof clip>): FramedRecord {
  const { start, end, textEnd, cut } = found;
  return {
    bytes: window.bytes.subarray(start, textEnd),
    byteStart: window.base + start,
    byteEnd: window.base + end,
    line: line - countNewlines(window.bytes, Math.min(start, at), at),
    lines: 1 + countNewlines(window.bytes.subarray(start, end)),
    cut,
  };
}

async function windowOf(
  source: SourceRef,
  line: number,
  margin: number,
  near: CountedPlace | null,
): Promise<LineWindow | null> {
  const opened = openSource(source);
  try {
    return await windowAtLine(opened, line, margin, near);
  } finally {
    opened.close();
  }
}

/** The frame of a source that has to be read from its start; of a line between two frames, the one before. */
async function streamedFrame(source: SourceRef, line: number, reader: RecordReader, goOn: () => void) {
  let found: FramedRecord | null = null;
  let next: FramedRecord | null = null;
  const framer = framerOf(reader.profile, reader, frame => {
    const copy = () => ({ ...frame, bytes: new Uint8Array(frame.bytes) });
    if (frame.line <= line) found = copy();
    else next ??= copy();
  });
  const opened = openSource(source);
  try {
    await opened.stream(chunk => {
      goOn();
      framer.push(chunk);
      return next === null;
    });
  } finally {
    opened.close();
  }
  framer.finish();
  return next === null && line > framer.lines ? null : (found ?? next);
}
