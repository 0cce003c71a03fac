import type { FieldRole } from '../model/fieldRole';
import type { IdSpellings, RoleBinding, SourceProfile, UserFormat } from '../model/sourceProfile';
import { byteOffset, lineNumber, sourceId } from '../model/units';
import { framerOf, isAnchored } from '../scan/framer';
import { countNewlines } from '../scan/newlineCounter';
import { compileReader } from './compileReader';
import { knownName, plainName } from './fieldNames';
import { groupIdIn } from './idShapes';
import { isId } from './ids';
import { NameCensus, type NameCount, rolesByName } from './nameCensus';
import type { ReadRecord } from './recordReader';
import { decode, encodingOf } from './sampleText';
import { serviceFromName } from './sourceName';
import { shapeOf } from './sourceShape';
import { groupOfTable } from './tableRoles';
import { stampMeaning } from './time/stampMeaning';
import { StampSurvey } from './time/stampSurvey';
import { commonRoles, rolesSaid } from './userRoles';
import { countedShape, userShape } from './userShape';

/** Grows with every change of how sources are read: what was built on an older profile is built anew. */
export const profileVersion = 2;

/** What the user says of a source; always wins. */
export interface ProfileOverrides {
  format?: string;
  /** The user's own formats that may fit; `meant` for this source or for any. */
  formats?: (UserFormat & { meant: boolean })[];
  /** Field names per role, strongest first. */
  fields?: Partial<Record<FieldRole, string[]>>;
  /** The same, said of all sources: what was found stays where the sample has none of a role's fields. */
  commonFields?: Partial<Record<FieldRole, string[]>>;
  timezone?: string;
  stampIs?: 'start' | 'end';
  service?: string;
}

export interface ProfileRequest {
  /** The first bytes of the source (decompressed), or its text: 64 to 256 KiB are plenty. */
  sample: Uint8Array | string;
  /** Path or name of the source: the service's name is taken from it where no field gives one. */
  sourceName: string;
  overrides?: ProfileOverrides;
  /** IANA name of the zone to assume where the log names none; `UTC` if left out. */
  assumedZone?: string;
  /** Epoch milliseconds of the source's last change: it tells what stamps leave out. */
  modified?: number;
  /** How much of the sample is the source's beginning without a gap, in characters; left out: all of it. */
  headLength?: number;
  /** True where the sample is the whole source, so that its last line is complete. */
  complete?: boolean;
}

/** Records that are looked at, evenly over the sample. */
const sampleCap = 400;

type Roles = Partial<Record<FieldRole, RoleBinding>>;

/** Decides how a source is read, from a sample of it. Never throws; an empty sample gives the text format. */
export function profileSource({
  sample,
  sourceName,
  overrides = {},
  assumedZone = 'UTC',
  modified,
  complete,
  headLength,
}: ProfileRequest): SourceProfile {
  const encoding = typeof sample === 'string' ? 'utf-8' : encodingOf(sample);
  const text = typeof sample === 'string' ? sample : decode(sample, encoding);
  const whole = complete ? text : text.slice(0, text.lastIndexOf('\n') + 1) || text;
  const beginning = whole.slice(0, headLength ?? whole.length);
  const shape = userShape(shapeOf(whole, beginning, overrides.format), whole, overrides);
  const profile: SourceProfile = {
    version: profileVersion,
    ...shape,
    encoding,
    roles: { ...commonRoles(overrides), ...userRoles(overrides) },
    timezone: { value: overrides.timezone ?? 'UTC', assumed: false, evidence: 'default' },
    stampIs: overrides.stampIs ?? 'end',
    service: { value: null, evidence: 'default' },
    idSpellings: { case: 'mixed', dashes: 'mixed' },
    sampled: 0,
  };
  const anchored = isAnchored(profile);
  const stamps = new StampSurvey(modified);
  const { census, formats } = survey(anchored ? whole : beginning, profile, stamps);
  Object.assign(profile, countedShape(profile, formats, overrides));
  profile.sampled = census.records;
  const found = rolesOf(census.names, overrides);
  const group = profile.table && !found.correlationId ? groupOfTable(census.names) : null;
  if (group) found.correlationId = group;
  const roles = rolesSaid(found, census.names, profile.userFormats, overrides);
  profile.roles = roles;
  const hasEnd = complete === true || (anchored && beginning.length < whole.length);
  profile.timezone = stamps.timezone({ override: overrides.timezone, assumed: assumedZone, hasEnd });
  const dateOrder = stamps.dateOrder();
  if (dateOrder) profile.dateOrder = dateOrder;
  const stampColumn = stamps.stampColumn();
  if (stampColumn !== null) profile.stampColumn = stampColumn;
  profile.stampIs =
    overrides.stampIs ??
    (areZipkinSpans(census.names) ? 'start' : stampMeaning(profile.format, roles.timestamp?.fields[0]));
  profile.service = serviceOf(roles, overrides, sourceName);
  profile.idSpellings = spellingsIn(census.names, roles.correlationId?.fields ?? []);
  return profile;
}

