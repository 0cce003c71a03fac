import { type KnownName, knownName } from '../../profile/fieldNames';
import { isId, isWeakId } from '../../profile/ids';
import { phaseOfValue } from '../../profile/phase';
import { severityOf } from '../../profile/severity';
import { durationOf } from '../../profile/time/duration';
import { stampOf } from '../../profile/time/looseStamp';

/** What the fields of a JSON object say of whether it is a record: bits of a set. */
export const evidence = {
  time: 1,
  /** A duration or a phase: that of a record or of a whole batch. */
  event: 2,
  /** A severity or a message. */
  said: 4,
  step: 8,
  stepType: 16,
  group: 32,
} as const;

/** Names that a hostile log can make us remember. */
const cacheCap = 4096;
const names = new Map<string, KnownName | null>();

function known(name: string): KnownName | null {
  let found = names.get(name);
  if (found === undefined) {
    if (names.size >= cacheCap) names.clear();
    found = knownName(name);
    names.set(name, found);
  }
  return found;
}

/** Ranks of a message's names from which on they describe anything (`description`, `text`). */
const vagueMessage = 3;
const longestValue = 4096;
/** Most stamps; a look at their digits is enough here. */
const usualStamp = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/;

/** What a field with this name and raw value tells; 0 where nothing, or where the value belies the name. */
export function evidenceOf(name: string, value: string): number {
  const found = known(name);
  if (!found || value === 'null' || value.length > longestValue) return found?.role === 'message' ? evidence.said : 0;
  const { role, plain, rank, doubtful } = found;
  if (role === 'timestamp') return usualStamp.test(value) || stampOf(value) !== null ? evidence.time : 0;
  if (role === 'duration') return durationOf(name, value) === null ? 0 : evidence.event;
  if (role === 'phase') return phaseOfValue(value) === null ? 0 : evidence.event;
  if (role === 'severity') return severityOf(plain, value) === null ? 0 : evidence.said;
  if (role === 'message') return rank < vagueMessage && value !== '' ? evidence.said : 0;
  if (role === 'stepType') return evidence.stepType;
  if (role === 'stepId') return doubtful || !isId(value) ? 0 : evidence.step;
  if (role === 'correlationId') return isId(value) && !(doubtful && isWeakId(value)) ? evidence.group : 0;
  return 0;
}

/** What an object is known to hold: in its own fields, one object deep, and the items in its arrays that are records. */
export interface Holdings {
  own: number;
  deep: number;
  /** Evidence of records inside, where it can stand against the object's own. */
  inner: number;
}

/** Items with a time and an ID: spans, runs, observations, log records of a trace. */
const hasOwnId = 1;
/** Items with a time and a word of what happened. */
const hasOwnWord = 2;

/** How well an item stands as a record of its own. */
export function standing({ own, deep }: Holdings): number {
  const all = own | deep;
  if (!(all & evidence.time)) return 0;
  return (all & (evidence.group | evidence.step) ? hasOwnId : 0) | (all & evidence.said ? hasOwnWord : 0);
}

/** The standing of a pair of a stamp and a line. */
export const pairStanding = hasOwnWord;

/**
 * Whether an object is a record, and not a batch of them: it says what happened, or which step it is. One that has but a
 * time or a duration may be the head of a trace: not so if it holds items that have a time and IDs of their own.
 */
export function isRecord({ own, deep, inner }: Holdings): boolean {
  if (own & (evidence.said | evidence.step)) return true;
  if (own & evidence.time && own & evidence.stepType) return true;
  if (own & (evidence.time | evidence.event)) return !(inner & hasOwnId);
  return (deep & (evidence.time | evidence.event | evidence.said | evidence.step)) !== 0 && inner === 0;
}

/** Whether an object's own field already settles that it is a record. */
export const isSurelyRecord = (own: number): boolean => (own & (evidence.said | evidence.step)) !== 0;
