import { AbortError } from '../../../common/protocol/rpcChannel';
import type { RemoteSources } from '../../remote/remoteSources';
import { hasRanges, isPartial, type SourceRef } from '../../sources/byteSource';
import type { Stretch } from '../../sources/heldBlocks';
import type { ScanJobs, ScanMethod } from './scanJobs';
import type { RunOptions } from './scanPool';

/** What may be read of a source before and behind the range of a job: a record goes on. In bytes. */
const around = 64 * 1024;

/**
 * Runs a job, of which the bytes may still be on another machine: what it surely reads is fetched first, and if it meets
 * with what is not here it runs again. What it tells on its way is handed on when it is done, so that nothing is told twice.
 */
export async function runHeld<Method extends ScanMethod>(
  job: object,
  options: RunOptions<Method>,
  remote: RemoteSources,
  run: (options: RunOptions<Method>) => Promise<ScanJobs[Method]['result']>,
): Promise<ScanJobs[Method]['result']> {
  const sources = sourcesOf(job);
  if (!sources.some(isPartial)) return run(options);
  const { signal } = options;
  for (const source of sources.filter(isPartial)) {
    if (signal?.aborted) throw new AbortError();
    await remote.hold(fileOf(source).id, stretchesOf(job, source), signal);
  }
  let parts: ScanJobs[Method]['part'][] = [];
  const result = await remote.reading(() => {
    parts = [];
    return run({ ...options, onPart: part => void parts.push(part) });
  }, signal);
  for (const part of parts) options.onPart?.(part);
  return result;
}

function sourcesOf(job: object): SourceRef[] {
  if ('source' in job) return [job.source as SourceRef];
  return 'sources' in job ? (job.sources as { source: SourceRef }[]).map(({ source }) => source) : [];
}

/** What a job is sure to read of a source. */
function stretchesOf(job: object, source: SourceRef): Stretch[] {
  const all = { from: 0, to: Number.MAX_SAFE_INTEGER };
  if (!hasRanges(source)) return [all];
  const ranges = 'spans' in job ? (job.spans as Stretch[]) : 'from' in job && 'to' in job ? [job as Stretch] : [];
  // Offsets in a member are not those of its archive.
  if (source.member) return ranges.length > 0 ? [all] : [];
  return ranges.map(({ from, to }) => ({ from: Math.max(0, from - around), to: Math.min(all.to, to + around) }));
}

const fileOf = (source: SourceRef): SourceRef => (source.member ? fileOf(source.member.archive) : source);
