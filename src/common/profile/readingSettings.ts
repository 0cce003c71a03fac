import * as v from 'valibot';
import { type FieldRole, fieldRoles } from '../model/fieldRole';
import type { UserFormat } from '../model/sourceProfile';
import type { ProfileOverrides } from './profileOverrides';
import { isZone } from './time/zone';

/** How the user says that logs are read: the three settings `throughline.sources`, `.fields` and `.formats`. */
export interface ReadingSettings {
  /** Of several entries that fit a source each later one has the last word on what it names. */
  sources: SourceReading[];
  /** Field names per role, for all sources that have one of them. */
  fields: RoleFields;
  formats: FormatSetting[];
}

export type RoleFields = Partial<Record<FieldRole, string[]>>;

/** How the sources that fit `path` (a path or glob, see `matchesGlob`) are read. */
export interface SourceReading extends Omit<ProfileOverrides, 'formats' | 'commonFields'> {
  path: string;
}

export interface FormatSetting extends UserFormat {
  /** Glob of the sources that it is meant for; `null` for any. */
  files: string | null;
}

/** An entry of `throughline.sources`; `reading` is `null` where it names a place only. */
export interface SourceEntry {
  path: string;
  reading: Omit<SourceReading, 'path'> | null;
}

export const noReading: ReadingSettings = { sources: [], fields: {}, formats: [] };

export type SettingName = 'throughline.sources' | 'throughline.fields' | 'throughline.formats';

/** A setting that cannot be used. */
export class SettingError extends Error {
  override readonly name = 'SettingError';
  readonly setting: SettingName;
  /** Where in the setting's value: keys and indexes. */
  readonly at: readonly (string | number)[];
  /** What is wrong: `entry 2 is empty`. */
  readonly reason: string;
  /** What it must be, as a sentence. */
  readonly remedy: string;

  constructor(setting: SettingName, at: readonly (string | number)[], problem: string) {
    const reason = `${placeOf(at)} ${problem}`;
    super(`The setting "${setting}" cannot be used: ${reason}. ${remedies[setting]}`);
    this.setting = setting;
    this.at = at;
    this.reason = reason;
    this.remedy = remedies[setting];
  }
}

const remedies: Record<SettingName, string> = {
  'throughline.sources':
    'It must be a list of paths or globs such as "**/*.log", or of objects such as { "path": "old/*.log", "timezone": "Europe/Berlin" }.',
  'throughline.fields':
    'It must be an object of a role and its field, or a list of fields: { "correlationId": "ctx.order" }.',
  'throughline.formats':
    'It must be an object of a name and a pattern with named groups: { "mine": "^(?<timestamp>\\\\S+) (?<severity>\\\\w+) (?<message>.*)" }.',
};

function placeOf(at: readonly (string | number)[]): string {
  if (at.length === 0) return 'it';
  return at.map(key => (typeof key === 'number' ? `entry ${key + 1}` : JSON.stringify(key))).join(', ');
}

export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

const isNot = (wanted: string) => (issue: { input: unknown }) => `is ${kindOf(issue.input)}, not ${wanted}`;

const text = (most: number) =>
  v.pipe(
    v.string(isNot('text')),
    v.trim(),
    v.nonEmpty('is empty'),
    v.maxLength(most, `is longer than ${most} characters`),
    v.excludes('\0', 'holds a NUL character'),
  );

const fieldName = text(256);

const names = v.lazy(input =>
  Array.isArray(input)
    ? v.pipe(v.array(fieldName), v.nonEmpty('is empty'), v.maxLength(50, 'has more than 50 names'))
    : v.pipe(
        v.custom<string>(value => typeof value === 'string', isNot('text or a list')),
        fieldName,
        v.transform(name => [name]),
      ),
);

const fieldsSchema = v.pipe(
  v.custom<Record<string, unknown>>(isPlainObject, isNot('an object')),
  v.record(v.picklist(fieldRoles, `is no role; there are ${fieldRoles.join(', ')}`), names),
);

