import { formats as builtIn } from '../formats/formats';
import { patternProblem } from '../formats/userFormat';
import { matchesGlob } from './globMatch';
import type { ProfileOverrides } from './profileOverrides';
import { type ReadingSettings, SettingError } from './readingSettings';

/** What the user says of one source, `null` if nothing. */
export function overridesFor({ sources, fields, formats }: ReadingSettings, source: string): ProfileOverrides | null {
  const candidates = formats
    .filter(({ files }) => files === null || matchesGlob(files, source))
    .map(({ name, pattern, files }) => ({ name, pattern, meant: files !== null }));
  const overrides: ProfileOverrides = {};
  for (const { path, ...reading } of sources) {
    if (!matchesGlob(path, source)) continue;
    Object.assign(overrides, reading, { fields: { ...overrides.fields, ...reading.fields } });
  }
  const demanded = formats.find(({ name }) => name === overrides.format);
  if (demanded && !candidates.some(({ name }) => name === demanded.name)) {
    candidates.push({ name: demanded.name, pattern: demanded.pattern, meant: true });
  }
  if (candidates.length > 0) overrides.formats = candidates;
  if (Object.keys(overrides.fields ?? {}).length === 0) delete overrides.fields;
  if (Object.keys(fields).length > 0) overrides.commonFields = fields;
  return Object.keys(overrides).length === 0 ? null : overrides;
}

/** Names of the formats that a source can be said to have, the user's not among them. */
const builtInNames: readonly string[] = [...builtIn.map(({ name }) => name), 'table'];

/**
 * Checks what takes time or knowledge: patterns and names of formats. Not for the extension host's main thread.
 * @throws SettingError
 */
export function checkReading({ sources, formats }: ReadingSettings): void {
  for (const { name, pattern } of formats) {
    if (builtInNames.includes(name))
      throw new SettingError('throughline.formats', [name], 'is the name of a built-in format: choose another');
    const problem = patternProblem(pattern);
    if (problem) throw new SettingError('throughline.formats', [name, 'pattern'], problem);
  }
  const names = [...builtInNames, ...formats.map(({ name }) => name)];
  for (const { path, format } of sources) {
    if (format === undefined || names.includes(format)) continue;
    const problem = `of ${JSON.stringify(path)} is ${JSON.stringify(format)}, which is no format; there are ${names.join(', ')}`;
    throw new SettingError('throughline.sources', ['format'], problem);
  }
}
