import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { LogRecord } from '../../src/common/model/logRecord';
import { byteOffset, lineNumber, sourceId } from '../../src/common/model/units';
import { compileReader } from '../../src/common/profile/compileReader';
import { profileSource } from '../../src/common/profile/profileSource';
import { framerOf } from '../../src/common/scan/framer';
import { withEngine } from '../node/support/logs';

const corpus = path.resolve(import.meta.dirname, '../../../shared/corpus');

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
type JsonObject = { [name: string]: Json };

/** A span or log record of a document, by another reading of it. */
interface Truth {
  id: string | null;
  group: string | null;
  /** Pointers within the trace: ID and meaning, sorted. */
  previous: [string, string][];
  service: string | null;
  name: string | null;
  /** Nanoseconds since the epoch, or since the zero that made-up spans count from. */
  start: bigint | null;
  /** Nanoseconds. */
  duration: number | null;
}

const object = (value: Json | undefined): JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
const list = (value: Json | undefined): JsonObject[] => (Array.isArray(value) ? value.map(object) : []);
const text = (value: Json | undefined): string | null => (typeof value === 'string' ? value : null);

const stampOf = (micros: Json | undefined): bigint | null =>
  typeof micros === 'number' ? BigInt(micros) * 1000n : null;
const durationOf = (micros: Json | undefined): number | null => (typeof micros === 'number' ? micros * 1000 : null);

function zipkinTruth(document: Json): Truth[] {
  return list(document).map(span => ({
    id: text(span.id),
    group: text(span.traceId),
    previous: typeof span.parentId === 'string' ? [[span.parentId, 'encloses']] : [],
    service: text(object(span.localEndpoint).serviceName),
    name: text(span.name),
    start: stampOf(span.timestamp),
    duration: durationOf(span.duration),
  }));
}

function jaegerTruth(document: Json): Truth[] {
  const { data } = object(document);
  const traces = Array.isArray(data) ? list(data) : [object(data ?? document)];
  return traces.flatMap(({ spans, processes }) =>
    list(spans).map(span => ({
      id: text(span.spanID),
      group: text(span.traceID),
      previous: list(span.references)
        .filter(({ traceID }) => traceID === span.traceID)
        .map(({ spanID, refType }): [string, string] => [
          String(spanID),
          refType === 'CHILD_OF' ? 'encloses' : 'follows',
        ])
        .sort(),
      service: text(object(object(processes)[String(span.processID)]).serviceName),
      name: text(span.operationName),
      start: stampOf(span.startTime),
      duration: durationOf(span.duration),
    })),
  );
}

function otlpTruth(document: Json): Truth[] {
  const { resourceSpans, resourceLogs } = object(document);
  return [...list(resourceSpans), ...list(resourceLogs)].flatMap(({ resource, scopeSpans, scopeLogs }) => {
    const name = list(object(resource).attributes).find(({ key }) => key === 'service.name');
    return [...list(scopeSpans), ...list(scopeLogs)].flatMap(({ spans, logRecords }) =>
      [...list(spans), ...list(logRecords)].map(item => {
        const start = BigInt(String(item.startTimeUnixNano ?? item.timeUnixNano));
        const end = text(item.endTimeUnixNano);
        return {
          id: text(item.spanId),
          group: text(item.traceId),
          previous: typeof item.parentSpanId === 'string' ? [[item.parentSpanId, 'encloses'] as [string, string]] : [],
          service: text(object(object(name).value).stringValue),
          name: text(item.name),
          start,
          duration: end === null ? null : Number(BigInt(end) - start),
        };
      }),
    );
  });
}

function recordsOf(file: string): LogRecord[] {
  const bytes = readFileSync(file);
  const profile = profileSource({ sample: bytes, sourceName: file, complete: true });
  const reader = compileReader(profile);
  const records: LogRecord[] = [];
  const framer = framerOf(profile, reader, frame => {
    const { line, byteStart, byteEnd } = frame;
    const location = {
      source: sourceId(file),
      line: lineNumber(line),
      byteStart: byteOffset(byteStart),
      byteEnd: byteOffset(byteEnd),
    };
    records.push(...reader.read(new TextDecoder().decode(frame.bytes), location).map(({ record }) => record));
  });
  framer.push(bytes);
  framer.finish();
  return records;
}

