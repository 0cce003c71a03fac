import type { IdSpellings } from '../model/sourceProfile';
import { bareHex, base64OfHex, compoundId, isServerId } from './idShapes';

const longestId = 255;
const placeholders = new Set([
  '',
  '-',
  '--',
  '?',
  '*',
  'n/a',
  'na',
  'nil',
  'null',
  'none',
  'undefined',
  'unknown',
  'unset',
  'empty',
  'true',
  'false',
  'nan',
  'root',
  'default',
  'anonymous',
  'system',
  'not-set',
  'not_set',
  'optional.empty',
  // -1 of 32 bits, by which auditd says that there is none.
  '4294967295',
]);

/** What a placeholder may stand in: `(none)`, `<nil>`, `[]`. */
const dress = /^[([{<"']+|[)\]}>"']+$/g;

/**
 * Whether a value can be an ID at all: not empty, no placeholder (`-`, `N/A`, `null`, `undefined`, `none` …), not all
 * zeros, no sentence, at most 255 characters.
 */
export function isId(value: string): boolean {
  const { length } = value;
  if (length === 0 || length > longestId) return false;
  let meaningful = false;
  for (let at = 0; at < length; at++) {
    const code = value.charCodeAt(at);
    if (code <= 0x20) return false;
    if (code !== 0x30 && code !== 0x2d && code !== 0x7b && code !== 0x7d) meaningful = true;
  }
  return meaningful && (length > 14 || !placeholders.has(value.replace(dress, '').toLowerCase()));
}

/**
 * Whether an ID is too common to be believed anywhere but in an ID-role field or after an ID key: shorter than 8
 * characters, or digits only.
 */
export function isWeakId(id: string): boolean {
  return id.length < 8 || /^\d+$/.test(id);
}

/** Whether a value looks like an ID with nothing beside it that says so: a UUID, a long hex number, a compound ID, a server's. */
export function looksLikeId(value: string): boolean {
  if (isServerId(value)) return true;
  const key = compoundId(value)?.trace ?? bareHex(value);
  if (key === null || key.length < 16 || !isId(key)) return false;
  return !isWeakId(key) && /\d/.test(key) && /[a-f]/.test(key);
}

/** A shorter hex number in a bracket where others write the thread; a thread's own are addresses (`7f3a…`). */
const shortTag = /^(?!7f)(?=.*\d)(?=.*[a-f])[1-9a-f][\da-f]{9,14}$/;

/** Whether what stands in the place of a thread may as well be the tag of a request. */
export const looksLikeTag = (value: string): boolean => looksLikeId(value) || shortTag.test(value);

/**
 * The normalised form by which IDs are compared (field-names §1.3): hex of 16 digits and more in lower case without
 * dashes, braces and `urn:uuid:`; the trace part of a traceparent, an X-Ray ID, a Google trace path; a 64-bit trace
 * padded with zeros loses them. Of everything else case is a spelling (`XYZ123`, `xyz123`), but where it carries meaning
 * (base 62 and 64: `V1StGXR8`).
 */
export function joinKey(id: string): string {
  const text = id.trim();
  const hex = compoundId(text)?.trace ?? bareHex(text);
  if (hex === null) return isCaseBearing(text) ? text : text.toLowerCase();
  return hex.length === 32 && hex.startsWith('0000000000000000') ? hex.slice(16) : hex;
}

/** Letters of both cases within one word that is not merely capitalised. */
const mixedCase = /[A-Z][A-Z]+[a-z]|[a-z][A-Z]/;
const isCaseBearing = (id: string): boolean => mixedCase.test(id);

/** Every spelling under which an ID may stand in some log, the given one first. */
export function spellingsOf(id: string): string[] {
  return allowedSpellings(id, { case: 'mixed', dashes: 'mixed', decimal: true, base64: true });
}

/**
 * Those spellings of an ID that a source's own IDs have, the given one always among them and first: the cold look-up
 * searches for these before it widens to {@link spellingsOf}.
 */
export function allowedSpellings(id: string, allowed: IdSpellings): string[] {
  const given = id.trim();
  const key = joinKey(given);
  const spellings = new Set([given]);
  if (bareHex(key) === null || key.length < 16) {
    // A source's sample tells how it spells hex, and nothing of other IDs.
    if (!isCaseBearing(given))
      for (const form of [given.toLowerCase(), given.toUpperCase()]) if (joinKey(form) === key) spellings.add(form);
    return withEscaped([...spellings]);
  }
  const full = key.length === 16 ? [key, key.padStart(32, '0')] : [key];
  for (const hex of full) {
    const forms = [];
    if (hex.length !== 32 || allowed.dashes !== 'with') forms.push(hex);
    if (hex.length === 32 && allowed.dashes !== 'without' && full.length === 1) forms.push(dashed(hex));
    for (const form of forms) {
      if (allowed.case !== 'upper') spellings.add(form);
      if (allowed.case !== 'lower') spellings.add(form.toUpperCase());
    }
  }
  if (key.length === 32 && given.startsWith('1-')) spellings.add(`1-${key.slice(0, 8)}-${key.slice(8)}`);
  if (allowed.decimal && (key.length === 32 || key.length === 16)) {
    const low = BigInt(`0x${key.slice(-16)}`).toString();
    if (low !== '0') spellings.add(low);
  }
  if (allowed.base64 && key.length === 32) spellings.add(base64OfHex(key));
  return withEscaped([...spellings]);
}

const escaped = (text: string, pattern: RegExp, hexOf: (hex: string) => string): string =>
  text.replace(pattern, unit => `\\u${hexOf(unit.charCodeAt(0).toString(16).padStart(4, '0'))}`);
const lower = (hex: string) => hex;
const upper = (hex: string) => hex.toUpperCase();

/** Spellings and the forms that JSON's writers give them, also within the text of another JSON record. */
function withEscaped(spellings: string[]): string[] {
  const forms = new Set(spellings);
  for (const spelling of spellings) {
    if (/^[\w.:+=#@~-]*$/.test(spelling) && !spelling.includes('+')) continue;
    for (const form of jsonForms(spelling)) {
      forms.add(form);
      if (form.includes('\\')) forms.add(JSON.stringify(form).slice(1, -1));
    }
  }
  return [...forms];
}

/**
 * An ID as it stands in JSON: only what must be is escaped (JavaScript, Go, Java); `/` too, and non-ASCII (PHP); non-ASCII
 * (Python); `<`, `>` and `&` (Go); these, `'`, `"`, `+` and a backtick, with capital digits (.NET).
 */
function* jsonForms(id: string): Generator<string> {
  const least = JSON.stringify(id).slice(1, -1);
  const slashed = least.replaceAll('/', '\\/');
  yield least;
  yield slashed;
  for (const hexOf of [lower, upper]) {
    yield escaped(least, /[^\x00-\x7f]/g, hexOf);
    yield escaped(slashed, /[^\x00-\x7f]/g, hexOf);
    yield escaped(least, /[<>&]/g, hexOf);
  }
  yield escaped(least.replaceAll('\\"', '"'), /[^\x00-\x7f]|[<>&'"+`]/g, upper);
}

const dashed = (hex: string): string =>
  `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
