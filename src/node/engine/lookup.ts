import type { LogRecord } from '../../common/model/logRecord';
import type { Note } from '../../common/model/note';
import { allowedSpellings, joinKey, spellingsOf } from '../../common/profile/ids';
import type { Completeness } from '../../common/protocol/documents';
import {
  EngineError,
  type LookupOptions,
  type LookupRequest,
  type LookupResult,
} from '../../common/protocol/logEngine';
import { assembleTrace } from '../../common/trace/assembleTrace';
import type { Skipped } from '../sources/skipped';
import { choicesOf } from './choices';
import type { Engine } from './engine';
import type { Found } from './findings';
import { hintsFor } from './hints';
import { listTraces } from './list';
import { readInput, targetOf } from './lookupInput';
import { fallbackNote, lookupNotes } from './lookupNotes';
import { LookupProgressReporter } from './lookupProgress';
import { type PivotRole, pivotRoles } from './membership';
import type { ProfiledSource } from './profiles';
import type { SearchTarget } from './scanJobs';
import { type SearchOutcome, search } from './search';

/** Roles that say who or what a request is about: they lead to a choice, however many traces there are. */
const aboutRoles: readonly string[] = ['userId', 'sessionId', 'entityId', 'organizationId'] satisfies PivotRole[];

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

/** Finds what belongs to an ID or to a query, without an index. @throws AbortError, EngineError */
export async function lookup(engine: Engine, request: LookupRequest, options: LookupOptions): Promise<LookupResult> {
  const input = readInput(request.text);
  const { signal, onProgress } = options;
  if (input.kind === 'query') return traceQuery(engine, request, options, input.text);
  const started = performance.now();
  const { profiled, skipped } = await engine.profiledSources(request.only, signal);
  const progress = new LookupProgressReporter(engine.held, onProgress);
  const run: LookupRun = { engine, sources: profiled, skipped, started, signal, progress };
  try {
    let last: TargetOutcome | null = null;
    for (const id of input.ids) {
      last = await searchId(run, targetOf(id));
      const result = await resolve(run, last, input.role);
      if (result) return result;
    }
    if (!last) throw new EngineError('There is nothing to look for.');
    const completeness = completenessOf(run, last.outcome, 0);
    return { kind: 'notFound', completeness, hints: hintsFor(run, input.ids, last) };
  } finally {
    progress.end();
  }
}

/** Searches for one ID: first in the spellings that IDs have in each source, then in all. */
export async function searchId(run: LookupRun, target: SearchTarget): Promise<TargetOutcome> {
  const first = await searchSpellings(run, target, source => allowedSpellings(target.id, source.profile.idSpellings));
  if (first.found !== null && !isEmpty(first.found)) return { ...first, notes: first.outcome.notes };
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

/** The role of what was found decides what it leads to; `null` where it leads nowhere. */
async function resolve(run: LookupRun, searched: TargetOutcome, asked: PivotRole | null): Promise<LookupResult | null> {
  const { found, target } = searched;
  if (asked !== null) {
    const records = found.roles.get(asked);
    return records ? pivot(run, searched, asked, records) : null;
  }
  if (found.group.length > 0) return traceResult(run, searched, [...found.group, ...found.bare]);
  for (const role of pivotRoles) {
    const records = found.roles.get(role);
    if (records) return pivot(run, searched, role, records);
  }
  if (found.bare.length > 0) return traceResult(run, searched, found.bare);
  const [mention] = found.mentions;
  const records = found.mentions.map(({ record }) => record);
  return mention ? pivot(run, { ...searched, target }, mention.field ?? 'text', records) : null;
}

/** From records that hold an ID in another role to the traces that they belong to. */
async function pivot(
  run: LookupRun,
  searched: TargetOutcome,
  role: string,
  records: LogRecord[],
): Promise<LookupResult> {
  const ids = new Map<string, string>();
  for (const { correlationIds } of records) {
    const [strongest] = correlationIds;
    if (strongest && !ids.has(joinKey(strongest.id))) ids.set(joinKey(strongest.id), strongest.id);
  }
  // Records that name a step or a message but no group: they are all there is.
  if (ids.size === 0) return traceResult(run, searched, [...records, ...searched.found.bare]);
  const [only] = ids.values();
  if (ids.size === 1 && only !== undefined && !aboutRoles.includes(role)) {
    const next = await searchId(run, targetOf(only));
    return traceResult(run, next, [...next.found.group, ...next.found.bare]);
  }
  const { traces, notes, outcome } = await choicesOf(run, [...ids.values()]);
  const completeness = completenessOf(run, outcome ?? searched.outcome, null);
  return { kind: 'choices', role, traces, notes: [...searched.notes, ...notes], completeness };
}

function traceResult(
  run: LookupRun,
  { found, target, outcome, notes }: TargetOutcome,
  records: LogRecord[],
): LookupResult {
  const trace = assembleTrace({
    correlationId: shownId(target, records),
    records,
    mentions: found.mentions.map(({ record }) => record),
    notes: [...lookupNotes(found, target, records), ...notes],
  });
  const completeness = completenessOf(run, outcome, trace.records.length);
  return { kind: 'trace', trace: run.progress.complete(trace, completeness).header(), completeness };
}

/** The ID as the log spells it; as it was asked for where the log has it only in texts. */
export function shownId(target: SearchTarget, records: readonly LogRecord[]): string {
  const spelled = records.flatMap(({ correlationIds }) =>
    correlationIds.flatMap(({ id }) => (target.keys.includes(joinKey(id)) ? [id] : [])),
  );
  return spelled.includes(target.id) ? target.id : (spelled.sort()[0] ?? target.id);
}

function completenessOf(run: LookupRun, outcome: SearchOutcome, recordsOfTrace: number | null): Completeness {
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

async function traceQuery(
  engine: Engine,
  request: LookupRequest,
  { signal }: LookupOptions,
  filter: string,
): Promise<LookupResult> {
  const only = request.only ? { only: request.only } : {};
  const { traces, notes, completeness } = await listTraces(engine, { filter, ...only }, signal);
  if (traces.length === 0) {
    return { kind: 'notFound', completeness, hints: [`No trace fits “${filter}”. Try it with fewer conditions.`] };
  }
  return { kind: 'choices', role: 'query', traces, notes, completeness };
}
