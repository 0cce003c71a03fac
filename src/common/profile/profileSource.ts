import type { FieldRole } from '../model/fieldRole';
import type { IdSpellings, RoleBinding, SourceProfile } from '../model/sourceProfile';
import { byteOffset, lineNumber, sourceId } from '../model/units';
import { framerOf, isAnchored } from '../scan/framer';
import { countNewlines } from '../scan/newlineCounter';
import { compileReader } from './compileReader';
import { groupIdIn, isBase64Trace } from './idShapes';
import { isId } from './ids';
import { NameCensus } from './nameCensus';
import type { ProfileOverrides } from './profileOverrides';
import type { ReadRecord } from './recordReader';
import { isSlot } from './roles/embeddedIds';
import { learnRoles } from './roles/learnRoles';
import { LifeCensus } from './roles/lifeCensus';
import { areRelativeSpans, areZipkinSpans } from './roles/zipkinSpans';
import { decode, encodingOf } from './sampleText';
import { serviceFromName } from './sourceName';
import { shapeOf } from './sourceShape';
import { groupOfTable } from './tableRoles';
import { stampMeaning } from './time/stampMeaning';
import { StampSurvey } from './time/stampSurvey';
import { commonRoles, rolesSaid } from './userRoles';
import { countedShape, userShape } from './userShape';

/** Grows with every change of how sources are read: what was built on an older profile is built anew. */
export const profileVersion = 4;

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
  const { found, names, formats } = survey(anchored ? whole : beginning, profile, stamps);
  Object.assign(profile, countedShape(profile, formats, overrides));
  profile.sampled = names.records;
  const group = profile.table && !found.correlationId ? groupOfTable(names) : null;
  if (group) found.correlationId = group;
  const roles = rolesSaid({ ...found, ...userRoles(overrides) }, names, profile.userFormats, overrides);
  profile.roles = roles;
  const hasEnd = complete === true || (anchored && beginning.length < whole.length);
  profile.timezone = stamps.timezone({ override: overrides.timezone, assumed: assumedZone, hasEnd });
  const dateOrder = stamps.dateOrder();
  if (dateOrder) profile.dateOrder = dateOrder;
  const stampColumn = stamps.stampColumn();
  if (stampColumn !== null) profile.stampColumn = stampColumn;
  const isRelative = areRelativeSpans(names);
  if (isRelative) profile.stampUnit = 1000;
  profile.stampIs =
    overrides.stampIs ??
    (isRelative || areZipkinSpans(names) ? 'start' : stampMeaning(profile.format, roles.timestamp?.fields[0]));
  profile.service = serviceOf(roles, overrides, sourceName);
  profile.idSpellings = spellingsIn(names, roles.correlationId?.fields ?? []);
  return profile;
}

function survey(text: string, profile: SourceProfile, stamps: StampSurvey) {
  const reader = compileReader(profile, { everySlot: true });
  const names = new NameCensus();
  const lives = new LifeCensus();
  const decoder = new TextDecoder();
  const formats = new Map<string, number>();
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
    const { fields, record } = read;
    const counts = seen % step === 0;
    lives.take(read, text, seen++);
    stamps.take(fields, counts);
    if (!counts) return;
    names.records++;
    formats.set(record.format, (formats.get(record.format) ?? 0) + 1);
    for (const { name, value } of fields) if (!isSlot(name)) names.add(name, value);
  };
  const framer = framerOf(profile, reader, ({ bytes }) => {
    const text = decoder.decode(bytes);
    for (const read of reader.read(text, location)) take(read, text);
  });
  framer.push(bytes);
  framer.finish();
  return { found: learnRoles(names, lives.all(), seen), names, formats };
}

const userRoles = ({ fields = {} }: ProfileOverrides): Roles =>
  Object.fromEntries(Object.entries(fields).map(([role, names]) => [role, { fields: names, evidence: 'user' }]));

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
