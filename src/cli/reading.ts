import { readFileSync } from 'node:fs';
import path from 'node:path';
import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import {
  noReading,
  parseFields,
  parseFormats,
  parseSources,
  type ReadingSettings,
  readingsOf,
  SettingError,
} from '../common/profile/readingSettings';
import { checkReading } from '../common/profile/sourceOverrides';
import { isZone } from '../common/profile/time/zone';
import { isRemote } from '../common/protocol/places/remotePlaces';
import { visibleText } from '../common/timeline/visibleText';
import type { Options } from './options';
import type { Terminal } from './terminal';
import { UsageError } from './usage';

/**
 * How logs are read by `--settings`, `--field` and `--timezone`; the latter two have the last word.
 * @throws UsageError, or an Error that names the place in the file
 */
export function readingOf(
  { settings, field, timezone }: Pick<Options, 'settings' | 'field' | 'timezone'>,
  terminal: Pick<Terminal, 'cwd' | 'err'>,
): ReadingSettings {
  const said = settings === undefined ? noReading : readSettings(settings, terminal);
  if (timezone !== undefined && !isZone(timezone))
    throw new UsageError(`--timezone ${timezone}: give a name such as Europe/Berlin, or an offset such as +02:00.`);
  return {
    sources: timezone === undefined ? said.sources : [...said.sources, { path: '**', timezone }],
    fields: { ...said.fields, ...fieldsOf(field) },
    formats: said.formats,
  };
}

function fieldsOf(pairs: readonly string[]): ReadingSettings['fields'] {
  const fields: Record<string, string[]> = {};
  for (const pair of pairs) {
    const [, role, name] = /^([^=]+)=(.+)$/s.exec(pair) ?? [];
    if (!role || !name) throw new UsageError(`--field ${pair}: give a role and a field, e.g. correlationId=ctx.order.`);
    fields[role] = [...(fields[role] ?? []), name];
  }
  try {
    return parseFields(fields);
  } catch (error) {
    if (error instanceof SettingError) throw new UsageError(`--field: ${error.reason}.`);
    throw error;
  }
}

const settingNames: readonly string[] = ['throughline.sources', 'throughline.fields', 'throughline.formats'];

/** A settings file of VS Code, comments and all; only our settings in it are looked at. */
function readSettings(name: string, { cwd, err }: Pick<Terminal, 'cwd' | 'err'>): ReadingSettings {
  const text = readFile(name, cwd);
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true });
  const [first] = errors;
  if (first) throw new Error(`${placeIn(name, text, first.offset)}: no JSON (${printParseErrorCode(first.error)}).`);
  if (tree?.type !== 'object') throw new Error(`${name}: must hold an object, as the settings.json of VS Code does.`);
  for (const { children: [key] = [] } of tree.children ?? []) {
    const setting = String(key?.value);
    if (key && setting.startsWith('throughline.') && !settingNames.includes(setting))
      err(visibleText(`throughline: ${placeIn(name, text, key.offset)}: ${setting} does not say how logs are read`));
  }
  try {
    const value = (setting: string) => {
      const node = findNodeAtLocation(tree, [setting]);
      return node && jsonOf(node);
    };
    const entries = parseSources(value('throughline.sources') ?? []);
    const reading = {
      sources: readingsOf(entries).map(entry => ({ ...entry, path: absolutePath(entry.path, cwd) })),
      fields: parseFields(value('throughline.fields') ?? {}),
      formats: parseFormats(value('throughline.formats') ?? {}),
    };
    checkReading(reading);
    return reading;
  } catch (error) {
    if (!(error instanceof SettingError)) throw error;
    throw new Error(`${placeIn(name, text, offsetOf(tree, [error.setting, ...error.at]))}: ${error.message}`);
  }
}

function readFile(name: string, cwd: string): string {
  try {
    return readFileSync(path.resolve(cwd, name), 'utf8').replace(/^\ufeff/, '');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new Error(`--settings ${name} cannot be read: ${code === 'ENOENT' ? 'there is no such file' : code}.`);
  }
}

/** The value of a node; keys as they are, `__proto__` too. */
function jsonOf({ type, children = [], value }: Node): unknown {
  if (type === 'array') return children.map(jsonOf);
  if (type !== 'object') return value;
  const members = children.flatMap(({ children: [key, member] = [] }) =>
    key && member ? [[String(key.value), jsonOf(member)] as const] : [],
  );
  return Object.fromEntries(members);
}

/** Where the innermost part of a setting begins that the file has. */
function offsetOf(tree: Node, at: readonly (string | number)[]): number {
  for (let length = at.length; length > 0; length--) {
    const node = findNodeAtLocation(tree, at.slice(0, length));
    if (node) return node.offset;
  }
  return tree.offset;
}

function placeIn(name: string, text: string, offset: number): string {
  const before = text.slice(0, offset).split('\n');
  return `${name}:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
}

/** Absolute, as the paths of sources are; a URL stays one. */
function absolutePath(glob: string, cwd: string): string {
  if (isRemote(glob) || glob.startsWith('**') || path.isAbsolute(glob)) return glob;
  const base = cwd.replaceAll('\\', '/').replace(/[*?[\]{}!()]/g, character => `[${character}]`);
  return `${base.replace(/\/$/, '')}/${glob.replace(/^\.\//, '')}`;
}