function survey(text: string, profile: SourceProfile, stamps: StampSurvey) {
  const reader = compileReader(profile);
  const names = new NameCensus();
  const decoder = new TextDecoder();
  const formats = new Map<string, number>();
  let records = 0;
  const location = {
    source: sourceId(''),
    line: lineNumber(1),
    byteStart: byteOffset(0),
    byteEnd: byteOffset(0),
  };
  const bytes = new TextEncoder().encode(text);
  const step = Math.ceil((countNewlines(bytes) + 1) / sampleCap);
  let seen = 0;
  const take = ({ fields, record }: ReadRecord) => {
    const counts = seen++ % step === 0;
    stamps.take(fields, counts);
    if (!counts) return;
    records++;
    formats.set(record.format, (formats.get(record.format) ?? 0) + 1);
    for (const { name, value } of fields) names.add(name, value);
  };
  const framer = framerOf(profile, reader, ({ bytes }) => {
    for (const read of reader.read(decoder.decode(bytes), location)) take(read);
  });
  framer.push(bytes);
  framer.finish();
  return { census: { names, records }, formats };
}

const userRoles = ({ fields = {} }: ProfileOverrides): Roles =>
  Object.fromEntries(Object.entries(fields).map(([role, names]) => [role, { fields: names, evidence: 'user' }]));

/** Roles by known names, then what their company says of bare names, then the user's word. */
function rolesOf(names: NameCensus, overrides: ProfileOverrides): Roles {
  const roles = rolesByName(names);
  const learn = (role: FieldRole, fields: string[]) => {
    if (fields.length > 0)
      roles[role] = { fields: [...(roles[role]?.fields ?? []), ...fields], evidence: roles[role] ? 'name' : 'data' };
  };
  // A session groups only where nothing stronger does.
  if (!roles.correlationId) learn('correlationId', roles.sessionId?.fields ?? []);
  else if (roles.sessionId && groupsBetter(roles.sessionId, roles.correlationId, names)) {
    roles.correlationId = { fields: [...roles.sessionId.fields, ...roles.correlationId.fields], evidence: 'data' };
  }
  // A task that nothing else groups holds its own records together (Celery).
  if (!roles.correlationId) learn('correlationId', roles.stepId?.fields.filter(name => /task_?id$/i.test(name)) ?? []);
  if (!roles.stepId && areZipkinSpans(names)) learn('stepId', ['id']);
  else if (roles.previousStepId && !roles.stepId)
    learn('stepId', pointedTo(roles.previousStepId, roles.messageId, names));
  // `name` is the step in a table of spans, the application for loggers that also write host and process.
  if (names.get('name')) {
    const isSpan = roles.stepId && (roles.previousStepId ?? areZipkinSpans(names));
    const better = (roles.stepType?.fields ?? []).some(field => (knownName(field)?.rank ?? 0) < spanNameRank);
    if (isSpan && !better) roles.stepType = { fields: ['name', ...(roles.stepType?.fields ?? [])], evidence: 'data' };
    else if (!roles.service && names.get('pid') && (names.get('hostname') ?? names.get('host')))
      learn('service', ['name']);
  }
  return { ...roles, ...userRoles(overrides) };
}

/** Names of a step type from this rank on (a route, a class) say less of a span than its `name`. */
const spanNameRank = 3;

/**
 * Beside a pointer to a parent or cause but no step ID, the message's own ID or a bare `id` is what it points to: that
 * one whose values the pointers name, else that one whose name they have (`parentUuid`, `uuid`), else the first.
 */
function pointedTo(previous: RoleBinding, messageId: RoleBinding | undefined, names: NameCensus): string[] {
  const valuesOf = (field: string) => names.get(field)?.values ?? [];
  const pointers = new Set(previous.fields.flatMap(valuesOf));
  const candidates = [...(messageId?.fields ?? []), 'id', 'uuid'].filter(field => valuesOf(field).some(isId));
  const named = (field: string) => valuesOf(field).filter(value => pointers.has(value)).length;
  const pointerNames = previous.fields.map(plainName);
  const isCounterpart = (field: string) => Number(pointerNames.includes(`parent${plainName(field)}`));
  return candidates.sort((a, b) => named(b) - named(a) || isCounterpart(b) - isCounterpart(a)).slice(0, 1);
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

/** Spans of Zipkin v2 are told by their company of fields: their `timestamp`, in microseconds, is the start. */
const areZipkinSpans = (names: NameCensus): boolean =>
  names.get('traceId') !== undefined &&
  names.get('id') !== undefined &&
  names.get('duration') !== undefined &&
  (names.get('timestamp')?.values.every(value => /^\d{16}$/.test(value)) ?? false);

function serviceOf(roles: Roles, { service }: ProfileOverrides, sourceName: string): SourceProfile['service'] {
  if (service) return { value: service, evidence: 'user' };
  return { value: roles.service ? null : serviceFromName(sourceName), evidence: 'default' };
}

/** How the group IDs of the sample are spelled; without one everything is possible. */
function spellingsIn(names: NameCensus, fields: string[]): IdSpellings {
  const ids = fields
    .flatMap(field => names.get(field)?.values ?? [])
    .map(groupIdIn)
    .filter(isId);
  const hex = ids.filter(id => /^[{]?[0-9a-f][0-9a-f-]{14,}[}]?$/i.test(id) && /[a-f]/i.test(id));
  const upper = hex.some(id => /[A-F]/.test(id));
  const lower = hex.some(id => /[a-f]/.test(id));
  const long = hex.filter(id => id.replace(/-/g, '').length >= 32);
  const withDashes = long.some(id => id.includes('-'));
  const without = long.some(id => !id.includes('-'));
  const spellings: IdSpellings = {
    case: upper === lower ? 'mixed' : upper ? 'upper' : 'lower',
    dashes: withDashes === without ? 'mixed' : withDashes ? 'with' : 'without',
  };
  if (fields.some(field => /(?:^|\.)dd\.trace_?id$/i.test(field)) && ids.some(id => /^\d{15,20}$/.test(id)))
    spellings.decimal = true;
  return spellings;
}
