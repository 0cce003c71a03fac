import { recordDocument, stepDocument } from '../../common/export/traceDocument';
import type { LogRecord } from '../../common/model/logRecord';
import type { ReadRecord, RecordReader } from '../../common/profile/recordReader';
import type { ExplainDocument } from '../../common/protocol/documents';
import { type AtRequest, EngineError, type RecordInsight } from '../../common/protocol/logEngine';
import { AbortError } from '../../common/protocol/rpcChannel';
import { isAnchored } from '../../common/scan/framer';
import { countNewlines } from '../../common/scan/newlineCounter';
import type { FramedRecord } from '../../common/scan/recordFramer';
import { tracePicture } from '../../common/timeline/tracePicture';
import { hasRanges, type SourceRef } from '../sources/byteSource';
import type { Engine } from './engine';
import type { HeldTrace } from './heldTraces';
import { frameAtLine } from './scan/frameAtLine';
import { readerOf } from './scan/readers';
import { readFrame } from './scan/readFrame';
import type { SourceSample } from './scan/scanJobs';
import { sourceOf } from './sourceOf';
import { frameInView } from './view/frameInView';

/** What a line of a source says, and what is known of its trace by now. @throws EngineError, AbortError */
export async function insightAt(
  engine: Engine,
  request: AtRequest,
  signal: AbortSignal | undefined,
): Promise<RecordInsight> {
  const goOn = () => {
    if (signal?.aborted) throw new AbortError();
  };
  const source = await sourceOf(engine, request);
  goOn();
  const sample = await engine.profiles.ofOne(source);
  const reader = readerOf(source, sample.profile);
  const place = { ...request, source, sample };
  const { read, explain } = await engine.remote.reading(() => readAt(engine, place, reader, goOn), signal);
  const { record } = read;
  const held = record.correlationIds.map(({ id }) => engine.held.ofId(id)).find(found => found !== null) ?? null;
  return {
    explain,
    record: recordDocument(record),
    correlationId: record.correlationIds[0]?.id ?? null,
    trace: held && traceAt(held, explain, request.offset === undefined ? null : record.location.byteStart),
    complete: held?.complete ?? false,
  };
}

interface PlaceOfLine {
  source: SourceRef;
  sample: SourceSample;
  line: number;
  offset?: number | undefined;
}

async function readAt(
  engine: Engine,
  { source, sample, line, offset }: PlaceOfLine,
  reader: RecordReader,
  goOn: () => void,
): Promise<{ read: ReadRecord; explain: ExplainDocument }> {
  const near =
    offset === undefined ? engine.indexes.placeOfLine({ source, ...sample }, line) : { offset, newlines: line - 1 };
  goOn();
  const viewed = offset === undefined || hasRanges(source) ? null : engine.viewed.held(source.id);
  const frame =
    (viewed &&
      isAnchored(reader.profile) &&
      (await frameInView(viewed, { offset: offset ?? 0, line }, reader, goOn))) ||
    (await frameAtLine(source, line, reader, near, goOn));
  const all = readFrame(frame, source, reader);
  // Of a document's records the one that the line is in, or that ended last before it.
  const read = all.findLast(({ record }) => (record.location.line ?? 0) <= line) ?? all[0];
  if (!read) throw new EngineError(`${source.id} has no record at line ${line}.`, source.id);
  return { read, explain: explainRecord(source, line, reader, frame, read) };
}

function explainRecord(
  source: SourceRef,
  line: number,
  { profile }: RecordReader,
  frame: FramedRecord,
  { record, fields }: ReadRecord,
): ExplainDocument {
  const { byteStart, byteEnd } = record.location;
  const isWhole = byteEnd - byteStart === frame.byteEnd - frame.byteStart;
  const own = frame.bytes.subarray(byteStart - frame.byteStart, byteEnd - frame.byteStart);
  const share = profile.formats.find(({ name }) => name === record.format)?.share;
  const evidence = share === undefined ? 'no record of the sample' : `${Math.round(share * 100)} % of the sample`;
  return {
    path: source.id,
    line,
    record: {
      firstLine: record.location.line ?? line,
      lines: isWhole ? frame.lines : 1 + countNewlines(own),
      bytes: byteEnd - byteStart,
    },
    format: {
      name: record.format,
      evidence: `${evidence} (${profile.sampled} records) is ${record.format}`,
    },
    fields,
    profile,
  };
}

const isError = ({ severity }: LogRecord): boolean => severity === 'error' || severity === 'fatal';

/** @param byteStart of the record, where its line's number is not to be trusted */
function traceAt(held: HeldTrace, { path, record }: ExplainDocument, byteStart: number | null): RecordInsight['trace'] {
  const { trace, rows } = held;
  const [first] = trace.records;
  if (!first) return null;
  const index = held.recordAt(path, byteStart === null ? record.firstLine : null, byteStart ?? 0);
  const step = index === null ? null : held.stepOfRecord(index);
  const error = trace.records.findIndex(isError);
  const rowOf = (key: string) => rows.find(row => row.key === key) ?? null;
  const row = step ? trace.steps.indexOf(step) : null;
  return {
    traceId: held.id,
    status: trace.status,
    durationMs: trace.duration === null ? null : trace.duration / 1e6,
    first: recordDocument(first),
    record: index,
    records: trace.records.length,
    firstError: error < 0 ? null : error,
    userId: trace.userId,
    sessionId: trace.sessionId,
    step: step && stepDocument(step, trace),
    stepNumber: step && (rowOf(step.key)?.number ?? null),
    stepLabel: step && (rowOf(step.key)?.label ?? null),
    previous: (step?.previousSteps ?? []).map(({ key, stepId }) => {
      const row = rowOf(key);
      return { key, label: row?.label ?? stepId ?? key, number: row?.number ?? null };
    }),
    picture: tracePicture(trace, row),
  };
}