const readingOf = (record: LogRecord): Truth => ({
  id: record.stepId,
  group: record.correlationIds[0]?.id ?? null,
  previous: record.previous.map(({ id, meaning }): [string, string] => [id, meaning]).sort(),
  service: record.service,
  name: record.stepType,
  start: record.time?.at ?? null,
  duration: record.duration,
});

const filesOf = (folder: string): string[] =>
  existsSync(path.join(corpus, folder))
    ? readdirSync(path.join(corpus, folder)).map(name => path.join(corpus, folder, name))
    : [];

describe('the documents of the corpus', () => {
  before(function () {
    if (existsSync(corpus)) return;
    console.log(`      skipped: there is no corpus in ${corpus}`);
    this.skip();
  });

  for (const [folder, truthOf] of Object.entries({ zipkin: zipkinTruth, jaeger: jaegerTruth, otlp: otlpTruth })) {
    for (const file of filesOf(folder)) {
      it(`${folder}/${path.basename(file)}: each span with its parents, service, start and duration`, () => {
        const truth = truthOf(JSON.parse(readFileSync(file, 'utf8')));
        assert.ok(truth.length > 0);
        const records = recordsOf(file);
        assert.deepEqual(records.map(readingOf), truth);
        // Each record stands where it says.
        const bytes = readFileSync(file);
        for (const [index, { location }] of records.entries()) {
          const own: JsonObject = JSON.parse(bytes.subarray(location.byteStart, location.byteEnd).toString());
          assert.equal(own.spanID ?? own.spanId ?? own.id ?? null, truth[index]?.id);
          assert.equal(location.line, bytes.subarray(0, location.byteStart).toString().split('\n').length);
        }
      });
    }
  }

  it('the sessions of Claude Code: groups, lines and parents', async () => {
    const truthFile = path.join(corpus, 'truth/claude_code.json');
    const truth: { files: Record<string, Record<string, [string | null, string, string]>> } = JSON.parse(
      readFileSync(truthFile, 'utf8'),
    );
    for (const [name, messages] of Object.entries(truth.files)) {
      const file = path.join(corpus, 'claude_code', name);
      const lines = readFileSync(file, 'utf8').split('\n');
      const byLine = new Map(recordsOf(file).map(record => [Number(record.location.line), record]));
      const lineOf = new Map(lines.map((line, index) => [/"uuid": ?"([^"]+)"/.exec(line)?.[1], index + 1]));
      const hasParents = Object.values(messages).some(([parent]) => parent !== null);
      for (const [uuid, [parent, session, time]] of Object.entries(messages)) {
        const line = lineOf.get(uuid) ?? 0;
        const record = byLine.get(line);
        assert.ok(record?.time, uuid);
        if (hasParents) assert.equal(record.stepId, uuid);
        assert.deepEqual(
          record.previous.map(({ id }) => id),
          parent === null ? [] : [parent],
          uuid,
        );
        assert.equal(record.correlationIds[0]?.id, session, uuid);
        assert.equal(new Date(Number(record.time.at / 1_000_000n)).getTime(), Date.parse(time), uuid);
      }
      // A session's lines, copies of one message included.
      const sessions = new Map<string, number[]>();
      for (const [index, line] of lines.entries()) {
        const session = /"uuid"/.test(line) ? text(object(JSON.parse(line)).sessionId) : null;
        if (session !== null) sessions.set(session, [...(sessions.get(session) ?? []), index + 1]);
      }
      await withEngine([file], async engine => {
        for (const [session, expected] of sessions) {
          const result = await engine.lookup({ text: session });
          assert.ok(result.kind === 'trace', session);
          const { traceId, records } = result.trace;
          const found = await engine.records({ traceId, from: 0, to: records });
          const steps = found.map(({ line }) => Number(line)).filter(line => /"uuid"/.test(lines[line - 1] ?? ''));
          assert.deepEqual(
            steps.toSorted((a, b) => a - b),
            expected,
            session,
          );
        }
      });
    }
  }).timeout(60_000);
});
