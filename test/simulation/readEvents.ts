import type { LogRecord } from '../../src/common/model/logRecord';
import { byteOffset, epochNanos, lineNumber, sourceId } from '../../src/common/model/units';
import { compileReader } from '../../src/common/profile/compileReader';
import { profileSource } from '../../src/common/profile/profileSource';
import { formatEvent } from '../simulator/formats';
import { groupBy } from '../simulator/group';
import type { LossyTrace } from '../simulator/losses';
import type { LogEvent, SimulatedTrace } from '../simulator/model';

const sampleLines = 500;

/**
 * The record that the product's own reading layer makes of each event, one file a service. Read once, lost many times:
 * what is lost and how clocks are off changes nothing about how a line is read.
 */
export function readEvents(traces: readonly SimulatedTrace[]): Map<LogEvent, LogRecord> {
  const records = new Map<LogEvent, LogRecord>();
  const files = groupBy(
    traces.flatMap(({ events }) => events),
    ({ service }) => service.file,
  );
  for (const [name, events] of files) {
    events.sort((a, b) => a.time - b.time);
    const texts = events.map(formatEvent);
    const sample = new TextEncoder().encode(`${texts.slice(0, sampleLines).join('\n')}\n`);
    const reader = compileReader(profileSource({ sample, sourceName: name }));
    events.forEach((event, index) => {
      const place = byteOffset(index);
      const location = { source: sourceId(name), line: lineNumber(index + 1), byteStart: place, byteEnd: place };
      const [read] = reader.read(texts[index]!, location);
      records.set(event, read!.record);
    });
  }
  return records;
}

/** The records of a lossy trace as its hosts' clocks have stamped them. */
export function stampedRecords(trace: LossyTrace, read: ReadonlyMap<LogEvent, LogRecord>): LogRecord[] {
  return trace.events.map(event => {
    const record = read.get(event)!;
    const skew = trace.skewOf(event.host);
    if (skew === 0 || record.time === null) return record;
    return { ...record, time: { ...record.time, at: epochNanos(record.time.at + BigInt(skew) * 1_000_000n) } };
  });
}
