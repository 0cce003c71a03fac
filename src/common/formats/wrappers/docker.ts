import { jsonFields } from '../json/jsonTokens';
import { type Wrapper, wrapperStamp } from './wrapper';

/**
 * Docker's `json-file` driver, and shippers that keep its fields:
 * `{"log":"…\n","stream":"stdout","attrs":{…},"time":"…Z"}`, keys in any order. A line of more than 16 KiB is cut: all
 * but the last part end without line break (https://docs.docker.com/engine/logging/drivers/json-file/).
 */
export const docker: Wrapper = {
  name: 'docker',
  isAmbiguous: false,
  isPrefix: false,
  open(line) {
    // An unescaped quote before the name of a key never stands within a string.
    const key = /^\s*\{/.test(line) ? logKey.exec(line) : null;
    if (!key) return null;
    const start = key.index + key[0].length;
    const quote = endOfString(line, start);
    const [, stream] = streamKey.exec(line.slice(0, key.index)) ?? streamKey.exec(line.slice(quote)) ?? [];
    if (stream === undefined) return null;
    const lineBreak = /(?:\\r)?\\n$/.exec(line.slice(Math.max(start, quote - 5), quote))?.[0].length ?? 0;
    const isEscapedBackslash = lineBreak > 0 && backslashesBefore(line, quote - lineBreak) % 2 === 1;
    const hasBreak = lineBreak > 0 && !isEscapedBackslash;
    const end = hasBreak ? quote - lineBreak : quote;
    return { start, end, escaped: true, stream, isPartial: !hasBreak && quote < line.length };
  },
  fieldsOf(line) {
    const fields = jsonFields(line, /\S/.exec(line)?.index ?? 0)?.fields ?? [];
    return fields
      .filter(({ name }) => name !== 'log')
      .map(field => (field.name === 'time' ? { ...field, name: wrapperStamp } : field));
  },
};

const logKey = /(?<!\\)"log"\s?:\s?"/;
const streamKey = /(?<!\\)"stream"\s?:\s?"(stdout|stderr)"/;

/** The quote that ends the JSON string at `start`, or the end of the text. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start); at >= 0; at = text.indexOf('"', at + 1)) {
    if (backslashesBefore(text, at) % 2 === 0) return at;
  }
  return text.length;
}

function backslashesBefore(text: string, at: number): number {
  let count = 0;
  while (text.charAt(at - 1 - count) === '\\') count++;
  return count;
}
