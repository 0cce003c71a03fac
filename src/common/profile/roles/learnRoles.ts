import type { FieldRole } from '../../model/fieldRole';
import type { RoleBinding } from '../../model/sourceProfile';
import { knownName, plainName } from '../fieldNames';
import { compoundId } from '../idShapes';
import { isId } from '../ids';
import { type NameCensus, type NameCount, rolesByName } from '../nameCensus';
import { phaseOfValue } from '../phase';
import { severityOfWord } from '../severity';
import { isPodName } from '../sourceName';
import { arrowRoles } from './arrowSpans';
import { embeddedIds, isSlot } from './embeddedIds';
import { type DataGroup, groupsByData } from './groupsByData';
import { sessionRank } from './idNouns';
import type { Lives, SampleLives } from './lifeCensus';
import { timesByData } from './timesByData';
import { areRelativeSpans, areSpansById, areZipkinSpans } from './zipkinSpans';

type Roles = Partial<Record<FieldRole, RoleBinding>>;

/**
 * The roles of a sample's fields: by known names, then what their company says of bare names, then what the data shows.
 * `follow` follows the values of the sample, which takes longer: asked only where names do not tell the group.
 */
export function learnRoles(names: NameCensus, follow: () => SampleLives): Roles {
  const roles = rolesByName(names);
  const learn = (role: FieldRole, fields: string[]) => {
    if (fields.length > 0)
      roles[role] = { fields: [...(roles[role]?.fields ?? []), ...fields], evidence: roles[role] ? 'name' : 'data' };
  };
  if (!roles.timestamp) learn('timestamp', timesByData(names));
  if (!roles.severity) learn('severity', levelsNamedStatus(names));
  if (isMongo(names)) Object.assign(roles, mongoRoles);
  if (!roles.correlationId) learn('correlationId', namesOfShapes(names));
  activitiesAreSteps(roles, names);
  repliesAreCaused(roles, names);
  const group = groupRole(roles, names, follow);
  if (group) roles.correlationId = group;
  joinTasks(roles, names);
  // A task that nothing else groups holds its own records together (Celery), as does a run without a parent (Airflow).
  const alone = roles.previousStepId ? /task_?id$/i : /(?:task|run)_?id$/i;
  const groupsAlone = (field: string) => alone.test(field) || isAuditEvent(names.get(field)?.values ?? []);
  if (!roles.correlationId) {
    const whole = roles.stepId?.fields.filter(groupsAlone) ?? [];
    learn('correlationId', whole);
    // A run is no step of itself; those in it are told by their names.
    if (roles.stepType && whole.length === roles.stepId?.fields.length && whole.every(field => /run_?id$/i.test(field)))
      delete roles.stepId;
  }
  if (!roles.previousStepId && roles.correlationId) learn('previousStepId', parentsNamedPid(names));
  if (!roles.stepId && (areZipkinSpans(names) || areSpansById(names))) learn('stepId', ['id']);
  else if (roles.previousStepId && !roles.stepId)
    learn('stepId', pointedTo(roles.previousStepId, roles.messageId, names));
  if (!roles.timestamp && areRelativeSpans(names)) {
    learn('timestamp', ['startTime']);
    if (!roles.duration) learn('duration', ['duration']);
  }
  // The pod is the host as well.
  if (!roles.service) learn('service', roles.host?.fields.filter(isPodName) ?? []);
  // `name` is the step in a table of spans, the application for loggers that also write host and process.
  const name = ['name', 'Name', 'span_data.name'].find(field => names.get(field));
  if (name) {
    const isSpan = roles.stepId && (roles.previousStepId ?? (areZipkinSpans(names) || areSpansById(names)));
    const { fields } = roles.stepType ?? { fields: [] };
    // Application Insights' `operation_Name` is that of the whole operation.
    const isOfAll = (field: string) =>
      /^operation_?name$/i.test(field) && names.get(field.replace(/name$/i, 'Id')) !== undefined;
    const better = fields.filter(field => saysMore(field) && !isOfAll(field));
    const others = fields.filter(field => !better.includes(field));
    if (isSpan) roles.stepType = { fields: [...better, name, ...others], evidence: 'data' };
    else if (!roles.service && names.get('pid') && (names.get('hostname') ?? names.get('host')))
      learn('service', [name]);
  }
  // What has no words of its own is called by what sort of event it is.
  if (!roles.message && !roles.stepType) learn('message', roles.phase?.fields ?? []);
  return { ...roles, ...arrowRoles(names) };
}

