import type { Evidence, SourceProfile } from '../../../common/model/sourceProfile';
import { Coverage } from '../../../common/profile/coverage';
import { joinKey } from '../../../common/profile/ids';
import { profileSource } from '../../../common/profile/profileSource';
import type { RecordReader } from '../../../common/profile/recordReader';
import { framesOf, spread } from '../../../common/profile/sampleFrames';
import type { DetectedSource } from '../../../common/protocol/documents';
import { isAnchored } from '../../../common/scan/framer';
import type { FramedRecord } from '../../../common/scan/recordFramer';
import { type ByteSource, hasRanges, type SourceRef, type StreamEnd } from '../../sources/byteSource';
import { openSource } from '../../sources/openSource';
import { strongestIds } from '../lookup/strongestIds';
import { isUnparsed } from './isUnparsed';
import { readerOf } from './readers';
import { readFrame } from './readFrame';
import { exampleOf, mostExamples, SamplePicker } from './samples';
import type { ProfileJob, SampledTimes, SourceSample } from './scanJobs';

/** A source up to this size is its own sample. */
const wholeSize = 384 * 1024;
const headSize = 128 * 1024;
/** Windows in the middle and at the end: formats change with a deployment. */
const windowSize = 32 * 1024;

/** Decides how a source is read from a sample of it. @throws Error of the file system */
export async function sampleSource(job: Omit<ProfileJob, 'cancel'>): Promise<SourceSample> {
  const source = openSource(job.source);
  try {
    const sample = hasRanges(job.source) ? sampleRanges(source) : await sampleStream(source);
    const profile = profileSource({
      sample: sample.bytes,
      headLength: sample.headLength,
      sourceName: job.source.id,
      complete: sample.complete,
      modified: job.source.modified,
      ...(job.overrides ? { overrides: job.overrides } : {}),
      ...(job.assumedZone ? { assumedZone: job.assumedZone } : {}),
    });
    // UTF-16 is handed out as UTF-8; the profile tells what the file has.
    if (job.source.encoding !== 'utf-8') profile.encoding = job.source.encoding;
    return { profile, ...detect(job, profile, sample), note: sample.note };
  } finally {
    source.close();
  }
}

interface Sample {
  bytes: Buffer;
  /** How many of the bytes are the source's beginning without a gap. */
  headLength: number;
  complete: boolean;
  note: StreamEnd['note'];
}

/** The beginning, the middle and the end, each of whole lines. */
function sampleRanges(source: ByteSource): Sample {
  const size = source.size ?? 0;
  const { start } = source.ref;
  const length = Math.max(0, size - start);
  if (length <= wholeSize) {
    return { bytes: read(source, start, length), headLength: length, complete: true, note: null };
  }
  const head = wholeLines(read(source, start, headSize), true);
  const middle = wholeLines(read(source, start + Math.floor(length / 2), windowSize), false);
  const tail = wholeLines(read(source, size - windowSize, windowSize), false);
  return { bytes: Buffer.concat([head, middle, tail]), headLength: head.length, complete: false, note: null };
}

function read(source: ByteSource, from: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  return bytes.subarray(0, source.read(bytes, from));
}

function wholeLines(bytes: Buffer, fromStart: boolean): Buffer {
  const start = fromStart ? 0 : bytes.indexOf(0x0a) + 1;
  const end = bytes.lastIndexOf(0x0a) + 1;
  // A line that is longer than the window: better a part of it than nothing.
  if (end <= start) return fromStart ? bytes : bytes.subarray(0, 0);
  return bytes.subarray(start, end);
}

async function sampleStream(source: ByteSource): Promise<Sample> {
  const chunks: Buffer[] = [];
  let size = 0;
  const { note } = await source.stream(chunk => {
    chunks.push(Buffer.from(chunk));
    size += chunk.length;
    return size < headSize;
  });
  const bytes = Buffer.concat(chunks);
  if (size < headSize) return { bytes, headLength: size, complete: true, note };
  const whole = wholeLines(bytes, true);
  return { bytes: whole, headLength: whole.length, complete: false, note };
}

