import type { FieldRole } from '../../model/fieldRole';
import type { RoleBinding, SourceGroup } from '../../model/sourceProfile';
import { canonicalName, isIdKey, knownName } from '../fieldNames';
import { bareHex } from '../idShapes';
import { isId, isWeakId } from '../ids';
import type { NameCensus } from '../nameCensus';
import type { ReadField } from '../recordReader';
import { nounOfName, nounRank } from './idNouns';

/** First records of a source, in which it may say what it is about. */
export const introduction = 3;

/** In the place of a field, where no record names the group. */
export const fileName = 'file name';
const uuid = /(?<![\da-f])[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}(?![\da-f])/i;

/** A folder that says what all in it is about: `run_id=manual__2026-03-02T10:15:00+00:00` (Airflow, Hive's partitions). */
const partition = /(?<=^|[\\/])([\w-]{1,40})=([^\\/]{1,200})(?=[\\/])/g;

/** Most records that may name a group of their own where the whole source is about one. */
const leastOwn = 0.5;

/**
 * The one unit of work that all records of a source belong to, though only its first ones name it: a session's transcript,
 * a job's output. Its ID is told by a field of the introduction whose value is a part of the file's name, or, where no
 * other record names any group, by the only session, run or job that the source names, in its first record.
 *
 * @param heads fields of the first records
 * Where no record names a group, but records name each other as cause or parent, a UUID in the file's name is that of all.
 *
 * @param roles what is known of the source's fields otherwise
 */
export function sourceGroupOf(
  heads: readonly (readonly ReadField[])[],
  names: NameCensus,
  sourceName: string,
  { correlationId: group, previousStepId }: Partial<Record<FieldRole, RoleBinding>>,
): SourceGroup | null {
  const grouped = recordsWith(group, names);
  if (names.records < 2 || group?.evidence === 'user' || grouped >= leastOwn * names.records) return null;
  const file = searchable(sourceName.split(/[\\/]/).at(-1) ?? '');
  const candidates = heads.slice(0, introduction).map(fields => fields.filter(isOfWork));
  for (const { name, value } of candidates.flat())
    if (isStrong(value) && standsIn(searchable(value), file)) return { id: value, field: name, evidence: 'file' };
  const inPath = [...sourceName.matchAll(partition)].find(
    ([, key = '', value = '']) => isIdKey(key) && isRun(key) && isStrong(value),
  );
  if (inPath?.[2]) return { id: inPath[2], field: fileName, evidence: 'file' };
  const [first = []] = candidates;
  const runs = strongest(first.filter(({ name, value }) => isRun(name) && isStrong(value)));
  const ids = new Set(runs.map(({ value }) => value));
  const [only] = runs;
  const isOnce = runs.every(({ name }) => names.get(canonicalName(name))?.count === 1);
  if (only && ids.size === 1 && isOnce && grouped <= 1) return { id: only.value, field: only.name, evidence: 'head' };
  const [named] = uuid.exec(sourceName.split(/[\\/]/).at(-1) ?? '') ?? [];
  return named && grouped === 0 && previousStepId ? { id: named, field: fileName, evidence: 'file' } : null;
}

/** How many records of the sample name a group by a name that says so. */
const recordsWith = (group: RoleBinding | undefined, names: NameCensus): number =>
  Math.max(0, ...(group?.fields.filter(isKnownGroup) ?? []).map(field => names.get(field)?.count ?? 0));

const isKnownGroup = (field: string): boolean =>
  ['correlationId', 'sessionId'].includes(knownName(field.replaceAll('[]', ''))?.role ?? '');

const isStrong = (value: string): boolean => isId(value) && !isWeakId(value) && /\d/.test(value);

/** Whose IDs name no work: users, hosts, what lives on. */
const aboutOthers: ReadonlySet<string> = new Set([
  'service',
  'host',
  'thread',
  'userId',
  'entityId',
  'organizationId',
  'previousStepId',
]);
const bareId = /(?:^|\.)(?:id|uuid)$/i;

/** Whether a field may name the work that a file is about: its noun is not one of what lives on, or it is a bare `id`. */
function isOfWork({ name }: ReadField): boolean {
  if (!isIdKey(name) || aboutOthers.has(knownName(name)?.role ?? '')) return false;
  return bareId.test(name) || nounRank(nounOfName(name)) !== null;
}

/** An execution, a conversation, a job, a run or a session: a request is one of many in most logs that name it. */
function isRun(name: string): boolean {
  const rank = nounRank(nounOfName(name));
  return !bareId.test(name) && (rank === 1 || rank === 2 || rank === 5);
}

/** Of several those with a known name, and of these the outermost: others may be of the run's parent. */
function strongest(runs: readonly ReadField[]): ReadField[] {
  const known = runs.filter(({ name }) => isKnownGroup(name));
  const chosen = known.length > 0 ? known : runs;
  const depth = ({ name }: ReadField) => name.split('.').length;
  const least = Math.min(...chosen.map(depth));
  return chosen.filter(field => depth(field) === least);
}

/** As file names and IDs are compared: small letters, long hex numbers without dashes. */
const searchable = (text: string): string =>
  text.toLowerCase().replace(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g, uuid => bareHex(uuid) ?? uuid);

function standsIn(id: string, name: string): boolean {
  const at = name.indexOf(id);
  return at >= 0 && !/[a-z\d]/.test(name.charAt(at - 1)) && !/[a-z\d]/.test(name.charAt(at + id.length));
}