/** A `status` that holds levels (Datadog's): all are severities, and some are none of an outcome. */
const levelsNamedStatus = (names: NameCensus): string[] =>
  names.all().flatMap(({ name, values }) => {
    const isStatus = /(?:^|\.)status$/i.test(name) && values.length > 0;
    const isLevel =
      isStatus && values.every(value => severityOfWord(value)) && values.some(value => !phaseOfValue(value));
    return isLevel ? [name] : [];
  });

/** The event that the kernel's records of one call share: `1772446500.123:456`. */
const isAuditEvent = (values: readonly string[]): boolean =>
  new Set(values).size < values.length && values.every(value => /^\d{9,10}\.\d{3}:\d{1,10}$/.test(value));

/** The structured log of MongoDB from 4.4 on, whose keys are single letters (manual, "Log Messages"). */
const isMongo = (names: NameCensus): boolean =>
  names.get('t.$date') !== undefined && names.get('c') !== undefined && names.get('ctx') !== undefined;
const mongoRoles: Roles = {
  severity: { fields: ['s'], evidence: 'data' },
  logger: { fields: ['c'], evidence: 'data' },
  thread: { fields: ['ctx'], evidence: 'data' },
};

/** Names of a step type from this rank on are a route or a class. */
const routeRank = 3;
const kindOfWork = /^(?:spandatatype|runtype|genaioperationname|observationtype)$/;

/** Whether a field that names a step says more of a span than its `name`: not what kind of work it is, a route or a class. */
function saysMore(field: string): boolean {
  const { rank = 0, plain = '' } = knownName(field) ?? {};
  return rank < routeRank && !kindOfWork.test(plain);
}

const plainOf = (field: string): string => knownName(field.replaceAll('[]', ''))?.plain ?? '';

/** Fields, by whatever name, that hold nothing but texts of which a trace's ID is a part (`id=00-4bf9…-00f0…-01`). */
const namesOfShapes = (names: NameCensus): string[] =>
  names.all().flatMap(({ name, values }) => (values.every(value => compoundId(value) !== null) ? [name] : []));

const hasDigit = (value: string): boolean => /\d/.test(value);

/**
 * Beside a workflow (Temporal) an activity is one of its steps, and a run is one go of the whole: it groups better where
 * the workflow's ID is a name that several runs share.
 */
function activitiesAreSteps(roles: Roles, names: NameCensus): void {
  const { correlationId: group, stepId: step } = roles;
  if (!group?.fields.some(field => plainOf(field) === 'workflowid')) return;
  const isActivity = (field: string) => plainOf(field) === 'activityid';
  const isRun = (field: string) => plainOf(field) === 'runid';
  const stepFields = step?.fields ?? [];
  const steps = [...group.fields.filter(isActivity), ...stepFields.filter(field => !isRun(field))];
  const runs = stepFields.filter(isRun);
  const wholes = group.fields.filter(field => !isActivity(field));
  const valuesOf = (fields: string[]) => [...new Set(fields.flatMap(field => names.get(field)?.values ?? []))];
  const [runIds, wholeIds] = [valuesOf(runs), valuesOf(wholes)];
  const isName = wholeIds.length < runIds.length || (runIds.some(hasDigit) && !wholeIds.some(hasDigit));
  const groups = isName ? [...runs, ...wholes] : [...wholes, ...runs];
  roles.correlationId = { ...group, fields: groups };
  if (steps.length > 0) roles.stepId = { fields: steps, evidence: 'name' };
  else delete roles.stepId;
}

