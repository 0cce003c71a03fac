import type { FieldRole } from '../model/fieldRole';
import type { IdSpellings, RoleBinding, SourceProfile } from '../model/sourceProfile';
import { byteOffset, lineNumber, sourceId } from '../model/units';
import { framerOf, isAnchored } from '../scan/framer';
import { countNewlines } from '../scan/newlineCounter';
import { compileReader } from './compileReader';
import { groupIdIn, isBase64Trace } from './idShapes';
import { isId } from './ids';
import { NameCensus } from './nameCensus';
import type { ReadRecord } from './recordReader';
import { isSlot } from './roles/embeddedIds';
import { learnRoles } from './roles/learnRoles';
import { LifeCensus } from './roles/lifeCensus';
import { decode, encodingOf } from './sampleText';
import { serviceFromName } from './sourceName';
import { shapeOf } from './sourceShape';
import { stampOf } from './time/timestamp';

/** Grows with every change of how sources are read: what was built on an older profile is built anew. */
export const profileVersion = 3;

/** What the user says of a source; always wins. */
export interface ProfileOverrides {
  format?: string;
  /** Field names per role, strongest first. */
  fields?: Partial<Record<FieldRole, string[]>>;
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
  assumedZone,
  complete,
  headLength,
}: ProfileRequest): SourceProfile {
  const encoding = typeof sample === 'string' ? 'utf-8' : encodingOf(sample);
  const text = typeof sample === 'string' ? sample : decode(sample, encoding);
  const whole = complete ? text : text.slice(0, text.lastIndexOf('\n') + 1) || text;
  const beginning = whole.slice(0, headLength ?? whole.length);
  const shape = shapeOf(whole, beginning, overrides.format);
  const profile: SourceProfile = {
    version: profileVersion,
    ...shape,
    encoding,
    roles: userRoles(overrides),
    timezone: { value: overrides.timezone ?? 'UTC', assumed: false },
    stampIs: overrides.stampIs ?? 'end',
    service: { value: null, evidence: 'default' },
    idSpellings: { case: 'mixed', dashes: 'mixed' },
    sampled: 0,
  };
  const { roles: learnt, names, zoneless } = survey(isAnchored(profile) ? whole : beginning, profile);
  profile.sampled = names.records;
  const roles = { ...learnt, ...profile.roles };
  profile.roles = roles;
  if (!overrides.timezone && zoneless) profile.timezone = { value: assumedZone ?? 'UTC', assumed: true };
  if (!overrides.stampIs && isStart(roles.timestamp?.fields[0])) profile.stampIs = 'start';
  profile.service = serviceOf(roles, overrides, sourceName);
  profile.idSpellings = spellingsIn(names, roles.correlationId?.fields ?? []);
  return profile;
}

function survey(text: string, profile: SourceProfile) {
  const reader = compileReader(profile, { everySlot: true });
  const names = new NameCensus();
  const lives = new LifeCensus();
  const decoder = new TextDecoder();
  let zoneless = false;
  const location = {
    source: sourceId(''),
    line: lineNumber(1),
    byteStart: byteOffset(0),
    byteEnd: byteOffset(0),
  };
  const bytes = new TextEncoder().encode(text);
  const step = Math.ceil((countNewlines(bytes) + 1) / sampleCap);
  let seen = 0;
  const take = (read: ReadRecord, text: string) => {
    lives.take(read, text, seen);
    if (seen++ % step !== 0) return;
    const { fields, record } = read;
    names.records++;
    for (const { name, value } of fields) if (!isSlot(name)) names.add(name, value);
    zoneless ||=
      record.time !== null &&
      fields.some(({ role, value }) => role === 'timestamp' && stampOf(value)?.zoneKnown === false);
  };
  const framer = framerOf(profile, reader, ({ bytes }) => {
    const text = decoder.decode(bytes);
    for (const read of reader.read(text, location)) take(read, text);
  });
  framer.push(bytes);
  framer.finish();
  return { roles: learnRoles(names, lives.all(), seen), names, zoneless };
}

const userRoles = ({ fields = {} }: ProfileOverrides): Roles =>
  Object.fromEntries(Object.entries(fields).map(([role, names]) => [role, { fields: names, evidence: 'user' }]));

const isStart = (field: string | undefined): boolean => field !== undefined && /start/i.test(field);

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
  if (ids.some(isBase64Trace)) spellings.base64 = true;
  return spellings;
}
