import type { Note } from '../../common/model/note';
import { Coverage } from '../../common/profile/coverage';
import type { DetectDocument, DetectedSource } from '../../common/protocol/documents';
import { EngineError } from '../../common/protocol/logEngine';
import { AbortError } from '../../common/protocol/rpcChannel';
import { type Skipped, unreadable } from '../sources/discover/skipped';
import type { Engine } from './engine';
import { rangesOf } from './scan/ranges';
import { mostExamples } from './scan/samples';
import type { Postings, ProfiledSource } from './scan/scanJobs';
import { distinctNotes, sourceNote } from './search/search';

/**
 * How each source is read; with `full` the counts are of all records, else of a sample; with `samples` some records are
 * shown. @throws AbortError, EngineError
 */
export async function detectSources(
  engine: Engine,
  { full, samples = false }: { full: boolean; samples?: boolean },
  signal: AbortSignal | undefined,
): Promise<DetectDocument> {
  const { profiled, skipped } = await engine.profiledSources({}, signal);
  const failed: Skipped[] = [];
  const found: Note[] = [];
  const sources = await Promise.all(
    profiled.map(async source => {
      try {
        const shown = samples ? await engine.profiles.samplesOf(source.source, signal) : null;
        const detected = full ? await countAll(engine, source, found, signal) : source.detected;
        return { ...detected, samples: shown };
      } catch (error) {
        if (error instanceof AbortError || error instanceof EngineError) throw error;
        failed.push({ source: source.source.id, reason: unreadable(error) });
        return source.detected;
      }
    }),
  );
  const damaged = profiled.flatMap(({ source, note }) => (note ? [sourceNote(source.id, note)] : []));
  return { sources, notes: distinctNotes([...damaged, ...found, ...[...skipped, ...failed].map(skippedNote)]) };
}

async function countAll(
  engine: Engine,
  source: ProfiledSource,
  notes: Note[],
  signal: AbortSignal | undefined,
): Promise<DetectedSource> {
  const ranges = rangesOf(source, engine.workers);
  const all = await Promise.all(ranges.map(range => engine.pool.run('collect', range, { signal, background: true })));
  for (const { note } of all) if (note) notes.push(sourceNote(source.source.id, note));
  const total = (of: (postings: (typeof all)[number]) => number) =>
    all.reduce((sum, postings) => sum + of(postings), 0);
  const records = total(postings => postings.records);
  return {
    ...source.detected,
    records,
    lines: total(postings => postings.newlines),
    unparsed: total(postings => postings.unparsed),
    recordsWithCorrelationId: records - total(postings => postings.withoutId),
    distinctCorrelationIds: new Set(all.flatMap(({ strongest }) => strongest)).size,
    coverage: coverageOf(all),
    unparsedExamples: examplesOf(all),
  };
}

function coverageOf(all: readonly Postings[]): DetectedSource['coverage'] {
  const coverage = new Coverage();
  for (const postings of all) coverage.merge(postings.coverage);
  return coverage.rows();
}

/** The first ones, with their lines in the source: those of a range count from its beginning. */
function examplesOf(all: readonly Postings[]): DetectedSource['unparsedExamples'] {
  const examples: DetectedSource['unparsedExamples'] = [];
  let before = 0;
  for (const { unparsedExamples, newlines } of all) {
    for (const { linesBefore, text } of unparsedExamples) examples.push({ line: before + linesBefore + 1, text });
    before += newlines;
  }
  return examples.slice(0, mostExamples);
}

export const skippedNote = ({ source, reason }: Skipped): Note => ({
  kind: 'skippedSource',
  count: 1,
  text: `${source} is not read: ${reason}.`,
  steps: [],
  records: [],
});
