import { groupsOf } from '../formats/userFormat';
import { type FieldRole, fieldRoles } from '../model/fieldRole';
import type { RoleBinding, UserFormat } from '../model/sourceProfile';
import { plainName } from './fieldNames';
import type { NameCensus } from './nameCensus';
import type { ProfileOverrides } from './profileOverrides';

type Roles = Partial<Record<FieldRole, RoleBinding>>;

/** What the user says of all sources, while nobody knows yet whether this one has such fields. */
export function commonRoles({ commonFields = {} }: ProfileOverrides): Roles {
  return Object.fromEntries(Object.entries(commonFields).map(([role, fields]) => [role, { fields, evidence: 'name' }]));
}

/**
 * Roles of a source after what the user says of all sources, and by the groups of the user's formats, which have the role
 * that they are named like. What the user says of this very source is among `roles` and stays.
 */
export function rolesSaid(
  roles: Roles,
  names: NameCensus,
  userFormats: readonly UserFormat[],
  { fields = {}, commonFields = {} }: ProfileOverrides,
): Roles {
  const said = { ...roles };
  const seen = new Set(names.all().map(({ name }) => plainName(name)));
  const groups = new Set(userFormats.flatMap(groupsOf));
  for (const role of fieldRoles) {
    if (fields[role]) continue;
    const common = commonFields[role];
    const found = roles[role];
    if (common?.some(name => seen.has(plainName(name)))) said[role] = { fields: common, evidence: 'user' };
    // Other sources are meant; should the fields come up later in this one, they count beside what it has.
    else if (common && found) said[role] = { ...found, fields: [...found.fields, ...common] };
    else if (common) said[role] = { fields: common, evidence: 'user' };
    else if (groups.has(role)) {
      const others = found?.fields.filter(field => field !== role) ?? [];
      said[role] = { fields: [role, ...others], evidence: 'user' };
    }
  }
  return said;
}
