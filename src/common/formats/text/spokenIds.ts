import type { Field } from '../../model/fieldRole';
import { isIdKey, isIdRole, knownName } from '../../profile/fieldNames';
import { isId, looksLikeId } from '../../profile/ids';

/** Furthest into a text that is looked at. */
const reach = 16_384;
const spoken =
  /(?<![\w.@/-])([A-Za-z]{1,20}[ _-]?(?:id|ID|Id)|session|request|trace|correlation|transaction)[ ]#?([0-9A-Za-z][\w.:@-]{2,127})/g;
const bareWord = /^(?:session|request|trace|correlation|transaction)$/;
const numberedHex = /^0x[0-9a-f]{8,32}$/i;
/** Celery: the name of a task and its ID. */
const task = /\b[Tt]ask:? ([\w.]{1,200})\[([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\]/;

/**
 * IDs that the words of a message name without a sign: `request id 4f2e…`, `session 0x14ed…`, `Task orders.add[<uuid>]
 * received`. The value must look like an ID, more so behind a word that is no key by itself.
 */
export function spokenIds(text: string, from: number): Field[] {
  const part = text.slice(from, from + reach);
  const fields: Field[] = [];
  const celery = part.includes('ask') ? task.exec(part) : null;
  if (celery) {
    const [, name = '', id = ''] = celery;
    const end = from + celery.index + celery[0].length - 1;
    const nameEnd = end - id.length - 1;
    fields.push({ name: 'task_name', value: name, start: nameEnd - name.length, end: nameEnd });
    fields.push({ name: 'task_id', value: id, start: end - id.length, end });
  }
  spoken.lastIndex = 0;
  for (let match = spoken.exec(part); match; match = spoken.exec(part)) {
    const { 0: whole, 1: key = '', 2: raw = '', index } = match;
    const value = raw.replace(/[.:-]+$/, '');
    if (!isNamed(key, value)) continue;
    const start = from + index + whole.length - raw.length;
    fields.push({ name: bareWord.test(key) ? `${key}_id` : key, value, start, end: start + value.length });
  }
  return fields;
}

function isNamed(key: string, value: string): boolean {
  if (numberedHex.test(value) || looksLikeId(value)) return bareWord.test(key) || isKey(key);
  return !bareWord.test(key) && isKey(key) && /\d/.test(value) && isId(value);
}

/** `valid` ends like a key and is none: one in small letters must be known. */
function isKey(key: string): boolean {
  if (!/[A-Za-z]id$/.test(key)) return isIdKey(key);
  const known = knownName(key);
  return known !== null && isIdRole(known.role);
}
