import type { Field } from '../../model/fieldRole';
import { knownName } from '../../profile/fieldNames';
import { phaseOfValue } from '../../profile/phase';
import { isSeverityWord } from '../../profile/severity';
import type { Head } from './head';
import { matchedFields } from './lineTokens';
import { pairsIn } from './pairs';
import { closingBracket } from './printedObject';

const wordAhead = /[A-Za-z]+/y;
const behindSlash = /\/([\w.-]{1,64})(?=\])/dy;
const loggerAhead =
  /(?:[A-Za-z_$][\w$#/-]*(?:\.(?:[\w$#/<>-]+|\[[^\]\s]{0,64}\]))+(?:\([\w.:]+\))?|[A-Za-z_$][\w$#.-]*)(?=\s*(?:\[[^\]]{0,64}\]\s*)?(?::|\s-\s|\s--\s|\s=>\s|\s\|))/y;
const dottedAhead = /[a-z_$][\w$]*(?:\.[\w$-]+){1,12}(?:#\d+)?(?=\s)/y;
/** A logger in a column of its own (NLog's `${logger}` between bars). */
const columnAhead = /[A-Za-z_$][\w$.+-]{0,127}(?=\|)/y;

export function readSeverity(text: string, head: Head, at: number): boolean {
  // Ruby writes the letter of the level before the stamp and the word behind it.
  const isLetter = head.fields[0]?.name === 'severity' && head.fields[0].value.length === 1;
  const word = head.seen.severity && !isLetter ? null : matchAt(wordAhead, text, at);
  if (!word || /^\w/.test(text.charAt(at + word.length)) || !isSeverityWord(word)) return false;
  head.add({ name: 'severity', value: word, start: at, end: at + word.length });
  head.end = at + word.length;
  // Celery: `INFO/MainProcess]`.
  behindSlash.lastIndex = head.end;
  const process = behindSlash.exec(text);
  if (process) {
    for (const field of matchedFields(process, ['thread'])) head.add(field);
    head.end += process[0].length;
  }
  return true;
}

const pairRun =
  /(?:[A-Za-z_][\w.-]{0,63}=(?:"[^"\n]{0,255}"|[^\s,"'[\]{}]{0,255})(?:,\s*|\s+)){1,16}(?=(\[|[A-Za-z]{4,8}\b))/y;

/** Bare pairs in the head: a bracket or the severity follows them (Elixir's metadata, Quarkus' MDC, Sidekiq). */
export function readPairs(text: string, head: Head, at: number, lineEnd: number): boolean {
  pairRun.lastIndex = at;
  const match = pairRun.exec(text);
  if (!match || at + match[0].length > lineEnd) return false;
  const end = at + match[0].length;
  const word = matchAt(wordAhead, text, end);
  if (match[1] !== '[' && (head.seen.severity || !isSeverityWord(word ?? ''))) return false;
  head.fields.push(...pairsIn(text, at, end, 'all'));
  head.end = end;
  return true;
}

const spanAhead = /[A-Za-z_][\w.:-]{0,127}(?=\{)/y;

/** The spans that a record of Rust's tracing was written in, the outermost first: `request{id=1}:query{user=u}: target:`. */
export function readSpans(text: string, head: Head, at: number, lineEnd: number): boolean {
  let end = at;
  const fields: Field[] = [];
  for (let name = matchAt(spanAhead, text, end); name !== null; name = matchAt(spanAhead, text, end)) {
    const open = end + name.length;
    const close = closingBracket(text, open, lineEnd);
    if (close < 0 || text.charAt(close + 1) !== ':' || fields.length > 100) return false;
    fields.push(...pairsIn(text, open + 1, close, 'all'));
    end = close + 2;
  }
  if (end === at) return false;
  // The innermost span is the closest.
  head.fields.push(...fields.reverse());
  head.end = end;
  return true;
}

export function readLogger(text: string, head: Head, at: number): boolean {
  if (head.seen.logger) return false;
  const column = text.charAt(at - 1) === '|' ? matchAt(columnAhead, text, at) : null;
  const logger = column ?? matchAt(loggerAhead, text, at) ?? dottedLogger(text, at);
  if (!logger || logger.includes('=') || logger.length > 120) return false;
  // `key: value` of the message is no logger.
  if (/(?:id|Id|ID)$/.test(logger)) return false;
  // A single word before a colon may as well be the message's own (`Tool: search started`), which then keeps it.
  const isPlainWord = /^\w+$/.test(logger) && /^\s*:/.test(text.slice(at + logger.length, at + logger.length + 8));
  if (
    isPlainWord &&
    (head.hasPairs || isNoLogger(logger) || ':/ :\\'.includes(text.slice(at + logger.length, at + logger.length + 2)))
  )
    return false;
  head.add({ name: 'logger', value: logger, start: at, end: at + logger.length });
  if (isPlainWord) return false;
  head.end = at + logger.length;
  return true;
}

const paddedLevel = /\[[a-z]{4,8} {1,5}\] *$/;

/** structlog's console writes a padded level in brackets, the event, and its pairs: a dotted event is no logger. */
function dottedLogger(text: string, at: number): string | null {
  const logger = matchAt(dottedAhead, text, at);
  return logger !== null && paddedLevel.test(text.slice(Math.max(0, at - 16), at)) ? null : logger;
}

/** `error: 3 retries`, `duration: 12 ms`, `done: 4`: words of a message. */
const isNoLogger = (word: string): boolean =>
  knownName(word)?.role === 'duration' || phaseOfValue(word) !== null || isSeverityWord(word);

const matchAt = (pattern: RegExp, text: string, at: number): string | null => {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
};
