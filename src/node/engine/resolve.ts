import type { LogRecord } from '../../common/model/logRecord';
import { joinKey } from '../../common/profile/ids';
import type { LookupResult } from '../../common/protocol/logEngine';
import { assembleTrace } from '../../common/trace/assembleTrace';
import { choicesOf } from './choices';
import { targetOf } from './lookupInput';
import { lookupNotes } from './lookupNotes';
import { completenessOf, type LookupRun, searchId, type TargetOutcome } from './lookupRun';
import { type PivotRole, pivotRoles } from './membership';
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

function traceResult(
  run: LookupRun,
  { found, target, outcome, notes }: TargetOutcome,
  records: LogRecord[],
): LookupResult {
  const input = {
    correlationId: shownId(target, records),
    records,
    mentions: found.mentions.map(({ record }) => record),
    notes: [...lookupNotes(found, target, records), ...notes],
  };
  const trace = assembleTrace(input);
  const completeness = completenessOf(run, outcome, trace.records.length);
  return { kind: 'trace', trace: run.progress.complete(trace, completeness, input).header(), completeness };
}
