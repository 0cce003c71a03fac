import { closeBrace, closeBracket, colon, comma, openBrace, quote } from '../../base/jsonCodes';
import { skipBlanks, skipString, skipValue } from './jsonSkip';

/** One item of a list of pairs: its key, and where its value begins (-1 where it has none). */
export interface ListedPair {
  key: string;
  valueAt: number;
}

/** What an item may hold beside its key and value: Jaeger's `type`, `vType` of its storage. */
const member = /^(?:key|name|field|value|type|vtype|v_type)$/i;

/**
 * The array that begins at `from` as a list of pairs, where each of its items is one and nothing else:
 * `{"key": "http.method", "value": …}` (OTLP `KeyValue`, Jaeger with a `type`), `{"name": "X-Request-Id", "value": …}`
 * (headers in HAR and by many proxies), `{"field": …, "value": …}` (CloudWatch). `null` for any other array.
 */
export function pairListAt(text: string, from: number): { pairs: ListedPair[]; end: number } | null {
  const pairs: ListedPair[] = [];
  let at = skipBlanks(text, from + 1);
  for (;;) {
    if (text.charCodeAt(at) !== openBrace) return null;
    const item = pairAt(text, at);
    if (!item) return null;
    pairs.push(item.pair);
    at = skipBlanks(text, item.end);
    const code = text.charCodeAt(at);
    if (code === closeBracket) return { pairs, end: at + 1 };
    if (code !== comma) return null;
    at = skipBlanks(text, at + 1);
  }
}

function pairAt(text: string, from: number): { pair: ListedPair; end: number } | null {
  let key: string | null = null;
  let isNamed = false;
  let valueAt = -1;
  let at = skipBlanks(text, from + 1);
  for (;;) {
    const nameEnd = text.charCodeAt(at) === quote ? skipString(text, at) : -1;
    if (nameEnd < 0) return null;
    const name = text.slice(at + 1, nameEnd - 1);
    if (!member.test(name)) return null;
    at = skipBlanks(text, nameEnd);
    if (text.charCodeAt(at) !== colon) return null;
    at = skipBlanks(text, at + 1);
    const end = skipValue(text, at);
    if (end < 0) return null;
    const first = name.charCodeAt(0) | 0x20;
    if (first === 0x6b || first === 0x6e || first === 0x66) {
      if (key !== null || text.charCodeAt(at) !== quote) return null;
      key = text.slice(at + 1, end - 1);
      isNamed = first !== 0x6b;
    } else if (/^value$/i.test(name)) valueAt = at;
    at = skipBlanks(text, end);
    const code = text.charCodeAt(at);
    if (code === closeBrace) break;
    if (code !== comma) return null;
    at = skipBlanks(text, at + 1);
  }
  // A key alone is a pair without a value; a name alone names a thing.
  return key === null || (isNamed && valueAt < 0) ? null : { pair: { key, valueAt }, end: at + 1 };
}
