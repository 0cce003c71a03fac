import { groupBy } from '../../common/base/groupBy';
import type { LogRecord } from '../../common/model/logRecord';
import type { Step, Trace } from '../../common/model/trace';
import type { RecordReader } from '../../common/profile/recordReader';
import { framerOf, isAnchored } from '../../common/scan/framer';
import { endsStep, nearbyOf } from '../../common/trace/nearby';
import { type ByteSource, hasRanges } from '../sources/byteSource';
import { openSource } from '../sources/openSource';
import type { Engine } from './engine';
import { readerOf } from './readers';
import { readFrame } from './readFrame';

/** Most that is read for one step of one source, shared out to what stands behind each of its records. */
const mostBytes = 256 * 1024;
const leastBytes = 4 * 1024;
const mostLines = 2000;

/**
 * The records without an ID that stand inside a step (see {@link nearbyOf}), read from its sources as they are now.
 * Sources that are gone or can only be read from their beginning are left out.
 */
export async function nearbyRecords(engine: Engine, step: Step, trace: Trace): Promise<LogRecord[]> {
  const own = step.records.map(index => trace.records[index]!);
  const bySource = groupBy(own, ({ location }) => location.source);
  const isOver = own.some(endsStep);
  const { profiled } = await engine.profiledSources([...bySource.keys()], undefined);
  return profiled.flatMap(({ source, profile }) => {
    const records = bySource.get(source.id) ?? [];
    if (!hasRanges(source) || !isAnchored(profile) || (isOver && records.length < 2)) return [];
    let opened: ByteSource | null = null;
    try {
      opened = openSource(source);
      return nearbyOf(step, trace, recordsBehind(records, isOver, opened, readerOf(source, profile)));
    } catch {
      // The source is gone or must not be read any more. The step itself was read before, and is worth as much as ever.
      return [];
    } finally {
      opened?.close();
    }
  });
}

/** The step's records of one source and what stands behind each, up to the next one or as far as the bounds allow. */
function recordsBehind(
  own: readonly LogRecord[],
  isOver: boolean,
  source: ByteSource,
  reader: RecordReader,
): LogRecord[] {
  const starts = own.map(({ location }) => location).sort((a, b) => a.byteStart - b.byteStart);
  const share = Math.max(leastBytes, Math.floor(mostBytes / starts.length));
  const all: LogRecord[] = [];
  let read = 0;
  for (const [at, { byteStart, byteEnd, line }] of starts.entries()) {
    const next = starts[at + 1]?.byteStart ?? (isOver ? byteEnd : Number.POSITIVE_INFINITY);
    const end = Math.min(next, byteEnd + share);
    if (read >= mostBytes || all.length >= mostLines) break;
    const bytes = Buffer.alloc(end - byteStart);
    const length = source.read(bytes, byteStart);
    read += length;
    // A record that the bound cut through says only half of what it is.
    const isWhole = end === next || length < bytes.length;
    const framer = framerOf(reader.profile, { ...reader, byteStart, line: line ?? 1 }, frame => {
      if (!isWhole && frame.byteEnd >= end) return;
      for (const { record } of readFrame(frame, source.ref, reader)) {
        if (line === null) record.location.line = null;
        all.push(record);
      }
    });
    framer.push(bytes.subarray(0, length));
    framer.finish();
  }
  return all.slice(0, mostLines);
}
