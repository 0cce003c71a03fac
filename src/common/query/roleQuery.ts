/** The roles whose value leads from one trace to others. */
export const pivotRoles = ['userId', 'sessionId', 'entityId', 'organizationId'] as const;
export type PivotRole = (typeof pivotRoles)[number];

const fields: Record<PivotRole, string> = {
  userId: 'user',
  sessionId: 'session',
  entityId: 'entity',
  organizationId: 'organization',
};

/** `user = "Jane Doe"`: the role goes with the value, which may be a mere word. */
export function roleQuery(role: PivotRole, value: string): string {
  const quote = value.includes('"') ? "'" : '"';
  // The grammar has no way to write both quotes in one value.
  return value.includes(quote) ? value : `${fields[role]} = ${quote}${value}${quote}`;
}