/** What the records of the sample show: all of them where it is the whole source, else some, evenly. */
function detect(
  { source, samples }: Pick<ProfileJob, 'source' | 'samples'>,
  profile: SourceProfile,
  { bytes, headLength, complete }: Sample,
): Pick<SourceSample, 'detected' | 'times'> {
  const reader = readerOf(source, profile);
  const counts = new DetectCounts(source, reader, headLength);
  const { frames, lines } = framesOf(profile, reader, isAnchored(profile) ? bytes : bytes.subarray(0, headLength));
  const looked = complete ? frames : spread(frames);
  for (const frame of looked) counts.take(frame);
  const detected = {
    ...readingOf(source, profile),
    records: counts.records,
    lines: looked === frames ? lines : looked.reduce((sum, frame) => sum + frame.lines, 0),
    unparsed: counts.unparsed,
    recordsWithCorrelationId: counts.withId,
    distinctCorrelationIds: counts.keys.size,
    coverage: counts.coverage.rows(),
    unparsedExamples: counts.unparsedExamples,
    samples: samples ? counts.samples.picked : null,
  };
  return { detected, times: counts.times };
}

class DetectCounts {
  records = 0;
  unparsed = 0;
  withId = 0;
  times: SampledTimes | null = null;
  readonly keys = new Set<string>();
  readonly coverage = new Coverage();
  readonly unparsedExamples: DetectedSource['unparsedExamples'] = [];
  readonly samples = new SamplePicker();
  private readonly source: SourceRef;
  private readonly reader: RecordReader;
  private readonly headLength: number;

  constructor(source: SourceRef, reader: RecordReader, headLength: number) {
    this.source = source;
    this.reader = reader;
    this.headLength = headLength;
  }

  take(frame: FramedRecord): void {
    for (const read of readFrame(frame, this.source, this.reader)) {
      const { record } = read;
      // Nobody counted the lines before the windows in the middle and at the end.
      const line = frame.byteStart < this.headLength ? record.location.line : null;
      this.records++;
      this.coverage.add(record);
      if (record.time) this.addTime(Number(record.time.at / 1_000_000n));
      this.samples.take(read, frame, this.reader, line);
      if (isUnparsed(record, this.reader.profile)) this.addUnparsed(frame, line);
      if (record.correlationIds.length > 0) this.withId++;
      for (const id of strongestIds(record)) this.keys.add(joinKey(id));
    }
  }

  private addTime(at: number): void {
    this.times ??= { from: at, to: at };
    this.times.from = Math.min(this.times.from, at);
    this.times.to = Math.max(this.times.to, at);
  }

  private addUnparsed({ bytes }: FramedRecord, line: number | null): void {
    this.unparsed++;
    if (this.unparsedExamples.length < mostExamples)
      this.unparsedExamples.push({ line, text: exampleOf(bytes, this.reader) });
  }
}

/** How a source is read, for `detect`. */
function readingOf(source: SourceRef, profile: SourceProfile) {
  const roles: [string, { field: string; evidence: Evidence }][] = Object.entries(profile.roles).flatMap(
    ([role, { fields, evidence }]) => (fields[0] === undefined ? [] : [[role, { field: fields[0], evidence }]]),
  );
  const { format, formats, sampled, timezone, encoding, wrapper, framing, service, stampIs, sourceGroup } = profile;
  if (sourceGroup && !profile.roles.correlationId)
    roles.unshift(['correlationId', { field: sourceGroup.field, evidence: 'source' }]);
  return {
    path: source.id,
    format,
    sampled,
    roles: Object.fromEntries(roles),
    timezone,
    encoding,
    wrapper,
    framing,
    service,
    stampIs,
    formats,
    set: source.set?.name ?? null,
  };
}
