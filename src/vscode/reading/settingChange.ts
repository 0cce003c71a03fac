/**
 * New values of settings, from what stands there and what the user says. Pure, so that plain Node tests it; what a person
 * wrote stays as it is.
 */

/** What the user says of one source. */
export interface SourceChange {
  format?: string;
  timezone?: string;
  service?: string;
  stampIs?: 'start' | 'end';
  fields?: Record<string, string[]>;
}

/** `throughline.sources` with a change for one path: in the entry that names it alone, else in a new one. */
export function withSourceChange(entries: readonly unknown[], path: string, change: SourceChange): unknown[] {
  const at = entries.findIndex(entry => isObject(entry) && entry.path === path);
  if (at < 0) return [...entries, { path, ...change }];
  const entry = entries[at] as Record<string, unknown>;
  const fields = change.fields && { fields: { ...(isObject(entry.fields) ? entry.fields : {}), ...change.fields } };
  return entries.with(at, { ...entry, ...change, ...fields });
}

/** `throughline.fields` with a field as the first of a role, and in no other. */
export function withFieldRole(roles: unknown, role: string | null, field: string): Record<string, unknown> {
  const others = Object.entries(isObject(roles) ? roles : {}).flatMap(([name, fields]): [string, unknown][] => {
    const rest = (Array.isArray(fields) ? fields : [fields]).filter(other => other !== field);
    return rest.length > 0 ? [[name, rest]] : [];
  });
  const result = Object.fromEntries(others);
  if (role === null) return result;
  const present = result[role];
  return { ...result, [role]: [field, ...(Array.isArray(present) ? present : [])] };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
