import type { FieldRole } from '../model/fieldRole';
import type { CorrelationIdValue, PreviousPointer } from '../model/logRecord';
import type { SourceProfile } from '../model/sourceProfile';
import type { Binding } from './bindings';
import { isIdRole } from './fieldNames';
import { httpMethod } from './httpMethod';
import { compoundId, dottedOrder, groupIdIn } from './idShapes';
import { isId, isWeakId, joinKey, looksLikeTag } from './ids';
import { outcomeOf, phaseOfValue } from './phase';
import type { ReadField } from './recordReader';
import { SpanPointers } from './spanPointers';

/** A field that carries a role in one record. */
export interface Candidate {
  field: ReadField;
  binding: Binding;
}

/** The fields of one record by role, strongest first. */
export interface RoleSlots {
  best(role: FieldRole): string | null;
  all(role: FieldRole): readonly Candidate[];
}

const none: readonly Candidate[] = [];
/** What an error field says where nothing failed. */
const noError = /^(?:false|0|no|none|null|nil|ok|)$/i;
const placeholder = /^[(<]?(?:|-|--|null|nil|none|undefined|n\/a)[)>]?$/i;

/** Sorts the fields of a record into roles, and marks each with the role that it is shown by. */
export function slotsOf(fields: ReadField[], bindingsOf: (name: string) => readonly Binding[]): RoleSlots {
  const slots = new Map<FieldRole, Candidate[]>();
  for (const field of fields) {
    for (const binding of bindingsOf(field.name)) {
      if (!mayCarry(binding, field.value)) continue;
      if (field.role === null) {
        field.role = binding.role;
        field.evidence = binding.evidence;
      }
      const slot = slots.get(binding.role);
      if (!slot) slots.set(binding.role, [{ field, binding }]);
      else insert(slot, { field, binding });
    }
  }
  return {
    best: role => slots.get(role)?.[0]?.field.value ?? null,
    all: role => slots.get(role) ?? none,
  };
}

/** Keeps a slot sorted by rank; of equals the first stays first, of ASP.NET's scopes the innermost, which comes last. */
function insert(slot: Candidate[], candidate: Candidate): void {
  const { rank } = candidate.binding;
  const innermost = candidate.field.name.startsWith('Scopes.');
  let at = slot.length;
  while (at > 0) {
    const before = slot[at - 1]?.binding.rank ?? 0;
    if (before < rank || (before === rank && !innermost)) break;
    at--;
  }
  slot.splice(at, 0, candidate);
}

/** What Rails' cookie store writes for a session: all of its data (marshalled, in base64), no ID. */
const cookieSession = /^BAh[A-Za-z0-9+/]{20}/;

function mayCarry({ role, doubtful, plain, shaped }: Binding, value: string): boolean {
  // Event and status fields are often about something else.
  if (role === 'phase') return phaseOfValue(value) !== null || value.includes(' ');
  if (role === 'status') return outcomeOf(plain, value) !== null || phaseOfValue(value) !== null;
  if (role === 'exception') return !noError.test(value);
  if (role === 'codeLocation' && httpMethod.test(value)) return false;
  // An object that stands in a text is no name.
  if ((role === 'service' || role === 'host') && value.startsWith('{')) return false;
  if (!isIdRole(role)) return !placeholder.test(value);
  if (role === 'userId' && !isId(value)) return value.length < 256 && !placeholder.test(value);
  if (role === 'previousStepId') return value.length < 4096 && value !== '';
  // A path of runs may be longer than any ID.
  if (plain === 'dottedorder') return dottedOrder(value) !== null;
  if (!isId(value) || cookieSession.test(value)) return false;
  if (shaped) return looksLikeTag(value);
  return !doubtful || !isWeakId(value);
}

/** Names of a conversation: beside them a `CorrelationId` matches replies and groups nothing (field-names §1.2). */
const conversation = /conversationid$/;
const replyMatching = /^(?:nservicebus)?correlationid$/;

/** Every group ID of a record, strongest name first, each once. */
export function correlationIdsOf(slots: RoleSlots): CorrelationIdValue[] {
  const candidates = slots.all('correlationId');
  if (candidates.length === 0) return [];
  const [only] = candidates;
  if (candidates.length === 1 && only) return [{ id: groupIdIn(only.field.value), field: only.field.name }];
  const hasConversation = candidates.some(({ binding }) => conversation.test(binding.plain));
  const ids: CorrelationIdValue[] = [];
  const seen = new Set<string>();
  for (const { field, binding } of candidates) {
    if (hasConversation && replyMatching.test(binding.plain)) continue;
    const id = groupIdIn(field.value);
    const key = joinKey(id);
    if (seen.has(key)) continue;
    seen.add(key);
    ids.push({ id, field: field.name });
  }
  return ids;
}

/** The group IDs of a record with that of its source, which comes last. */
export function withSourceGroup(
  ids: CorrelationIdValue[],
  { sourceGroup }: Pick<SourceProfile, 'sourceGroup'>,
  fields: readonly ReadField[],
): CorrelationIdValue[] {
  if (!sourceGroup) return ids;
  const { id, field } = sourceGroup;
  const key = joinKey(id);
  if (ids.some(own => joinKey(own.id) === key)) return ids;
  const isSaid = fields.some(({ name, value }) => name === field && value === id);
  return [...ids, isSaid ? { id, field } : { id, field, ofSource: true }];
}

const separators = /[\s,;|[\]"'{}]+/;

/** Every pointer of a record to a previous step; several IDs in one value are several pointers. */
export function previousOf(slots: RoleSlots, stepId: string | null, fields: readonly ReadField[]): PreviousPointer[] {
  const pointers: PreviousPointer[] = [];
  const add = (id: string, meaning: PreviousPointer['meaning']) => {
    if (isId(id) && id !== stepId && !pointers.some(pointer => pointer.id === id)) pointers.push({ id, meaning });
  };
  const named = slots.all('previousStepId');
  const spans = named.length > 0 ? new SpanPointers(fields, correlationIdsOf(slots)) : null;
  for (const { field, binding } of named) {
    const meaning = spans?.meaningOf(field, binding.meaning);
    if (meaning) for (const id of field.value.split(separators)) add(id, meaning);
  }
  // The parent part of a traceparent is the caller's span (W3C Trace Context §3.2.2.4).
  for (const { field } of slots.all('correlationId')) {
    const parent = field.value.length > 32 ? compoundId(field.value)?.parent : null;
    if (parent) add(parent, 'encloses');
  }
  return pointers;
}