/**
 * Where messages have an ID of their own, a `correlation-id` that names another message's is what its sender answers
 * (AMQP): the cause, unless several records share it, which it then holds together.
 */
function repliesAreCaused(roles: Roles, names: NameCensus): void {
  const { correlationId: group, messageId, previousStepId } = roles;
  if (!group || !messageId || previousStepId || !group.fields.every(field => plainOf(field) === 'correlationid'))
    return;
  const valuesOf = (fields: string[]) => fields.flatMap(field => names.get(field)?.values ?? []);
  const messages = new Set(valuesOf(messageId.fields));
  const values = valuesOf(group.fields);
  const isAnswer = values.filter(value => messages.has(value)).length >= values.length / 2;
  if (!isAnswer || new Set(values).size < 0.8 * values.length) return;
  roles.previousStepId = { fields: group.fields, evidence: 'data' };
  delete roles.correlationId;
}

/** A doubtful name yields to what the data shows on this many times its records. */
const farMore = 4;

/**
 * What groups: a name that says so, but for a doubtful one (a job's, a task's) on few records; else what the data shows;
 * else a session, which stands behind every other group.
 */
function groupRole(roles: Roles, names: NameCensus, follow: () => SampleLives): RoleBinding | null {
  const { correlationId: named, sessionId: session } = roles;
  const shareOf = ({ fields }: RoleBinding) =>
    Math.max(0, ...fields.map(field => names.get(field)?.count ?? 0)) / Math.max(1, names.records);
  if (named && !named.fields.every(isDoubtful)) {
    return session && (groupsBetter(session, named, names) || areCounters(named, session, names))
      ? { fields: [...session.fields, ...named.fields], evidence: 'data' }
      : named;
  }
  const { lives, records: total } = follow();
  const [best] = groupsByData(lives, total);
  if (named) return best && best.records / total > farMore * shareOf(named) ? dataRole(best, lives) : named;
  const sessions = session?.fields.filter(field => maySessionGroup(field, names)) ?? [];
  if (!session || sessions.length === 0) return best ? dataRole(best, lives) : null;
  const same = slotsLike(sessions, names, lives);
  const isBetter = best && best.rank < sessionRank && best.records / total > shareOf(session) / farMore;
  if (isBetter && !same.includes(best.name)) return dataRole(best, lives);
  return { fields: [...sessions, ...same], evidence: 'data' };
}

/** A session deep inside another object is not the record's; the bare word is often prose. */
function maySessionGroup(field: string, names: NameCensus): boolean {
  const known = knownName(field.replaceAll('[]', ''));
  if (known?.deep) return false;
  return known?.plain !== 'session' || (names.get(field)?.count ?? 0) >= 0.1 * names.records;
}

/**
 * Where what groups some records are the IDs of tasks that others name (Celery's `Task add[<uuid>] received` beside
 * `add[<uuid>]: …`), they are one: all records of a task belong to it.
 */
function joinTasks(roles: Roles, names: NameCensus): void {
  const { correlationId: group, stepId: step, previousStepId } = roles;
  const tasks = step?.fields.filter(field => /task_?id$/i.test(field)) ?? [];
  if (!group || previousStepId || tasks.length === 0) return;
  const valuesOf = (fields: readonly string[]) => fields.flatMap(field => names.get(field)?.values ?? []);
  const ids = new Set(valuesOf(tasks));
  const groups = valuesOf(group.fields);
  if (groups.filter(value => ids.has(value)).length < groups.length / 2) return;
  roles.correlationId = { ...group, fields: [...group.fields, ...tasks] };
  roles.stepId = { fields: [...tasks, ...group.fields], evidence: 'data' };
}

const isDoubtful = (field: string): boolean => knownName(field.replaceAll('[]', ''))?.doubtful ?? false;

