import type { LogRecord } from '../../../common/model/logRecord';
import { joinKey } from '../../../common/profile/ids';
import type { LookupResult } from '../../../common/protocol/logEngine';
import { type AssembleInput, assembleTrace } from '../../../common/trace/assembleTrace';
import { markOf, unmarked } from '../../sources/readMark';
import type { ProfiledSource } from '../scan/scanJobs';
import { recordsOf } from '../search/foundRecords';
import { type PivotRole, pivotRoles } from '../search/membership';
import { choicesOf } from './choices';
import type { LookedUp } from './lookedUp';
import { targetOf } from './lookupInput';
import { lookupNotes } from './lookupNotes';
import { completenessOf, type LookupRun, searchId, type TargetOutcome } from './lookupRun';
import { shownId } from './shownId';

/** Roles that say who or what a request is about: they lead to a choice, however many traces there are. */
const aboutRoles: readonly string[] = ['userId', 'sessionId', 'entityId', 'organizationId'] satisfies PivotRole[];

/** The role of what was found decides what it leads to; `null` where it leads nowhere. */
export async function resolve(
  run: LookupRun,
  searched: TargetOutcome,
  asked: PivotRole | null,
): Promise<LookupResult | null> {
  const { found } = searched;
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
  return mention ? pivot(run, searched, mention.field ?? 'text', records) : null;
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
    const members = [...next.found.group, ...next.found.bare];
    // Its file may have been rotated away in between: what led to the ID was read.
    return traceResult(run, next, members.length > 0 ? members : records);
  }
  const { traces, notes, outcome } = await choicesOf(run, [...ids.values()]);
  const completeness = completenessOf(run, outcome ?? searched.outcome, null);
  return { kind: 'choices', role, traces, notes: [...searched.notes, ...notes], completeness };
}

function traceResult(run: LookupRun, searched: TargetOutcome, records: LogRecord[]): LookupResult {
  const { target, outcome, found, notes } = searched;
  const input = assembleInput(searched, records, run.sources);
  const trace = assembleTrace(input);
  const completeness = completenessOf(run, outcome, trace.records.length);
  const held = run.progress.complete(trace, completeness, input);
  held.lookedUp = { target, found, notes, sources: readUpTo(run, searched) };
  return { kind: 'trace', trace: held.header(), completeness };
}

/** Where each source was read up to. Those that hold nothing of the ID need not be known again. */
function readUpTo({ sources }: LookupRun, { found, outcome }: TargetOutcome): LookedUp['sources'] {
  const holding = new Set(recordsOf(found).map(({ location }) => location.source));
  return sources.map(profiled => {
    const { source } = profiled;
    const mark = holding.has(source.id) ? markOf(source, source.storedSize) : unmarked(source);
    const lines = outcome.findings.linesOf(source.id);
    return { profiled, lines, isRead: lines !== null || outcome.there.has(source.id), mark };
  });
}

/** What a trace is assembled from, by what was found of its ID. */
export function assembleInput(
  { found, target, notes }: Pick<TargetOutcome, 'found' | 'target' | 'notes'>,
  records: LogRecord[],
  sources: readonly ProfiledSource[],
): AssembleInput {
  return {
    correlationId: shownId(target, records),
    records,
    mentions: found.mentions.map(({ record }) => record),
    notes: [...lookupNotes(found, target, records), ...notes],
    zones: new Map(sources.map(({ source, profile }) => [source.id, profile.timezone])),
  };
}
