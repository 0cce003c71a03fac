import { counted } from '../../../common/base/counted';
import { groupBy } from '../../../common/base/groupBy';
import type { LogRecord } from '../../../common/model/logRecord';
import type { Note } from '../../../common/model/note';
import type { Step, Trace } from '../../../common/model/trace';
import type { RecordReader } from '../../../common/profile/recordReader';
import { framerOf, isAnchored } from '../../../common/scan/framer';
import { endsStep, nearbyOf } from '../../../common/trace/records/nearby';
import { type ByteSource, hasRanges } from '../../sources/byteSource';
import { notHeldOf } from '../../sources/heldBlocks';
import { openSource } from '../../sources/openSource';
import type { Engine } from '../engine';
import { readerOf } from '../scan/readers';
import { readFrame } from '../scan/readFrame';
import type { ProfiledSource } from '../scan/scanJobs';

/** Most that is read for one step of one source, shared out to what stands behind each of its records. */
const mostBytes = 256 * 1024;
/** Most that is read for all steps of one answer. */
const mostOfAll = 2 * 1024 * 1024;
const leastBytes = 4 * 1024;
const mostLines = 2000;
/** What `nearbyOf` allows. */
const silence = '5 minutes';

/** Most steps of a trace's document that are looked around. */
const mostSteps = 50;

/** What was found around one step, and in words where it was not looked for or not to the end. */
export interface NearbyRecords {
  records: LogRecord[];
  limits: string[];
}

/** The steps of a trace whose surroundings may tell what went wrong: those that failed or whose end is not logged. */
export function troubled({ steps, records }: Trace): { looked: Step[]; left: number } {
  const all = steps.filter(
    step =>
      step.records.length > 0 && (step.status === 'failed' || !step.records.some(index => endsStep(records[index]!))),
  );
  return { looked: all.slice(0, mostSteps), left: Math.max(0, all.length - mostSteps) };
}

/**
 * The records without an ID that stand inside steps of a trace (see {@link nearbyOf}), read from their sources as they
 * are now. Sources that are gone or can only be read from their beginning are left out, and named.
 */
export async function nearbyRecords(
  engine: Engine,
  steps: readonly Step[],
  trace: Trace,
): Promise<Map<Step, NearbyRecords>> {
  const recordsOf = ({ records }: Step) => records.map(index => trace.records[index]!);
  const wanted = new Set(steps.flatMap(recordsOf).map(({ location }) => location.source));
  if (wanted.size === 0) return new Map();
  // What was read before is good enough: no server is asked again.
  const { profiled } = await engine.profiledSources({ only: [...wanted], asKnown: true }, undefined);
  const sources = new Map(profiled.map(source => [source.source.id, source]));
  const budget = Math.min(mostBytes, Math.floor(mostOfAll / steps.length));
  const all = new Map<Step, NearbyRecords>();
  for (const step of steps) {
    const bySource = groupBy(recordsOf(step), ({ location }) => location.source);
    const found = [...bySource].map(([id, own]) =>
      engine.remote.reading(async () => around(step, trace, own, sources.get(id), budget)),
    );
    const each = await Promise.all(found);
    all.set(step, { records: each.flatMap(({ records }) => records), limits: each.flatMap(({ limits }) => limits) });
  }
  return all;
}

/** What a trace's document tells of steps that were not looked around to the end; `null` where all were. */
export function nearbyNote(found: ReadonlyMap<Step, NearbyRecords>, left: number): Note | null {
  const cut = [...found].filter(([, { limits }]) => limits.length > 0).map(([step]) => step);
  if (cut.length + left === 0) return null;
  const ends = `Lines without an ID were not looked for to the end around ${counted(cut.length, 'step')}: each says why.`;
  const first = `Lines without an ID were looked for around the first ${found.size} steps that failed or did not end, and not around ${left} more.`;
  return {
    kind: 'cut',
    count: cut.length + left,
    text: [...(cut.length > 0 ? [ends] : []), ...(left > 0 ? [first] : [])].join(' '),
    steps: cut.map(({ key }) => key),
    records: [],
  };
}

function around(
  step: Step,
  trace: Trace,
  own: readonly LogRecord[],
  of: ProfiledSource | undefined,
  budget: number,
): NearbyRecords {
  const isOver = step.records.some(index => endsStep(trace.records[index]!));
  if (isOver && own.length < 2) return { records: [], limits: [] };
  const source = own[0]!.location.source;
  const unread = (why: string): NearbyRecords => ({ records: [], limits: [`Not looked for in ${source}: ${why}.`] });
  if (!of) return unread('it is no longer among the sources');
  if (!hasRanges(of.source) || !isAnchored(of.profile)) return unread('it can only be read from its beginning');
  let opened: ByteSource | null = null;
  try {
    opened = openSource(of.source);
    const { records: candidates, cut } = recordsBehind(own, isOver, opened, readerOf(of.source, of.profile), budget);
    const { records, mayGoOn, isLate } = nearbyOf(step, trace, candidates);
    const limits: string[] = [];
    if (cut === 'inside' || (cut === 'behind' && mayGoOn))
      limits.push(`Not all of ${source} was looked at: ${extent(cut, budget, candidates.length)}.`);
    if (isLate) limits.push(`In ${source} only the ${silence} after its last line were looked at.`);
    return { records, limits };
  } catch (error) {
    if (notHeldOf(error)) throw error;
    // The step itself was read before, and is worth as much as ever.
    return unread('it is gone or must not be read any more');
  } finally {
    opened?.close();
  }
}

function extent(cut: 'inside' | 'behind', budget: number, records: number): string {
  if (records >= mostLines) return `the first ${counted(mostLines, 'record')}`;
  const size = `${Math.round(budget / 1024)} KiB`;
  return cut === 'behind'
    ? `${size} behind its last line`
    : `${size}, shared out to what stands behind each of its lines`;
}

/**
 * The step's records of one source and what stands behind each, up to the next one or as far as the bounds allow.
 * `cut` says where they did not: `inside`, between two of its records, or `behind` the last one.
 */
function recordsBehind(
  own: readonly LogRecord[],
  isOver: boolean,
  source: ByteSource,
  reader: RecordReader,
  budget: number,
): { records: LogRecord[]; cut: 'inside' | 'behind' | null } {
  const starts = own.map(({ location }) => location).sort((a, b) => a.byteStart - b.byteStart);
  const share = Math.max(leastBytes, Math.floor(budget / starts.length));
  const all: LogRecord[] = [];
  let cut: 'inside' | 'behind' | null = null;
  let read = 0;
  for (const [at, { byteStart, byteEnd, line }] of starts.entries()) {
    const next = starts[at + 1]?.byteStart ?? (isOver ? byteEnd : Number.POSITIVE_INFINITY);
    const end = Math.min(next, byteEnd + share);
    if (read >= budget || all.length >= mostLines) {
      cut = 'inside';
      break;
    }
    const bytes = Buffer.alloc(end - byteStart);
    const length = source.read(bytes, byteStart);
    read += length;
    // A record that the bound cut through says only half of what it is.
    const isWhole = end === next || length < bytes.length;
    if (!isWhole && cut !== 'inside') cut = at + 1 < starts.length ? 'inside' : 'behind';
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
  return all.length > mostLines ? { records: all.slice(0, mostLines), cut: 'inside' } : { records: all, cut };
}
