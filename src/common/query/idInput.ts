import { formats } from '../formats/formats';
import { withoutColours } from '../formats/json/offsets';
import { pairsIn } from '../formats/text/pairs';
import type { Field, FieldRole } from '../model/fieldRole';
import { isIdKey, knownName } from '../profile/fieldNames';
import { groupIdIn } from '../profile/idShapes';
import { isId, isWeakId, joinKey, looksLikeId } from '../profile/ids';

export interface IdCandidate {
  /** The ID as it was written. */
  text: string;
  /** The key that named it (`correlationId`, `X-Request-Id` …), `null` where it stood alone. */
  key: string | null;
}

/** Longest text that is looked into, and most candidates that are told. */
const textCap = 256 * 1024;
const candidateCap = 50;

/**
 * The likely IDs in anything that a user pastes: `correlationId = xyz123`, a log line of any format, a header, a
 * `traceparent`, a URL, JSON, a quoted ID or just a word. Best first: values of group keys by their precedence, then of
 * other ID keys, then UUIDs and long hex numbers, then a text that is nothing but one word. No doubles (by join key).
 */
export function idsInText(text: string): { candidates: IdCandidate[] } {
  const plain = withoutColours(text.slice(0, textCap)).text.trim();
  const found: (IdCandidate & { rank: number })[] = [];
  const add = (id: string, key: string | null, rank: number) => {
    const value = groupIdIn(undressed(id));
    if (isId(value)) found.push({ text: value, key, rank });
  };
  for (const { name, value } of [...fieldsIn(plain), ...queryParameters(plain, 0)]) {
    const rank = rankOfKey(name, value);
    if (rank !== null) add(value, name, rank);
  }
  for (const match of plain.matchAll(shapes)) if (looksLikeId(groupIdIn(match[0]))) add(match[0], null, keylessRank);
  const word = undressed(plain);
  if (isWord(word)) add(word, null, keylessRank + 1);
  else if (found.length === 0 && isToken(plain)) add(plain.replace(/^(["'`])(.*)\1$/, '$2'), null, keylessRank + 1);
  // A sentence about a request: its words of letters and digits are all there is to go by.
  else if (found.length === 0) for (const [mixed] of plain.matchAll(mixedWord)) add(mixed, null, keylessRank + 2);
  return { candidates: distinct(found.sort((a, b) => a.rank - b.rank)) };
}

const keylessRank = 1000;

/** The order in which roles are believed; IDs without a known role follow. */
const roleOrder: readonly FieldRole[] = [
  'correlationId',
  'messageId',
  'stepId',
  'toolCallId',
  'previousStepId',
  'entityId',
  'sessionId',
  'userId',
  'organizationId',
];

/** Lower is better; `null` where the key names no ID, or one that this value cannot be. */
function rankOfKey(key: string, value: string): number | null {
  const known = knownName(key);
  const order = known ? roleOrder.indexOf(known.role) : -1;
  if (!known || order < 0) return isIdKey(key) && isId(value) ? 900 : null;
  if (known.doubtful && (known.plain === 'trace' ? !looksLikeId(groupIdIn(value)) : isWeakId(value))) return null;
  return order * 100 + known.rank;
}

function fieldsIn(text: string): Pick<Field, 'name' | 'value'>[] {
  const fields: Pick<Field, 'name' | 'value'>[] = [];
  for (const line of text.split('\n', 200)) {
    for (const { read, name } of formats) {
      const found = name === 'text' ? null : read(line.trim());
      if (!found) continue;
      fields.push(...found);
      break;
    }
  }
  const whole = formats[0]?.read(text) ?? null;
  return [...fields, ...(whole ?? []), ...pairsIn(text, 0, text.length, 'every')];
}

/** `…?correlationId=x&y=z` of URLs, decoded, and the pairs that a value holds (`?q=correlationId%3Dx`, `?next=%2F%3Fid%3Dx`). */
function* queryParameters(text: string, nesting: number): Generator<{ name: string; value: string }> {
  for (const [, name = '', raw = ''] of text.matchAll(/[?&;]([\w.-]{1,64})=([^&#\s"'<>;]{1,512})/g)) {
    const value = percentDecoded(raw);
    yield { name, value };
    if (value === raw || nesting > 1) continue;
    yield* pairsIn(value, 0, value.length, 'every');
    yield* queryParameters(value, nesting + 1);
  }
}

function percentDecoded(value: string): string {
  try {
    return decodeURIComponent(value.replaceAll('+', ' ')).trim();
  } catch {
    return value;
  }
}

const shapes =
  /\b[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}\b|\b1-[0-9a-f]{8}-[0-9a-f]{24}\b|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\b[0-9a-f]{16,64}\b/gi;

const mixedWord = /(?<![\w.:/@#-])(?=[\w-]*[A-Za-z])(?=[\w-]*\d)[A-Za-z\d][\w-]{5,127}(?![\w:/@-])/g;

const undressed = (text: string): string =>
  text
    .trim()
    .replace(/^["'`<({[]+|["'`>)}\],;]+$/g, '')
    .trim();

/** One token of any signs, and no pair, URL, bracket or markup. */
const isToken = (text: string): boolean =>
  /^\S+$/.test(text) &&
  !/^[A-Za-z_@][\w.@-]*(?:=(?!=*$)|=$(?<=[Ii][Dd]=))/.test(text) &&
  !/^\w+:\/\/|^[[{<(]/.test(text);

/** One word, and not merely `key=` or a bracket. */
const isWord = (text: string): boolean => text !== '' && !/[\s=<>"'{}]/.test(text) && !/^\w+:\/\//.test(text);

function distinct(found: IdCandidate[]): IdCandidate[] {
  const seen = new Set<string>();
  const candidates: IdCandidate[] = [];
  for (const { text, key } of found) {
    const join = joinKey(text);
    if (seen.has(join)) continue;
    seen.add(join);
    candidates.push({ text, key });
    if (candidates.length >= candidateCap) break;
  }
  return candidates;
}