/** The best group, and what else carries its values: the same ID may stand in a tag here and behind its noun there. */
function dataRole({ name, evidence }: DataGroup, lives: readonly Lives[]): RoleBinding {
  const ids = lives.find(field => field.name === name)?.values ?? new Map();
  const carries = ({ values }: Lives) => {
    const shared = [...values.keys()].filter(value => ids.has(value)).length;
    return shared > 1 && shared >= values.size / 2;
  };
  return {
    fields: [name, ...lives.filter(field => field.name !== name && carries(field)).map(({ name }) => name)],
    evidence,
  };
}

/** Slots that are as peculiar as `0x#` or `sess-#` and have the shape of what the fields carry: the same IDs without their key. */
function slotsLike(fields: readonly string[], names: NameCensus, lives: readonly Lives[]): string[] {
  const seen = new Set(lives.map(({ name }) => name).filter(name => isSlot(name) && !/#(?:uuid|hex)/.test(name)));
  const shapes = new Set<string>();
  for (const value of fields.flatMap(field => names.get(field)?.values ?? [])) {
    const [id] = embeddedIds(value, 0, value.length);
    if (id && id.value.length === value.length && seen.has(id.name)) shapes.add(id.name);
  }
  return [...shapes];
}

/** Beside an `id`, a `pid` that is no number is the parent's ID and not the process's. */
function parentsNamedPid(names: NameCensus): string[] {
  const isParent = ({ values }: NameCount) => values.every(value => !/^\d+$/.test(value)) && values.some(isId);
  return names.get('id')
    ? names.all().flatMap(name => (/^pid$/i.test(name.name) && isParent(name) ? [name.name] : []))
    : [];
}

/**
 * Beside a pointer to a parent or cause but no step ID, the message's own ID or a bare `id` is what it points to: that
 * one whose values the pointers name, else that one whose name they have (`parentUuid`, `uuid`), else the first.
 */
function pointedTo(previous: RoleBinding, messageId: RoleBinding | undefined, names: NameCensus): string[] {
  const valuesOf = (field: string) => names.get(field)?.values ?? [];
  const pointers = new Set(previous.fields.flatMap(valuesOf));
  const bare = names.all().flatMap(({ name }) => (/^(?:id|uuid)$/i.test(name) ? [name] : []));
  const candidates = [...(messageId?.fields ?? []), ...bare.sort((a, b) => a.length - b.length)].filter(field =>
    valuesOf(field).some(isId),
  );
  const named = (field: string) => valuesOf(field).filter(value => pointers.has(value)).length;
  const pointerNames = previous.fields.map(plainName);
  const isCounterpart = (field: string) => Number(pointerNames.includes(`parent${plainName(field)}`));
  return candidates.sort((a, b) => named(b) - named(a) || isCounterpart(b) - isCounterpart(a)).slice(0, 1);
}

/** Whether IDs but count what happens within a session, as those of JSON-RPC do: another one counts from 1 again. */
function areCounters(group: RoleBinding, session: RoleBinding, names: NameCensus): boolean {
  const valuesOf = ({ fields }: RoleBinding) => fields.flatMap(field => names.get(field)?.values ?? []);
  const groups = valuesOf(group);
  return groups.every(value => /^\d{1,6}$/.test(value)) && valuesOf(session).length >= groups.length;
}

/** Whether a session holds many records together where the IDs with stronger names are on few, and new on each. */
function groupsBetter(session: RoleBinding, group: RoleBinding, names: NameCensus): boolean {
  const count = ({ fields }: RoleBinding) => fields.map(field => names.get(field)).filter(name => name !== undefined);
  const sum = (counts: NameCount[]) => counts.reduce((total, name) => total + name.count, 0);
  const [sessions, groups] = [count(session), count(group)];
  const recurs = sessions.some(({ values }) => values.length >= 3 && new Set(values).size <= values.length / 2);
  const unique = groups.every(({ values }) => new Set(values).size === values.length);
  return recurs && unique && sum(groups) <= 0.6 * sum(sessions);
}
