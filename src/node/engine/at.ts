import { statSync } from 'node:fs';
import { recordDocument, stepDocument } from '../../common/export/traceDocument';
import { byteOffset, lineNumber } from '../../common/model/units';
import type { ReadRecord, RecordReader } from '../../common/profile/recordReader';
import type { ExplainDocument } from '../../common/protocol/documents';
import { type AtRequest, EngineError, type RecordInsight } from '../../common/protocol/logEngine';
import { AbortError } from '../../common/protocol/rpcChannel';
import { countNewlines } from '../../common/scan/newlineCounter';
import type { SourceRef } from '../sources/byteSource';
import { discoverSources, textRef } from '../sources/discoverSources';
import { openSource } from '../sources/openSource';
import type { Engine } from './engine';
import type { HeldTrace } from './heldTraces';
import { clip, decode, type FoundRecord, findRecord, reach } from './hitReader';
import { type LineWindow, windowAtLine } from './lineWindow';
import { readerOf } from './readers';

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
  const { profile } = await engine.profiles.ofOne(source);
  goOn();
  const reader = readerOf(source, profile);
  const { read, explain } = await readAt(source, request.line, reader, goOn);
  const { record } = read;
  const held = record.correlationIds.map(({ id }) => engine.held.ofId(id)).find(found => found !== null) ?? null;
  return {
    explain,
    record: recordDocument(record),
    correlationId: record.correlationIds[0]?.id ?? null,
    trace: held && traceAt(held, explain),
    complete: held?.complete ?? false,
  };
}

async function sourceOf(engine: Engine, { source, text }: AtRequest): Promise<SourceRef> {
  if (text !== undefined) return textRef(source, text);
  const named = engine.places.find(place => place.kind === 'text' && place.id === source);
  const unsaved = engine.places.filter(place => place.kind === 'unsaved' && place.id === source);
  const { sources, skipped } = await discoverSources([named ?? { kind: 'path', path: source }, ...unsaved]);
  const [found] = sources;
  if (found && !named && statSync(source, { throwIfNoEntry: false })?.isFile() !== true) {
    throw new EngineError(`${source} is not one file: give the file that has the line.`, source);
  }
  if (found) return found;
  throw new EngineError(`${source} cannot be read: ${skipped[0]?.reason ?? 'it holds no log'}.`, source);
}

async function readAt(
  source: SourceRef,
  line: number,
  reader: RecordReader,
  goOn: () => void,
): Promise<{ read: ReadRecord; explain: ExplainDocument }> {
  for (let margin = 64 * 1024; ; margin *= 8) {
    goOn();
    const view = await windowOf(source, line, margin);
    if (!view) throw new EngineError(`${source.id} has no line ${line}.`, source.id);
    const found = findRecord(view.window, view.at, reader);
    if (typeof found === 'string' && margin < reach) continue;
    return explainRecord(source, line, reader, view, typeof found === 'string' ? lineOf(view) : found);
  }
}

async function windowOf(source: SourceRef, line: number, margin: number): Promise<LineWindow | null> {
  const opened = openSource(source);
  try {
    return await windowAtLine(opened, line, margin);
  } finally {
    opened.close();
  }
}

/** The line alone, where its record is too long to be seen whole. */
function lineOf({ window, at }: LineWindow): FoundRecord {
  return clip(window, at);
}

function explainRecord(
  source: SourceRef,
  line: number,
  reader: RecordReader,
  { window, at }: LineWindow,
  { start, end, textEnd }: FoundRecord,
): { read: ReadRecord; explain: ExplainDocument } {
  const firstLine = line - countNewlines(window.bytes, Math.min(start, at), at);
  const bytes = window.bytes.subarray(start, end);
  const read = reader.read(decode(window.bytes.subarray(start, textEnd), reader), {
    source: source.id,
    line: lineNumber(firstLine),
    byteStart: byteOffset(window.base + start),
    byteEnd: byteOffset(window.base + end),
  });
  const { profile } = reader;
  const share = profile.formats.find(({ name }) => name === read.record.format)?.share;
  const evidence = share === undefined ? 'no record of the sample' : `${Math.round(share * 100)} % of the sample`;
  return {
    read,
    explain: {
      path: source.id,
      line,
      record: { firstLine, lines: 1 + countNewlines(bytes), bytes: end - start },
      format: {
        name: read.record.format,
        evidence: `${evidence} (${profile.sampled} records) is ${read.record.format}`,
      },
      fields: read.fields,
      profile,
    },
  };
}

function traceAt(held: HeldTrace, { path, record }: ExplainDocument): RecordInsight['trace'] {
  const { trace, rows } = held;
  const [first] = trace.records;
  if (!first) return null;
  const step = held.stepAt(path, record.firstLine);
  const rowOf = (key: string) => rows.find(row => row.key === key) ?? null;
  return {
    traceId: held.id,
    status: trace.status,
    durationMs: trace.duration === null ? null : trace.duration / 1e6,
    first: recordDocument(first),
    userId: trace.userId,
    sessionId: trace.sessionId,
    step: step && stepDocument(step, trace),
    stepNumber: step && (rowOf(step.key)?.number ?? null),
    previous: (step?.previousSteps ?? []).map(({ key, stepId }) => {
      const row = rowOf(key);
      return { key, label: row?.label ?? stepId ?? key, number: row?.number ?? null };
    }),
  };
}
