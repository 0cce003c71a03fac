import type { Note } from '../../../common/model/note';
import { allowedSpellings, spellingsOf } from '../../../common/profile/ids';
import type { Completeness } from '../../../common/protocol/documents';
import type { Skipped } from '../../sources/discover/skipped';
import type { Engine } from '../engine';
import type { Indexes } from '../index/indexes';
import type { ProfiledSource } from '../scan/scanJobs';
import type { Found } from '../search/findings';
import type { SearchTarget } from '../search/membership';
import { distinctNotes, type SearchOutcome, search } from '../search/search';
import { fallbackNote } from './lookupNotes';
import type { LookupProgressReporter } from './lookupProgress';

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

/**
 * Searches for one ID: first in the spellings that IDs have in each source, then in all. What the index does not know is
 * searched without it: that takes longer, and tells what may have been meant.
 */
export async function searchId(run: LookupRun, target: SearchTarget): Promise<TargetOutcome> {
  const allowed = (source: ProfiledSource) => allowedSpellings(target.id, source.profile.idSpellings);
  const quick = await searchSpellings(run, target, allowed, run.engine.indexes);
  if (!isEmpty(quick.found)) return { ...quick, notes: quick.outcome.notes };
  const stale = quick.outcome.notes.filter(({ kind }) => kind === 'staleIndex');
  const widened = run.sources.some(
    ({ profile }) => allowedSpellings(target.id, profile.idSpellings).length < spellingsOf(target.id).length,
  );
  if (!widened) {
    const first = quick.outcome.byIndex ? await searchSpellings(run, target, allowed, null) : quick;
    return { ...first, notes: distinctNotes([...stale, ...first.outcome.notes]) };
  }
  const second = await searchSpellings(run, target, () => spellingsOf(target.id), null);
  const note = isEmpty(second.found) ? [] : [fallbackNote(target.id, second.found.group)];
  return { ...second, notes: [...stale, ...second.outcome.notes, ...note] };
}

async function searchSpellings(
  run: LookupRun,
  target: SearchTarget,
  spellings: (source: ProfiledSource) => string[],
  indexes: Indexes | null,
) {
  const outcome = await search(run.engine.pool, {
    sources: run.sources,
    targets: [target],
    spellings: source => [spellings(source)],
    workers: run.engine.workers,
    indexes,
    remote: run.engine.remote,
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
