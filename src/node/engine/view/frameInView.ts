import type { RecordReader } from '../../../common/profile/recordReader';
import type { FramedRecord } from '../../../common/scan/recordFramer';
import { frameOf } from '../scan/frameAtLine';
import { findRecord } from '../search/hitReader';
import { startOf, type ViewedLog } from './viewedLogs';

const margin = 256 * 1024;

/**
 * The frame around a line of a log that is being viewed, by the bytes that are at hand; `null` where it is longer than
 * those. What can only be read from its beginning need not be read again for every line that is pointed at.
 */
export async function frameInView(
  { ref, bytes }: ViewedLog,
  { offset, line }: { offset: number; line: number },
  reader: RecordReader,
  goOn: () => void,
): Promise<FramedRecord | null> {
  const start = startOf(ref);
  const base = Math.max(start, offset - margin);
  const length = offset - base + margin;
  const memory = Buffer.from(await bytes.read(base, length, goOn));
  const window = {
    bytes: memory,
    base,
    startsAtFileStart: base === start,
    endsAtFileEnd: memory.length < length,
  };
  const at = offset - base;
  const found = at < memory.length ? findRecord(window, at, reader) : 'after';
  return typeof found === 'string' ? null : frameOf({ window, at }, line, found);
}
