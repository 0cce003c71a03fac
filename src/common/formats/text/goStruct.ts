import type { Field } from '../../model/fieldRole';
import { closingBracket } from './printedObject';

const exported = /([A-Z]\w{0,79}):/y;
const nextField = /\s[A-Z]\w{0,79}:/y;
const looksLikeStruct = /^[A-Z]\w{0,79}:[^\n=]*\s[A-Z]\w{0,79}:/;
/** Structs within structs that are read. */
const deepest = 8;

/**
 * The fields in `text[start, end)`, the inside of a struct as Go prints it with `%+v`: `{StepType:LLM Inference
 * Context:{StepID:s-2 PreviousStepID:} Input:x}`. Nothing stands between fields but a blank: a value goes up to the next
 * exported name, in brackets to where they close. `null` for any other text.
 */
export function goStruct(text: string, start: number, end: number, depth = 0): Field[] | null {
  if (!looksLikeStruct.test(text.slice(start, end))) return null;
  const fields: Field[] = [];
  for (let at = start; at < end; ) {
    exported.lastIndex = at;
    const match = exported.exec(text);
    if (!match) return null;
    const from = exported.lastIndex;
    const to = valueEnd(text, from, end);
    const inner = text.charAt(from) === '{' && depth < deepest ? goStruct(text, from + 1, to - 1, depth + 1) : null;
    if (inner) fields.push(...inner);
    else if (to > from) fields.push({ name: match[1] ?? '', value: text.slice(from, to), start: from, end: to });
    at = to + 1;
  }
  return fields;
}

function valueEnd(text: string, from: number, end: number): number {
  for (let at = from; at < end; at++) {
    nextField.lastIndex = at;
    if (nextField.test(text)) return at;
    const code = text.charAt(at);
    if (code === '{' || code === '[') {
      const close = closingBracket(text, at, end);
      if (close > at) at = close;
    }
  }
  return end;
}
