import type { Field } from '../model/fieldRole';
import { keyCap } from './json/jsonTokens';
import type { LogFormat } from './logFormat';

/**
 * logfmt: `key=value` pairs separated by blanks, values bare or in double quotes with Go's escapes
 * (https://pkg.go.dev/github.com/kr/logfmt; Go's strconv.Quote), or in single quotes as Python's `repr` writes them
 * (structlog's KeyValueRenderer). A key without value is `true`.
 */
export const logfmt: LogFormat = { name: 'logfmt', framing: 'line', read: readLogfmt };

const firstPair = /^\s*[A-Za-z_@][\w.@/-]*=/;
const token = /([^\s="]+)(?:=(?:"((?:[^"\\]|\\[\s\S])*)"|'((?:[^'\\]|\\[\s\S])*)'(?=\s|$)|(\S*)))?/y;

function readLogfmt(text: string): Field[] | null {
  if (!firstPair.test(text)) return null;
  const fields: Field[] = [];
  let pairs = 0;
  let others = 0;
  let at = skipBlanks(text, 0);
  while (at < text.length && fields.length < keyCap) {
    token.lastIndex = at;
    const match = token.exec(text);
    if (!match) {
      others++;
      at = skipBlanks(text, at + 1);
      continue;
    }
    const [whole, name = '', doubly, singly, bare] = match;
    const quoted = doubly ?? singly;
    const end = at + whole.length;
    if (quoted !== undefined)
      fields.push({ name, value: unescapeGo(quoted), start: end - 1 - quoted.length, end: end - 1 });
    else if (bare !== undefined) fields.push({ name: nameOf(name, bare), value: bare, start: end - bare.length, end });
    else others++;
    if (quoted !== undefined || bare !== undefined) pairs++;
    at = skipBlanks(text, end);
  }
  // Prose with a few pairs in it is text.
  return pairs >= 2 && others <= pairs ? fields : null;
}

/** Heroku's router writes into `service` how long the application took. */
const nameOf = (name: string, value: string): string =>
  name === 'service' && /^\d+ms$/.test(value) ? 'duration' : name;

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) <= 0x20) at++;
  return at;
}

const escapes: Record<string, string> = { n: '\n', t: '\t', r: '\r', a: '\x07', b: '\b', f: '\f', v: '\v' };

/** Decodes the escapes of Go's `strconv.Quote`. */
export function unescapeGo(raw: string): string {
  if (!raw.includes('\\')) return raw;
  return raw.replace(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U(00[01][0-9a-fA-F]{5})|([0-7]{3})|([\s\S]))/g,
    (whole, hex?: string, short?: string, long?: string, octal?: string, letter?: string) => {
      if (octal) return String.fromCharCode(Number.parseInt(octal, 8));
      const digits = hex ?? short ?? long;
      if (!digits) return escapes[letter ?? ''] ?? letter ?? whole;
      const code = Number.parseInt(digits, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}
