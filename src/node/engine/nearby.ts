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
import type { ProfiledSource } from './scanJobs';

/** Most that is read for one step of one source, shared out to what stands behind each of its records. */
const mostBytes = 256 * 1024;
/** Most that is read for all steps of one answer. */
const mostOfAll = 2 * 1024 * 1024;
const leastBytes = 4 * 1024;
const mostLines = 2000;

/** Most steps of a trace's document that are looked around. */
const mostSteps = 50;

/** The steps of a trace whose surroundings may tell what went wrong: those that failed or whose end is not logged. */
export const troubled = ({ steps, records }: Trace): Step[] =>
  steps
    .filter(step => step.status === 'failed' || !step.records.some(index => endsStep(records[index]!)))
    .slice(0, mostSteps);

/**
 * The records without an ID that stand inside steps of a trace (see {@link nearbyOf}), read from their sources as they
 * are now. Sources that are gone or can only be read from their beginning are left out.
 */
export async function nearbyRecords(
  engine: Engine,
  steps: readonly Step[],
  trace: Trace,
): Promise<Map<Step, LogRecord[]>> {
  const recordsOf = ({ records }: Step) => records.map(index => trace.records[index]!);
  const wanted = new Set(steps.flatMap(recordsOf).map(({ location }) => location.source));
  if (wanted.size === 0) return new Map();
  const { profiled } = await engine.profiledSources([...wanted], undefined);
  const sources = new Map(profiled.map(source => [source.source.id, source]));
  const budget = Math.min(mostBytes, Math.floor(mostOfAll / steps.length));
  return new Map(
    steps.map(step => {
      const bySource = groupBy(recordsOf(step), ({ location }) => location.source);
      const found = [...bySource].flatMap(([id, own]) => around(step, trace, own, sources.get(id), budget));
      return [step, found];
    }),
  );
}

function around(
  step: Step,
  trace: Trace,
  own: readonly LogRecord[],
  of: ProfiledSource | undefined,
  budget: number,
): LogRecord[] {
  const isOver = step.records.some(index => endsStep(trace.records[index]!));
  if (!of || !hasRanges(of.source) || !isAnchored(of.profile) || (isOver && own.length < 2)) return [];
  let opened: ByteSource | null = null;
  try {
    opened = openSource(of.source);
    return nearbyOf(step, trace, recordsBehind(own, isOver, opened, readerOf(of.source, of.profile), budget));
  } catch {
    // The source is gone or must not be read any more. The step itself was read before, and is worth as much as ever.
    return [];
  } finally {
    opened?.close();
  }
}

/** The step's records of one source and what stands behind each, up to the next one or as far as the bounds allow. */
function recordsBehind(
  own: readonly LogRecord[],
  isOver: boolean,
  source: ByteSource,
  reader: RecordReader,
  budget: number,
): LogRecord[] {
  const starts = own.map(({ location }) => location).sort((a, b) => a.byteStart - b.byteStart);
  const share = Math.max(leastBytes, Math.floor(budget / starts.length));
  const all: LogRecord[] = [];
  let read = 0;
  for (const [at, { byteStart, byteEnd, line }] of starts.entries()) {
    const next = starts[at + 1]?.byteStart ?? (isOver ? byteEnd : Number.POSITIVE_INFINITY);
    const end = Math.min(next, byteEnd + share);
    if (read >= budget || all.length >= mostLines) break;
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
