/** An object as languages print it: offsets of its name (empty where it has none), its brackets and its end. */
export interface Printed {
  start: number;
  nameEnd: number;
  open: number;
  close: number;
  end: number;
}

const longestBracket = 8192;
const closers: Record<string, string> = { '[': ']', '(': ')', '<': '>', '{': '}', '【': '】' };

/** The bracket that closes the one at `at` before `to`, inner ones of its kind respected; -1 if there is none near. */
export function closingBracket(text: string, at: number, to: number): number {
  const open = text.charAt(at);
  const close = closers[open] ?? '';
  const limit = Math.min(to, at + longestBracket);
  let depth = 0;
  for (let position = at; position < limit; position++) {
    const character = text.charAt(position);
    if (character === open) depth++;
    else if (character === close && --depth === 0) return position;
  }
  return -1;
}

/** A name with its bracket behind it, `{` also after a blank; or a `{` alone. */
const printed = /([A-Za-z_][\w.$:]{0,80})?(?:([([])|\s?(\{))/y;

/**
 * The object that begins at `at`: `Context(correlationId=…)` (Kotlin, Lombok, Python), `Context[correlationId=…]` (records
 * of Java), `Context { CorrelationId = … }` (C#), `Context { correlation_id: "…" }` (Rust), `{ correlationId: … }`
 * (JavaScript); `null` where none does, or it does not end before `to`. A bracket without a name is a list.
 */
export function printedAt(text: string, at: number, to: number): Printed | null {
  printed.lastIndex = at;
  const match = printed.exec(text);
  if (!match) return null;
  const name = match[1] ?? '';
  if (name === '' && match[3] === undefined) return null;
  const open = printed.lastIndex - 1;
  const close = closingBracket(text, open, to);
  return close < 0 ? null : { start: at, nameEnd: at + name.length, open, close, end: close + 1 };
}

/** What is put around a value that may be missing (Rust, Java): the value is inside. */
export const isWrapper = (name: string): boolean => name === 'Some' || name === 'Optional';
