import { readFileSync } from 'node:fs';
import { summarise, summaryDocument } from '../../../src/common/export/traceDocument';
import type { PlacedBlock } from '../../../src/common/index/traceGroups';
import { TraceTable } from '../../../src/common/index/traceTable';
import type { LogRecord } from '../../../src/common/model/logRecord';
import { joinKey } from '../../../src/common/profile/ids';
import type { TraceSummaryDocument } from '../../../src/common/protocol/documents';
import { framerOf } from '../../../src/common/scan/framer';
import { assembleTrace } from '../../../src/common/trace/assembleTrace';
import { readInexact } from '../../../src/node/engine/list/readInexact';
import { cancelFlag } from '../../../src/node/engine/scan/cancel';
import { readerOf } from '../../../src/node/engine/scan/readers';
import { readFrame } from '../../../src/node/engine/scan/readFrame';
import { sampleSource } from '../../../src/node/engine/scan/sampleSource';
import type { ProfiledSource } from '../../../src/node/engine/scan/scanJobs';
import { scanMethods } from '../../../src/node/engine/scan/scanMethods';
import { discoverSources } from '../../../src/node/sources/discover/discoverSources';

/** The plain sources of a folder, each with its profile. */
export async function profiledIn(folder: string, assumedZone = 'UTC'): Promise<ProfiledSource[]> {
  const { sources } = await discoverSources([{ kind: 'path', path: folder }]);
  const profiled: ProfiledSource[] = [];
  for (const source of sources)
    profiled.push({ source, ...(await sampleSource({ source, overrides: null, assumedZone })) });
  return profiled.sort((a, b) => (a.source.id < b.source.id ? -1 : 1));
}

export interface Summed {
  traces: TraceSummaryDocument[];
  records: number;
  lines: number;
  withoutId: number;
  unparsed: number;
  /** Traces whose records were read again. */
  readAgain: number;
}

/** What columns say, read in ranges of so many bytes. */
export async function byColumns(sources: readonly ProfiledSource[], rangeSize: number): Promise<Summed> {
  const counts = { records: 0, lines: 0, withoutId: 0, unparsed: 0 };
  const blocks: PlacedBlock[] = [];
  const base = 60 * Math.floor((sources[0]?.times?.from ?? 0) / 60_000);
  for (const [index, { source, profile }] of sources.entries()) {
    for (let from = source.start; from < source.storedSize; from += rangeSize) {
      const to = Math.min(from + rangeSize, source.storedSize);
      const job = { source, profile, from, to, base, cancel: cancelFlag() };
      const { block, newlines, records, withoutId, unparsed } = await scanMethods.tabulate(job, () => {});
      blocks.push({ block, source: index, from });
      counts.records += records;
      counts.lines += newlines;
      counts.withoutId += withoutId;
      counts.unparsed += unparsed;
    }
  }
  const table = new TraceTable(blocks, null);
  const readAgain = table.inexactCount;
  const run = (method: string, job: object) =>
    scanMethods[method as 'summarise'](
      { ...(job as Parameters<typeof scanMethods.summarise>[0]), cancel: cancelFlag() },
      () => {},
    );
  await readInexact({ pool: { run: run as never }, workers: 1 }, table, sources, { signal: undefined, known: null });
  const traces = Array.from({ length: table.size }, (_, row) => table.rowAt(row));
  return { traces: sorted(traces), readAgain, ...counts };
}

/** What the records themselves say: every one is read, every trace assembled. Sources of one ID a record only. */
export function byRecords(sources: readonly ProfiledSource[]): Summed {
  const groups = new Map<string, { ids: string[]; records: LogRecord[] }>();
  const counts = { records: 0, lines: 0, withoutId: 0, unparsed: 0, readAgain: 0 };
  for (const { source, profile } of sources) {
    const reader = readerOf(source, profile);
    const bytes = readFileSync(source.id);
    const framer = framerOf(profile, reader, frame => {
      for (const { record } of readFrame(frame, source, reader)) {
        counts.records++;
        if (record.format === 'text' && profile.format !== 'text' && record.time === null) counts.unparsed++;
        if (record.correlationIds.length === 0) counts.withoutId++;
        for (const { id } of record.correlationIds) {
          const group = groups.get(joinKey(id)) ?? { ids: [], records: [] };
          groups.set(joinKey(id), group);
          group.ids.push(id);
          group.records.push(record);
        }
      }
    });
    framer.push(bytes);
    framer.finish();
    counts.lines += bytes.toString('latin1').split('\n').length - (bytes.at(-1) === 0x0a ? 1 : 0);
  }
  const traces = [...groups.values()].map(({ ids, records }) => {
    const correlationId = ids.reduce((a, b) => (b < a ? b : a));
    return summaryDocument(summarise(assembleTrace({ correlationId, records })));
  });
  return { traces: sorted(traces), ...counts };
}

const sorted = (traces: TraceSummaryDocument[]): TraceSummaryDocument[] =>
  traces.sort((a, b) => (a.correlationId < b.correlationId ? -1 : 1));
