import { type FieldRole, fieldRoles } from '../model/fieldRole';
import type { Evidence, SourceProfile } from '../model/sourceProfile';
import { canonicalName, type KnownName, knownName, plainName } from './fieldNames';

/** What one field name means in one source. */
export interface Binding extends Omit<KnownName, 'role' | 'deep'> {
  role: FieldRole;
  evidence: Evidence;
  /** Only a value that looks like an ID with nothing beside it may be taken. */
  shaped: boolean;
}

/** Names that a hostile log can make us remember. */
const cacheCap = 4096;
/** Ranks of names that the sample did not show are behind those that it did. */
const unseen = 100;

/**
 * Resolves field names by a profile: the user's fields alone carry their role; then come the profile's, then known
 * names that the sample did not show. A name may carry two roles (a session ID that also groups): the first is shown.
 */
export function compileBindings({ roles }: Pick<SourceProfile, 'roles'>): (name: string) => readonly Binding[] {
  const byName = new Map<string, Binding[]>();
  const owned = new Set<FieldRole>();
  // Where the data shows the group, a doubtful name that the sample did not have (a job's, a task's) is none.
  const shown = roles.correlationId?.evidence === 'data' || roles.correlationId?.evidence === 'position';
  const ordered = [...fieldRoles].sort(
    (a, b) => Number(roles[b]?.evidence === 'user') - Number(roles[a]?.evidence === 'user'),
  );
  for (const role of ordered) {
    const bound = roles[role];
    if (!bound) continue;
    const { fields, evidence } = bound;
    if (evidence === 'user') owned.add(role);
    for (const [rank, field] of fields.entries()) {
      const known = knownName(field.replaceAll('[]', ''));
      const key = plainName(field);
      const binding: Binding = {
        role,
        rank,
        evidence,
        plain: known?.plain ?? key,
        meaning: known?.role === role ? known.meaning : 'either',
        doubtful: evidence !== 'user' && known?.role === role && known.doubtful,
        shaped:
          evidence !== 'user' && (known?.plain === 'trace' || (role === 'correlationId' && known?.role === 'thread')),
      };
      const present = byName.get(key);
      if (!present) byName.set(key, [binding]);
      else if (evidence !== 'user' && present[0]?.evidence !== 'user') present.push(binding);
    }
  }
  const cache = new Map<string, readonly Binding[]>();
  return name => {
    let found = cache.get(name);
    if (!found) {
      if (cache.size >= cacheCap) cache.clear();
      found = byName.get(plainName(canonicalName(name))) ?? unseenName(name, owned, shown);
      cache.set(name, found);
    }
    return found;
  };
}

function unseenName(name: string, owned: ReadonlySet<FieldRole>, shown: boolean): readonly Binding[] {
  const known = knownName(name);
  if (!known || owned.has(known.role)) return [];
  if (shown && known.doubtful && known.role === 'correlationId') return [];
  return [{ ...known, rank: unseen + known.rank, evidence: 'name', shaped: known.plain === 'trace' }];
}
