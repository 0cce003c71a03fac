import type { FieldRole } from '../model/fieldRole';
import type { IdSpellings, RoleBinding, SourceProfile } from '../model/sourceProfile';
import { isAnchored } from '../scan/framer';
import { knownName } from './fieldNames';
import { groupIdIn, isBase64Trace } from './idShapes';
import { isId } from './ids';
import type { NameCensus } from './nameCensus';
import type { ProfileOverrides } from './profileOverrides';
import { sourceGroupOf } from './roles/sourceGroup';
import { areRelativeSpans, areZipkinSpans } from './roles/zipkinSpans';
import { decode, encodingOf } from './sampleText';
import { serviceFromName } from './sourceName';
import { shapeOf } from './sourceShape';
import { survey, unitIn } from './survey';
import { groupOfTable } from './tableRoles';
import { durationOf } from './time/duration';
import { stampMeaning } from './time/stampMeaning';
import { StampSurvey } from './time/stampSurvey';
import { commonRoles, rolesSaid } from './userRoles';
import { countedShape, userShape } from './userShape';

/** Grows with every change of how sources are read: what was built on an older profile is built anew. */
export const profileVersion = 7;

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
  const { found, names, formats, followed, heads } = survey(
    anchored ? whole : beginning,
    profile,
    stamps,
    complete === true,
  );
  Object.assign(profile, countedShape(profile, formats, overrides));
  profile.sampled = names.records;
  const isNamed = found.correlationId?.evidence === 'name' || found.correlationId?.evidence === 'layout';
  const group = profile.table && !isNamed ? groupOfTable(names) : null;
  if (group) found.correlationId = group;
  const roles = rolesSaid({ ...found, ...userRoles(overrides) }, names, profile.userFormats, overrides);
  profile.roles = roles;
  const sourceGroup = profile.table ? null : sourceGroupOf(heads, names, sourceName, roles);
  if (sourceGroup) profile.sourceGroup = sourceGroup;
  // What the data seemed to show is a part of it.
  if (sourceGroup && !isNamed) delete roles.correlationId;
  const hasEnd = complete === true || (anchored && beginning.length < whole.length);
  profile.timezone = stamps.timezone({ override: overrides.timezone, assumed: assumedZone, hasEnd });
  const dateOrder = stamps.dateOrder();
  if (dateOrder) profile.dateOrder = dateOrder;
  const dated = stamps.dated();
  if (dated !== null) profile.dated = dated;
  const stampColumn = stamps.stampColumn();
  if (stampColumn !== null) profile.stampColumn = stampColumn;
  const isRelative = areRelativeSpans(names);
  profile.stampIs =
    overrides.stampIs ??
    (isRelative || areZipkinSpans(names) ? 'start' : stampMeaning(profile.format, roles.timestamp?.fields ?? []));
  const named = sourceGroup?.evidence === 'file' ? withoutId(sourceName, sourceGroup.id) : sourceName;
  profile.service = serviceOf(roles, overrides, named);
  const unit = roles.stepId && roles.previousStepId && lacksUnit(names, roles) ? unitIn(followed, profile) : null;
  if (unit) profile.durationUnit = unit;
  if (isRelative) Object.assign(profile, { stampUnit: 1000, durationUnit: { field: 'duration', nanos: 1000 } });
  profile.idSpellings = spellingsIn(names, roles.correlationId?.fields ?? []);
  return profile;
}

/** Whether some duration has no unit. */
const lacksUnit = (names: NameCensus, { duration }: Roles): boolean =>
  names
    .all()
    .some(
      ({ name, values }) =>
        (duration?.fields.includes(name) || knownName(name.replaceAll('[]', ''))?.role === 'duration') &&
        values.some(value => durationOf(name, value) === null),
    );

/** A source's name without the ID of the one run that it is about. */
const withoutId = (sourceName: string, id: string): string => sourceName.replace(id, '');

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
