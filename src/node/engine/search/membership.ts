import { joinKey } from '../../../common/profile/ids';
import type { ReadRecord } from '../../../common/profile/recordReader';

/** What an ID can be in a record beside its group, strongest first. */
export const pivotRoles = [
  'messageId',
  'stepId',
  'toolCallId',
  'previousStepId',
  'userId',
  'sessionId',
  'entityId',
  'organizationId',
] as const;
export type PivotRole = (typeof pivotRoles)[number];

/** What is looked for: the keys by which IDs are compared and the spellings to find in the bytes. */
export interface SearchTarget {
  id: string;
  keys: string[];
  weak: boolean;
}

/** What a record that holds an ID has to do with it. */
export type Membership =
  /** The ID is (one of) the record's group IDs. */
  | { kind: 'group'; field: string }
  | { kind: 'role'; role: PivotRole }
  /** The record has no group ID and holds this one somewhere. */
  | { kind: 'bare' }
  /** The record belongs to another group and names this ID in `field` or in its text. */
  | { kind: 'mention'; field: string | null }
  /** The ID is so short or common that what was found may be anything. */
  | { kind: 'weak' };

const idName = /(?:^|[a-z0-9_.\- ])(?:id|key|uuid|guid|number|no|nr|ref)s?$/i;

/** Decides by the fields of a record that holds one of the target's spellings. */
export function membershipOf({ record, fields }: ReadRecord, target: SearchTarget): Membership {
  const same = (value: string | null) => value !== null && target.keys.includes(joinKey(value));
  const group = record.correlationIds.find(({ id }) => same(id));
  if (group) return { kind: 'group', field: group.field };
  for (const role of pivotRoles) {
    const found = role === 'previousStepId' ? record.previous.some(({ id }) => same(id)) : same(record[role]);
    if (found) return { kind: 'role', role };
  }
  const field = fields.find(({ value }) => same(value));
  if (target.weak && !(field && idName.test(field.name))) return { kind: 'weak' };
  return record.correlationIds.length === 0 ? { kind: 'bare' } : { kind: 'mention', field: field?.name ?? null };
}
