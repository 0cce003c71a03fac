import type { FieldRole } from '../model/fieldRole';
import { knownNames } from './knownNames';
import {
  clefNames,
  containers,
  doubtfulNames,
  endingNames,
  innerLists,
  misleadingName,
  otherOnes,
  otherSteps,
  pointerMeaning,
} from './nameContext';

/** What a field's name says. */
export interface KnownName {
  role: FieldRole;
  /** 0 is the strongest name of its role; a name deep inside other objects is a little weaker. */
  rank: number;
  /** The name without dress: the key of the tables. */
  plain: string;
  /** For `previousStepId` only. */
  meaning: 'follows' | 'encloses' | 'either';
  /** Only a value that is clearly an ID (long, not of digits only) may be taken. */
  doubtful: boolean;
  /** It stands inside an object that is not known to hold a record's fields. */
  deep: boolean;
}

interface Entry {
  role: FieldRole;
  rank: number;
  strong: boolean;
}

const entries = new Map<string, Entry>();
for (const [role, { strong = [], weak = [] }] of Object.entries(knownNames) as [FieldRole, Names][]) {
  [...strong, ...weak].forEach((line, rank) => {
    for (const name of line.toLowerCase().split(' ')) {
      // Group roles come first in the table and win over step roles (design §3).
      if (!entries.has(name)) entries.set(name, { role, rank, strong: rank < strong.length });
    }
  });
}
type Names = { strong?: string[]; weak?: string[] };

/** A field's name whatever place in an array it stood at: `Scopes.0.RequestId` → `Scopes[].RequestId`. */
export const canonicalName = (name: string): string => name.replace(/\.\d+(?=\.|$)/g, '[]');

/** A name as names are compared: lower case, without `_`, `-`, `.`, blanks, `$` and a leading `@`. */
export const plainName = (name: string): string =>
  // CloudWatch's is a group of logs, others' is the line.
  name === '@log' ? 'awslog' : name.toLowerCase().replace(/[_\-.@$[\]\s]/g, '');

/**
 * The role that a field's name tells, `null` if none. Nested names are joined by dots: known containers (`contextMap.`,
 * `Scopes.0.`) are looked through, and names that are unmistakable count at any depth.
 */
export function knownName(name: string): KnownName | null {
  if (misleadingName.test(name)) return null;
  const segments = name.split('.').filter(segment => !/^\d+$/.test(segment));
  const plain = segments.map(plainName);
  let inContainers = true;
  let other: KnownName['meaning'] | null = null;
  for (let depth = 0; depth < plain.length; depth++) {
    if (depth > 0) {
      const outer = plain[depth - 1] ?? '';
      if (!containers.has(outer)) inContainers = false;
      if (Object.hasOwn(otherSteps, outer)) other = otherSteps[outer] ?? null;
      // `previousStepId: [{stepId: …}]`: the pointer is what its objects name.
      const pointer = entries.get(outer) ?? pluralOf(outer);
      if (pointer?.role === 'previousStepId') {
        if (plain[depth] === 'id') return toKnown(pointer, outer, depth);
        other = meaningOf(outer);
      }
    }
    const key = plain.slice(depth).join('');
    const entry = entries.get(key) ?? pluralOf(key) ?? timedOf(key);
    if (!entry || !(entry.strong || inContainers)) continue;
    if (clefNames.has(key) && !segments[depth]?.startsWith('@')) continue;
    const found = { ...toKnown(entry, key, depth), deep: !inContainers };
    if (!idRoles.has(found.role) && plain.slice(0, depth).some(outer => innerLists.has(outer))) return null;
    return other ? asPointer(found, other) : found;
  }
  return other ? null : knownEnding(plain.at(-1) ?? '', !inContainers);
}

/** Weaker than every name that is known as a whole. */
const endingRank = 50;

/** A name that ends with a known one: `myapp_trace_id`, `http_x_request_id`. */
function knownEnding(key: string, deep: boolean): KnownName | null {
  const ending = endingNames.find(known => key.endsWith(known));
  const entry = ending && entries.get(ending);
  if (!entry || key.length > 80 || otherOnes.test(key.slice(0, -ending.length))) return null;
  return { ...toKnown(entry, ending, 0), rank: endingRank + entry.rank, deep };
}

/** `previousStepIds`: a list of pointers has its role. */
function pluralOf(key: string): Entry | undefined {
  const entry = key.endsWith('ids') ? entries.get(key.slice(0, -1)) : undefined;
  return entry?.role === 'previousStepId' ? entry : undefined;
}

const timed =
  /^(?:(?:duration|elapsed|elapsedtime|latency|took|timetaken|runtime|(?:response|request|execution|processing|total)(?:time|duration)?)|(time))(?:in)?(?:ns|nano|nanos|nanosec|nanosecs|nanoseconds|us|usec|micro|micros|microsec|microseconds|ms|msec|msecs|milli|millis|millisec|milliseconds|s|sec|secs|seconds)$/;
const timedEntry: Entry = { role: 'duration', rank: 0.5, strong: true };
/** A time with a unit alone may as well be since the epoch. */
const timeEntry: Entry = { role: 'duration', rank: 4, strong: false };

/** `durationInMs`, `processing_ms`, `tookNanos`: what takes time, and a unit. */
function timedOf(key: string): Entry | undefined {
  const match = key.length < 40 && /[sco]$/.test(key) ? timed.exec(key) : null;
  return match ? (match[1] ? timeEntry : timedEntry) : undefined;
}

const meaningOf = (plain: string): KnownName['meaning'] => {
  const key = plain.endsWith('ids') ? plain.slice(0, -1) : plain;
  return Object.hasOwn(pointerMeaning, key) ? (pointerMeaning[key] ?? 'either') : 'either';
};

function toKnown({ role, rank }: Entry, key: string, depth: number): KnownName {
  const plain = key.endsWith('ids') ? key.slice(0, -1) : key;
  return {
    role,
    rank: rank + Math.min(depth, 9) / 10,
    plain,
    meaning: meaningOf(plain),
    doubtful: doubtfulNames.has(plain),
    deep: false,
  };
}

/** What stands in an object about another step points to that step, or says nothing of this one. */
function asPointer(found: KnownName, meaning: KnownName['meaning']): KnownName | null {
  if (found.role === 'previousStepId') return found;
  return found.role === 'stepId' ? { ...found, role: 'previousStepId', meaning } : null;
}

const idRoles: ReadonlySet<FieldRole> = new Set<FieldRole>([
  'correlationId',
  'stepId',
  'previousStepId',
  'messageId',
  'toolCallId',
  'userId',
  'sessionId',
  'entityId',
  'organizationId',
]);

export const isIdRole = (role: FieldRole): boolean => idRoles.has(role);

/** Whether a key names an ID by a known name, or by its ending (`orderId`, `order_id`, `OrderID`, `uuid`). */
export function isIdKey(key: string): boolean {
  if (/(?:[a-z\d]I[dD]|[_\-. ]id|[A-Z]ID|^id|uuid|guid)s?$/.test(key) || /[_\-. ]ID$/.test(key)) return true;
  const known = knownName(key);
  return known !== null && isIdRole(known.role);
}
