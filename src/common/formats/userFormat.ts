import { RE2JS, RE2JSSyntaxException } from 're2js';
import type { Field } from '../model/fieldRole';
import type { UserFormat } from '../model/sourceProfile';
import type { LogFormat } from './logFormat';

/** As much of a record as a pattern is tried on, in characters: layouts end long before. */
const reach = 16 * 1024;
/** Instructions that a pattern may become: with {@link reach} they bound the time that a record takes. */
const mostInstructions = 3000;

const compiled = new Map<string, RE2JS>();
const cacheCap = 200;

/**
 * A pattern in RE2's syntax, which takes linear time; `^` and `$` are those of a line.
 * @throws Error of the library where {@link patternProblem} is not null
 */
function compile(pattern: string): RE2JS {
  let known = compiled.get(pattern);
  if (!known) {
    known = RE2JS.compile(pattern, RE2JS.MULTILINE);
    if (compiled.size >= cacheCap) compiled.clear();
    compiled.set(pattern, known);
  }
  return known;
}

const unsupported = /^\(\?(?:<?[=!]|>)|^\\(?:[1-9]|k)/;

/** What is wrong with a pattern and where, `null` if nothing; completes "the pattern …". Takes the time to compile it. */
export function patternProblem(pattern: string): string | null {
  try {
    const regex = compile(pattern);
    if (regex.test('')) return 'fits an empty text, so it would fit everything: ask for something that is always there';
    if (Object.keys(regex.namedGroups()).length === 0)
      return 'has no named group: name what it finds, as in (?<timestamp>…) or (?<correlationId>…)';
    if (regex.programSize() > mostInstructions) return 'is too large: use fewer or smaller {counts}';
    return null;
  } catch (error) {
    if (!(error instanceof RE2JSSyntaxException)) return `cannot be used (${String(error)})`;
    // The library puts its flags before the pattern.
    const part = (error.input ?? '').replace(/^\(\?m\)/, '');
    const isDouble = error.error.startsWith('duplicate');
    const at = Math.max(0, isDouble ? pattern.lastIndexOf(`<${part}>`) + 1 : pattern.indexOf(part));
    const why = unsupported.test(part)
      ? 'look-around and back references are not supported, as patterns have to run in linear time'
      : error.error;
    return `has an error at character ${at + 1}, ${JSON.stringify(part.slice(0, 40))}: ${why}`;
  }
}

/** `null` for a pattern that cannot be compiled: it was refused where it was said, here it fits nothing. */
function regexOf({ pattern }: UserFormat): RE2JS | null {
  try {
    return compile(pattern);
  } catch {
    return null;
  }
}

/** The names of a pattern's groups, in order. */
export const groupsOf = (format: UserFormat): string[] => Object.keys(regexOf(format)?.namedGroups() ?? {});

/** Whether a text, or its beginning if it is long, fits a format's pattern. */
export const fitsPattern = (format: UserFormat, text: string): boolean =>
  regexOf(format)?.test(text.length > reach ? text.slice(0, reach) : text) ?? false;

/**
 * A format that the user described by a pattern. Its groups are the fields, first and as they are named; what they leave
 * out is read by the first of `others` that can. A `message` that ends with its line goes on to the end of the record.
 */
export function userFormat(format: UserFormat, others: readonly LogFormat[]): LogFormat {
  return {
    name: format.name,
    framing: groupsOf(format).includes('timestamp') ? 'stamp' : 'line',
    read(text) {
      const groups = readGroups(format, text);
      if (!groups) return null;
      const rest = firstThatReads(others, text);
      return [...groups, ...rest.filter(field => !isTaken(field, groups))];
    },
  };
}

function readGroups(format: UserFormat, text: string): Field[] | null {
  const matcher = regexOf(format)?.matcher(text.length > reach ? text.slice(0, reach) : text);
  if (!matcher?.find()) return null;
  const fields: Field[] = [];
  for (const name of groupsOf(format)) {
    const start = matcher.start(name);
    let end = matcher.end(name);
    if (start < 0 || start === end) continue;
    if (name === 'message' && (end >= reach || text[end] === '\n' || text.startsWith('\r\n', end))) end = text.length;
    fields.push({ name, value: text.slice(start, end), start, end });
  }
  return fields;
}

function firstThatReads(formats: readonly LogFormat[], text: string): Field[] {
  for (const { read } of formats) {
    const fields = read(text);
    if (fields) return fields;
  }
  return [];
}

/** Whether a group gives a field already: by its name, or because it stands in what the group took (but a message). */
function isTaken({ name, start, end }: Field, groups: readonly Field[]): boolean {
  return groups.some(group => {
    if (group.name === name) return true;
    if (group.name === 'message') return false;
    const isApart = end <= group.start || start >= group.end;
    const isAround = start <= group.start && end >= group.end && end - start > group.end - group.start;
    return !isApart && !isAround;
  });
}
