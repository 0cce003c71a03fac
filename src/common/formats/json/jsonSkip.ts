import { backslash, closeBrace, closeBracket, colon, comma, openBrace, openBracket, quote } from '../../base/jsonCodes';
/** Offset of the first character from `at` that is no JSON white space (RFC 8259 §2); the text's length if none. */
export function skipBlanks(text: string, at: number): number {
  let to = at;
  for (; to < text.length; to++) {
    const code = text.charCodeAt(to);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) break;
  }
  return to;
}

/** Offset behind the closing quote of the string that begins at `at`; -1 where the text ends before it. */
export function skipString(text: string, at: number): number {
  for (let end = text.indexOf('"', at + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let escapes = 0;
    while (end - escapes - 1 > at && text.charCodeAt(end - escapes - 1) === backslash) escapes++;
    if (escapes % 2 === 0) return end + 1;
  }
  return -1;
}

/** Offset behind a number or word that begins at `at`. */
export function skipScalar(text: string, at: number): number {
  let to = at;
  while (to < text.length && !isScalarEnd(text.charCodeAt(to))) to++;
  return to;
}

const isScalarEnd = (code: number): boolean =>
  code === comma || code === closeBrace || code === closeBracket || code <= 0x20 || code === colon || code === quote;

/** Offset behind the value that begins at `at`, without a look at its grammar or its depth; -1 where the text ends. */
export function skipValue(text: string, at: number): number {
  let depth = 0;
  for (let to = at; to < text.length; ) {
    const code = text.charCodeAt(to);
    if (code === quote) {
      to = skipString(text, to);
      if (to < 0) return -1;
      if (depth === 0) return to;
    } else if (code === openBrace || code === openBracket) {
      depth++;
      to++;
    } else if (code === closeBrace || code === closeBracket) {
      to++;
      if (--depth <= 0) return to;
    } else if (depth === 0) {
      return skipScalar(text, to);
    } else to++;
  }
  return -1;
}
