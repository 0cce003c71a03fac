import { spanLineParts } from '../../formats/spanLine';
import type { FieldRole } from '../../model/fieldRole';
import type { RoleBinding } from '../../model/sourceProfile';
import type { NameCensus } from '../nameCensus';

const noCaller = /^(?:null|none|nil|root|undefined|n\/a|-|0+)$/i;
/** Share of the records that must be such lines. */
const enough = 0.8;

/**
 * Roles of lines that end in `caller->span`, where the arrows of the sample make trees: nearly all records have one,
 * each span is named once, and each caller is a span, too, or none. Of the two words before it, the one that caller and
 * span share is the trace, the other the service. `null` where that is not so: arrows between pages or states.
 */
export function arrowRoles(names: NameCensus): Partial<Record<FieldRole, RoleBinding>> | null {
  const counts = spanLineParts.map(part => names.get(part));
  const [first, second, from, to] = counts.map(count => count?.values ?? []);
  if (!first || !second || !from || !to || (counts[3]?.count ?? 0) < enough * names.records) return null;
  const calls = from.flatMap((caller, at) => (noCaller.test(caller) ? [] : [{ caller, at }]));
  if (calls.length === 0 || calls.length === from.length) return null;
  // The sample of a long source ends before some callers are written: a call is logged when it is over.
  const isWhole = to.length === counts[3]?.count && to.length === names.records;
  const needed = isWhole ? calls.length : calls.length / 2;

  const groupsBy = (words: readonly string[]): boolean => {
    const spans = new Set(to.map((span, at) => `${words[at]} ${span}`));
    const known = calls.filter(({ caller, at }) => spans.has(`${words[at]} ${caller}`));
    return spans.size === to.length && known.length >= needed;
  };
  const group = groupsBy(first) ? 0 : groupsBy(second) ? 1 : null;
  if (group === null) return null;
  const bind = (at: number): RoleBinding => ({ fields: [spanLineParts[at]!], evidence: 'position' });
  return { correlationId: bind(group), service: bind(1 - group), previousStepId: bind(2), stepId: bind(3) };
}