const place = text(4096);

const entrySchema = v.pipe(
  v.strictObject(
    {
      path: place,
      format: v.optional(text(64)),
      timezone: v.optional(
        v.pipe(
          text(64),
          v.check(isZone, ({ input }) => `is no time zone (${JSON.stringify(input)}): "Europe/Berlin", "+02:00"`),
        ),
      ),
      stampIs: v.optional(v.picklist(['start', 'end'], 'is neither "start" nor "end"')),
      service: v.optional(text(256)),
      fields: v.optional(fieldsSchema),
    },
    issue => (issue.expected === 'never' ? 'is no key of an entry' : 'is missing'),
  ),
  v.transform(({ path, ...rest }): SourceEntry => ({ path, reading: withoutUndefined(rest) })),
);

const sourcesSchema = v.pipe(
  v.array(
    v.lazy((input): v.GenericSchema<unknown, SourceEntry> => {
      if (typeof input === 'string')
        return v.pipe(
          place,
          v.transform(path => ({ path, reading: null })),
        );
      return v.pipe(v.custom<object>(isPlainObject, isNot('text or an object')), entrySchema);
    }),
    isNot('a list'),
  ),
  v.maxLength(1000, 'has more than 1,000 entries'),
);

const formatName = v.regex(
  /^[A-Za-z0-9][\w .-]{0,63}$/,
  'is no name: use at most 64 letters, digits, blanks, ".", "-", "_"',
);
const pattern = v.pipe(
  v.string(isNot('text')),
  v.nonEmpty('is empty'),
  v.maxLength(4096, 'is longer than 4,096 characters'),
);
const formatSchema = v.lazy((input): v.GenericSchema<unknown, Omit<FormatSetting, 'name'>> => {
  if (typeof input === 'string')
    return v.pipe(
      pattern,
      v.transform(regex => ({ pattern: regex, files: null })),
    );
  return v.pipe(
    v.custom<object>(isPlainObject, isNot('text or an object')),
    v.strictObject({ pattern, files: v.optional(place) }, issue =>
      issue.expected === 'never' ? 'is no key of a format' : 'is missing',
    ),
    v.transform(format => ({ pattern: format.pattern, files: format.files ?? null })),
  );
});

const formatsSchema = v.pipe(
  v.custom<Record<string, unknown>>(isPlainObject, isNot('an object')),
  v.maxEntries(100, 'has more than 100 formats'),
  v.record(v.pipe(v.string(), formatName), formatSchema),
  v.transform(formats => Object.entries(formats).map(([name, format]): FormatSetting => ({ name, ...format }))),
);

/** The value of `throughline.sources`. @throws SettingError */
export const parseSources = (value: unknown): SourceEntry[] => parse('throughline.sources', sourcesSchema, value);

/** The value of `throughline.fields`. @throws SettingError */
export const parseFields = (value: unknown): RoleFields => parse('throughline.fields', fieldsSchema, value);

/** The value of `throughline.formats`; patterns are not compiled here. @throws SettingError */
export const parseFormats = (value: unknown): FormatSetting[] => parse('throughline.formats', formatsSchema, value);

/** The readings among entries. */
export const readingsOf = (entries: readonly SourceEntry[]): SourceReading[] =>
  entries.flatMap(({ path, reading }) => (reading ? [{ path, ...reading }] : []));

function parse<Output>(setting: SettingName, schema: v.GenericSchema<unknown, Output>, value: unknown): Output {
  const parsed = v.safeParse(schema, value);
  if (parsed.success) return parsed.output;
  const [{ path = [], message }] = parsed.issues;
  throw new SettingError(
    setting,
    path.map(({ key }) => (typeof key === 'number' ? key : String(key))),
    message,
  );
}

function isPlainObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

type Defined<Value> = { [Key in keyof Value]: Exclude<Value[Key], undefined> };

const withoutUndefined = <Value extends object>(value: Value): Defined<Value> =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Defined<Value>;
