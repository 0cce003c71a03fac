import type { Evidence } from '../../model/sourceProfile';
import { knownName } from '../fieldNames';
import { isSlot } from './embeddedIds';
import { isWorkNoun, type NounRank, nounless, nounOfName, nounRank } from './idNouns';
import type { Life, Lives } from './lifeCensus';

/** A field or slot whose values hold records together, as the data shows. */
export interface DataGroup {
  name: string;
  evidence: Evidence;
  rank: NounRank;
  /** Records of the sample that have one. */
  records: number;
}

/** Least share of the records that a slot or field is on: where its noun says what it is, and where nothing does. */
const leastShare = { named: 0.04, nameless: 0.1 };
/** Least share of the records for IDs that the sample shows once each. */
const leastShapeShare = 0.5;
/** Of fewer records none can be said to live long. */
const few = 8;
/** Least share of the records for a constant. */
const leastSayingShare = 0.9;
/**
 * Longest life of an ID, as a share of the sample: the middle one of those that recur. A log may begin within one job,
 * whose attempts then live all through its sample; without a noun of work such an ID may be anyone's.
 */
const longestLife = { named: 0.9, nameless: 0.6 };

/**
 * The fields and slots of a sample that carry the ID of a unit of work, the best first; `total`: records of the sample.
 *
 * A value that lives a part of the sample and recurs there is such an ID. A constant is none, nor are a few values that
 * live all through (tenants, machines), what a lasting thing's noun stands beside (`user`, `pod`, `commit`), and numbers
 * that grow from record to record. Values that occur once each are IDs only where they have the shape of a request's ID
 * and are on most records: the sample may well be a slice of a log whose other lines are elsewhere.
 *
 * Of several the better noun wins (request, trace, task, order, then IDs without a noun, sessions, blocks of data), where
 * it is on a fair share of the other's records; then the one on more records. So of `job_…`, `task_…` and `attempt_…`,
 * which contain each other, the level counts at which the log tells its work.
 */
export function groupsByData(lives: readonly Lives[], total: number): DataGroup[] {
  const groups: DataGroup[] = [];
  for (const field of lives) {
    const group = judge(field, total);
    if (group) groups.push(group);
  }
  const most = Math.max(0, ...groups.map(({ records }) => records));
  return groups.filter(({ records }) => records >= most / 5).sort((a, b) => a.rank - b.rank || b.records - a.records);
}

function judge({ name, records, values }: Lives, total: number): DataGroup | null {
  const rank = isSlot(name) ? rankOfSlot(name, values) : rankOfField(name, values);
  if (rank === null) return null;
  const named = rank < nounless;
  const share = records / total;
  if (share < (named ? leastShare.named : leastShare.nameless) || records < 2) return null;
  const evidence: Evidence = name.startsWith('|') ? 'position' : 'data';
  const group: DataGroup = { name, evidence, rank, records };
  const all = [...values.values()];
  // `trace7` says itself what it is, even of the one trace of a file.
  if (all.length === 1) return rank < 2 && /^[a-z]+#$/i.test(name) && share >= leastSayingShare ? group : null;
  const short = isShort(values);
  const longest = named && !short ? longestLife.named : longestLife.nameless;
  if (recurs(all, longest * total, total, short)) return group;
  const single = all.filter(({ count }) => count === 1).length;
  // A bare `id` that is another one on each record is that record's own.
  const isOwn = !isSlot(name) && nounOfName(name) === 'id';
  const isShape = isSlot(name) ? isRequestShape(name) : !isOwn && (isRandom(values) || mostly(values, connection));
  return isShape && share >= leastShapeShare && single >= all.length / 2 ? group : null;
}

/** Whether the values recur, each for at most `longest` of the sample's `total` records. */
function recurs(lives: readonly Life[], longest: number, total: number, short: boolean): boolean {
  const again = lives.filter(({ count }) => count > 1);
  if (again.length < 2 || again.length < lives.length * (short ? 0.5 : 0.3)) return false;
  const spans = again.map(({ first, last }) => last - first + 1).sort((a, b) => a - b);
  const middle = spans[spans.length >> 1] ?? total;
  if (middle > longest && total >= few) return false;
  // Numbers are everywhere: they must go through several steps.
  if (!short) return true;
  return again.filter(({ steps }) => steps.size > 1).length >= again.length / 2;
}

const isShort = (values: ReadonlyMap<string, Life>): boolean =>
  [...values.keys()].every(value => value.length < 8 || /^\d+$/.test(value));

/** What stands in a bracket at the head of a line is what the line is about. */
const tagRank: NounRank = 2;

function rankOfSlot(name: string, values: ReadonlyMap<string, Life>): NounRank | null {
  if (name.startsWith('tag ')) return tagRank;
  // Long numbers in a column may as well be times.
  if (name.startsWith('|')) return mostly(values, /[a-f]/i) ? nounless : null;
  const noun = /^[A-Za-z]+(?=.*#)/.exec(name)?.[0];
  return noun ? nounRank(noun) : nounless;
}

const isRequestShape = (name: string): boolean => !/^(?:0x#|.* #)$/.test(name);

/** Zeek's connection comes before what was seen in it: files, certificates. */
const connectionRank: NounRank = 3;
/** What journald says itself: where a record is stored, of which boot, unit and stream (systemd.journal-fields(7)). */
const journal = /^_{1,2}[A-Z][A-Z\d_]*$/;

/** A field takes part with IDs as values, or with numbers under a noun of work. */
function rankOfField(name: string, values: ReadonlyMap<string, Life>): NounRank | null {
  // The census has only those threads that look like IDs: tags of requests.
  if (knownName(name)?.role === 'thread') return tagRank;
  if (journal.test(name)) return null;
  const noun = nounOfName(name);
  if (noun === 'uid') return mostly(values, connection) ? connectionRank : null;
  const rank = nounRank(noun);
  if (rank === null || noun === '') return null;
  if (noun === 'id') return isRandom(values) ? nounless : null;
  const isNumbered = [...values.keys()].every(value => /\d/.test(value) && !/\s/.test(value));
  return isNumbered && (isWorkNoun(noun) || isRandom(values)) ? rank : null;
}

const random = /^(?:.*[^0-9A-Za-z])?(?=[A-Za-z0-9-]*\d)(?=[A-Za-z0-9-]*[A-Za-z])[0-9A-Za-z-]{16,}$/;
/** Zeek's connections: letters of both cases and digits, where others write the number of a user. */
const connection = /^(?=.*[a-z])(?=.*[A-Z])[0-9A-Za-z]{12,24}$/;

/** Whether the values are long and made of letters and digits, as IDs that a program draws are. */
const isRandom = (values: ReadonlyMap<string, Life>): boolean => mostly(values, random);

/** Whether nine of ten values have a form; a drawn ID may lack one by chance. */
function mostly(values: ReadonlyMap<string, Life>, form: RegExp): boolean {
  let seen = 0;
  let fitting = 0;
  for (const value of values.keys()) {
    if (form.test(value)) fitting++;
    if (++seen === 100) break;
  }
  return seen > 0 && fitting >= 0.9 * seen;
}
