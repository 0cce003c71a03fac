import type { LogRecord } from '../../../src/common/model/logRecord';
import { byteOffset, lineNumber, sourceId } from '../../../src/common/model/units';
import { compileReader } from '../../../src/common/profile/compileReader';
import { profileSource } from '../../../src/common/profile/profileSource';
import type { ReadRecord } from '../../../src/common/profile/recordReader';
import { framerOf } from '../../../src/common/scan/framer';

/** Every record of a source, with its bytes. */
export function readDocument(text: string) {
  const profile = profileSource({ sample: text, sourceName: 'export.json', complete: true });
  const reader = compileReader(profile);
  const read: ReadRecord[] = [];
  const bytes = new TextEncoder().encode(text);
  const framer = framerOf(profile, reader, frame => {
    const location = {
      source: sourceId('export.json'),
      line: lineNumber(frame.line),
      byteStart: byteOffset(frame.byteStart),
      byteEnd: byteOffset(frame.byteEnd),
    };
    read.push(...reader.read(new TextDecoder().decode(frame.bytes), location));
  });
  framer.push(bytes);
  framer.finish();
  const records = read.map(({ record }) => record);
  const textOf = ({ location }: LogRecord) =>
    new TextDecoder().decode(bytes.subarray(location.byteStart, location.byteEnd));
  return { profile, records, read, textOf };
}

export const pretty = (value: unknown) => JSON.stringify(value, null, 2);
export const idsOf = (records: LogRecord[]) => records.map(({ correlationIds }) => correlationIds[0]?.id ?? null);
export const attribute = (record: LogRecord | undefined, name: string) =>
  record?.attributes.find(field => field.name === name)?.value;

export const trace = '5b8efff798038103d269b633813fc60c';
/** Microseconds since the epoch. */
export const stamp = 1_772_446_500_000_000;
export const iso = '2026-03-02T10:15:00.000Z';
export const nanosOf = (ms: number) => `${BigInt(stamp) * 1000n + BigInt(ms) * 1_000_000n}`;
