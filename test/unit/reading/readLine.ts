import type { LogRecord } from '../../../src/common/model/logRecord';
import { byteOffset, lineNumber, sourceId } from '../../../src/common/model/units';
import { compileReader } from '../../../src/common/profile/compileReader';
import { profileSource } from '../../../src/common/profile/profileSource';
import { framerOf } from '../../../src/common/scan/framer';

/** When the sources were last changed: for stamps without a year or date. */
const modified = Date.UTC(2026, 2, 3);

/** The records of a text, read as a source of its own. */
export function recordsOf(text: string): LogRecord[] {
  const profile = profileSource({ sample: text, sourceName: 'x.log', complete: true, modified });
  const reader = compileReader(profile, { modified });
  const records: LogRecord[] = [];
  const framer = framerOf(profile, reader, ({ bytes, line, byteStart, byteEnd }) => {
    const location = {
      source: sourceId('x.log'),
      line: lineNumber(line),
      byteStart: byteOffset(byteStart),
      byteEnd: byteOffset(byteEnd),
    };
    for (const { record } of reader.read(new TextDecoder().decode(bytes), location)) records.push(record);
  });
  framer.push(new TextEncoder().encode(text));
  framer.finish();
  return records;
}

/** The parts of a record that tests name; what a record has none of is left out. */
export function partsOf(record: LogRecord | undefined): Record<string, unknown> {
  if (!record) return {};
  const { format, severity, thread, logger, message, stepId, stepType, service, host, userId, sessionId } = record;
  const parts: Record<string, unknown> = {
    format,
    time: record.time && new Date(Number(record.time.at / 1_000_000n)).toISOString(),
    severity,
    thread,
    logger,
    message,
    ids: record.correlationIds.map(({ id, field }) => `${field}=${id}`).join(' '),
    stepId,
    stepType,
    milliseconds: record.duration === null ? null : Number(record.duration) / 1e6,
    outcome: record.outcome,
    service: service === 'x' ? null : service,
    host,
    userId,
    sessionId,
    organizationId: record.organizationId,
    code: record.codeLocation && `${record.codeLocation.file}:${record.codeLocation.line}`,
  };
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== null && value !== ''));
}

/** The given parts of the only record of a line, as far as `expected` names them. */
export function chosenParts(line: string, expected: Record<string, unknown>): Record<string, unknown> {
  const records = recordsOf(`${line}\n`);
  const parts = records.length === 1 ? partsOf(records[0]) : { records: records.length };
  return Object.fromEntries(Object.keys(expected).map(key => [key, parts[key] ?? null]));
}

/** Attributes (fields without a role) of the only record of a line. */
export const attributesOf = (line: string): Record<string, string> =>
  Object.fromEntries((recordsOf(`${line}\n`)[0]?.attributes ?? []).map(({ name, value }) => [name, value]));
