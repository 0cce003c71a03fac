import type { Note } from '../../common/model/note';
import { allowedSpellings, spellingsOf } from '../../common/profile/ids';
import type { Completeness } from '../../common/protocol/documents';
import type { Skipped } from '../sources/skipped';
import type { Engine } from './engine';
import type { Found } from './findings';
import { fallbackNote } from './lookupNotes';
import type { LookupProgressReporter } from './lookupProgress';
import type { SearchTarget } from './membership';
import type { ProfiledSource } from './scanJobs';
import { type SearchOutcome, search } from './search';

/** One look-up: what it searches, and what it has read until now. */
export interface LookupRun {
  engine: Engine;
  sources: ProfiledSource[];
  skipped: Skipped[];
  started: number;
  signal: AbortSignal | undefined;
  progress: LookupProgressReporter;
}

/** What a search found of one target, with all that is to tell about it. */
export interface TargetOutcome {
  target: SearchTarget;
  found: Found;
  outcome: SearchOutcome;
  notes: Note[];
}

/** Searches for one ID: first in the spellings that IDs have in each source, then in all. */
export async function searchId(run: LookupRun, target: SearchTarget): Promise<TargetOutcome> {
  const first = await searchSpellings(run, target, source => allowedSpellings(target.id, source.profile.idSpellings));
  if (!isEmpty(first.found)) return { ...first, notes: first.outcome.notes };
  const widened = run.sources.some(
    ({ profile }) => allowedSpellings(target.id, profile.idSpellings).length < spellingsOf(target.id).length,
  );
  if (!widened) return { ...first, notes: first.outcome.notes };
  const second = await searchSpellings(run, target, () => spellingsOf(target.id));
  const note = isEmpty(second.found) ? [] : [fallbackNote(target.id, second.found.group)];
  return { ...second, notes: [...second.outcome.notes, ...note] };
}

async function searchSpellings(run: LookupRun, target: SearchTarget, spellings: (source: ProfiledSource) => string[]) {
  const outcome = await search(run.engine.pool, {
    sources: run.sources,
    targets: [target],
    spellings: source => [spellings(source)],
    workers: run.engine.workers,
    signal: run.signal,
    onChange: state => run.progress.report(state, target, run.sources.length),
  });
  const [found] = outcome.findings.found;
  if (!found) throw new Error('A search has findings for each of its targets.');
  return { target, found, outcome };
}

const isEmpty = ({ group, roles, bare, mentions }: Found): boolean =>
  group.length + roles.size + bare.length + mentions.length === 0;

/** What was read for an answer. */
export function completenessOf(run: LookupRun, outcome: SearchOutcome, recordsOfTrace: number | null): Completeness {
  return {
    sources: run.sources.length - outcome.skipped.length,
    bytesRead: outcome.decodedBytes,
    lines: outcome.lines,
    records: null,
    recordsOfTrace,
    unparsed: null,
    skippedSources: [...run.skipped, ...outcome.skipped],
    elapsedMs: Math.round(performance.now() - run.started),
  };
}
