import type { Field } from '../model/fieldRole';
import { knownName } from '../profile/fieldNames';
import { phaseOfValue } from '../profile/phase';
import { isSeverityWord } from '../profile/severity';
import { clockAt, stampAt } from '../profile/time/timestamp';
import { closingBracket } from './bracketPairs';
import { isTag, readBracket } from './headBracket';
import { readPart } from './headParts';
import { matchedFields } from './lineTokens';
import { pairsIn } from './pairs';

/** What stands before the message of a text line. */
export class Header {
  readonly fields: Field[] = [];
  readonly seen = { severity: false, thread: false, logger: false };
  /** A bracket made of pairs was among it. */
  hasPairs = false;
  hasStamp = false;
  /** The bracket that the stamp stands in holds more than the stamp. */
  isOpen = false;
  /** Spring Boot's `---` was among it. */
  hasDashes = false;

  /** Where the message begins, as far as is known. */
  end: number;

  constructor(end: number) {
    this.end = end;
  }

  add(field: Field): void {
    this.fields.push(field);
    if (field.name === 'severity' || field.name === 'thread' || field.name === 'logger') this.seen[field.name] = true;
  }
}

/** How far into a line a stamp is looked for: access logs and load balancers write addresses before it. */
const stampReach = 120;
const grepPrefix = /^[\w./\\-]*[\w-]\.(?:log|txt|out|err|jsonl?|ndjson)(?:\.[\w-]+)*(?::(?:\d+:)?|-\d+-)/;
/** What syslog puts before a stamp (RFC 3164 §4.1.1, RFC 5424 §6.2). */
const priority = /^<\d{1,3}>(?:\d )?/;
/** A bullet of a list: a dash, an asterisk, or any symbol (`•`, `◦`, `→`, `✅`), one of a font's variants included. */
const bullet = /^\s*(?:(?:[*>•·‣⁃∙→\p{Pd}\p{So}]|\p{Emoji_Presentation})\ufe0f?\s+)?/u;
/** What opens a head right before its stamp: a bracket, Ruby's `I, [`, the process and role of Redis. */
const opening = /^(?:[[(<]|[A-Z], \[|\d{1,8}:[A-Z] )/;

/** Where a line's own text begins: behind a bullet and what `grep` puts before it. */
export function linePrefix(text: string): number {
  const after = bullet.exec(text)?.[0].length ?? 0;
  const code = text.charCodeAt(after);
  if (code >= 0x30 && code <= 0x39) return after;
  if (code === 0x3c) return after + (priority.exec(text.slice(after, after + 8))?.[0].length ?? 0);
  return after + (grepPrefix.exec(text.slice(after, after + 256))?.[0].length ?? 0);
}

/** Whether a line begins with a stamp (behind a bracket or severity, at most), as the first line of a record does. */
export function startsWithStamp(line: string): boolean {
  let at = linePrefix(line);
  if (stampEnd(line, at) >= 0) return true;
  at += opening.exec(line.slice(at, at + 16))?.[0].length ?? 0;
  if (stampEnd(line, at) >= 0) return true;
  const word = /^[A-Za-z]{3,13}/.exec(line.slice(at, at + 16))?.[0] ?? '';
  if (!isSeverityWord(word)) return false;
  const next =
    at + word.length + (/^[\s\])>:|[(]*/.exec(line.slice(at + word.length, at + word.length + 8))?.[0].length ?? 0);
  return stampEnd(line, next) >= 0;
}

const monthAndDay = /(?:0[1-9]|1[0-2])-[0-3]\d (?=\d\d:)/y;

/** Where the stamp ends that begins at `at`, be it a time of day alone, or with month and day (logcat); -1 if none. */
function stampEnd(text: string, at: number): number {
  const stamp = stampAt(text, at);
  if (stamp) return stamp.end;
  monthAndDay.lastIndex = at;
  return clockAt(text, monthAndDay.test(text) ? at + 6 : at);
}

/**
 * Reads the head of a text line: `[bullet] stamp severity [thread] logger`, in any order and any brackets, with `|`,
 * `-`, `:` or blanks between, the layouts of well-known programs among it, and brackets made of pairs.
 */
export function readHeader(text: string): Header {
  const lineEnd = text.indexOf('\n') < 0 ? text.length : text.indexOf('\n');
  const header = new Header(linePrefix(text));
  readTags(text, header, lineEnd);
  readStamp(text, header, lineEnd);
  // A stamp further in: the line's head is nothing that is known.
  if (header.hasStamp && (header.fields.at(-1)?.start ?? 0) >= header.end) return header;
  if (!header.hasStamp) readPythonHead(text, header);
  return readRest(text, header, lineEnd);
}

/** The head of a message that stands behind another head, which held the stamp. */
export function readHeadFrom(text: string, from: number): Header {
  const newline = text.indexOf('\n', from);
  const header = new Header(from);
  header.hasStamp = true;
  return readRest(text, header, newline < 0 ? text.length : newline);
}

function readRest(text: string, header: Header, lineEnd: number): Header {
  for (let tokens = 0; tokens < 12 && readToken(text, header, lineEnd); tokens++);
  header.end = skipSeparators(text, header.end, lineEnd);
  return header;
}

/** Tags of a request at the very beginning: `[<uuid>] Started GET …`. */
function readTags(text: string, header: Header, lineEnd: number): void {
  if (text.charAt(header.end) !== '[') return;
  const end = closingBracket(text, header.end, lineEnd);
  if (end < 0 || !isTag(text.slice(header.end + 1, end))) return;
  readBracket(text, header, header.end, lineEnd);
  header.end = skipSeparators(text, header.end, lineEnd);
}

const pythonHead = /(DEBUG|INFO|WARNING|ERROR|CRITICAL):([\w.]{1,128}):/dy;

/** The default layout of Python's `logging.basicConfig`: `WARNING:root:message`. */
function readPythonHead(text: string, header: Header): void {
  pythonHead.lastIndex = header.end;
  const match = pythonHead.exec(text);
  if (!match) return;
  for (const field of matchedFields(match, ['severity', 'logger'])) header.add(field);
  header.end += match[0].length;
}

function readStamp(text: string, header: Header, lineEnd: number): void {
  const from = header.end;
  const reach = Math.min(lineEnd, from + stampReach);
  for (let at = from; at < reach; at++) {
    if (at > from && isWord(text.charCodeAt(at - 1))) continue;
    const end = at <= from + 1 ? stampEnd(text, at) : (stampAt(text, at)?.end ?? -1);
    if (end < 0) continue;
    header.hasStamp = true;
    const before = text.slice(from, at);
    const isKnown = at - from <= 1 || readBefore(before, from, header);
    header.add({ name: 'timestamp', value: text.slice(at, end), start: at, end });
    // What else stands before a stamp is part of the message.
    if (!isKnown) return;
    header.end = end;
    if (text.charAt(end) === ']' || text.charAt(end) === ')') header.end++;
    else header.isOpen = text.charAt(at - 1) === '[';
    // klog's stamp begins with the letter of the level.
    if (/^[IWEFD]\d{4} /.test(text.slice(at, at + 6)))
      header.add({ name: 'severity', value: text.charAt(at), start: at, end: at + 1 });
    return;
  }
}

const levelBefore = /^[[(<]?([A-Za-z]+)[\])>:|]?[\s[(|]*$/d;
const letterBefore = /^([A-Z]), \[$/d;
const processBefore = /^(\d{1,8}):[A-Z] $/d;

/** What stands before the stamp: a severity, or a process and its role (Redis). False where it is something else. */
function readBefore(before: string, from: number, header: Header): boolean {
  const level = levelBefore.exec(before);
  const match = level && isSeverityWord(level[1] ?? '') ? level : letterBefore.exec(before);
  const process = match ? null : processBefore.exec(before);
  for (const field of match ? matchedFields(match, ['severity'], from) : []) header.add(field);
  for (const field of process ? matchedFields(process, ['pid'], from) : []) header.add(field);
  return match !== null || process !== null;
}

const wordAhead = /[A-Za-z]+/y;
const behindSlash = /\/([\w.-]{1,64})(?=\])/dy;
const loggerAhead =
  /(?:[A-Za-z_$][\w$#/-]*(?:\.[\w$#/<>-]+)+(?:\([\w.:]+\))?|[A-Za-z_$][\w$#.-]*)(?=\s*(?:\[[^\]]{0,64}\]\s*)?(?::|\s-\s|\s--\s|\s=>\s|\s\|))/y;
const dottedAhead = /[a-z_$][\w$]*(?:\.[\w$-]+){1,12}(?:#\d+)?(?=\s)/y;
/** A logger in a column of its own (NLog's `${logger}` between bars). */
const columnAhead = /[A-Za-z_$][\w$.+-]{0,127}(?=\|)/y;

/** Takes one part of the head; false where the message begins. */
function readToken(text: string, header: Header, lineEnd: number): boolean {
  const at = skipSeparators(text, header.end, lineEnd);
  if (at >= lineEnd) return false;
  const open = text.charAt(at);
  if (open === '[' || open === '(' || open === '<' || open === '{' || open === '【')
    return readBracket(text, header, at, lineEnd);
  if (readSeverity(text, header, at)) return true;
  if (!header.hasStamp && !header.hasPairs && !header.seen.severity) return false;
  return (
    readPart(text, header, at) ||
    readPairs(text, header, at, lineEnd) ||
    readSpans(text, header, at, lineEnd) ||
    readLogger(text, header, at)
  );
}

function readSeverity(text: string, header: Header, at: number): boolean {
  // Ruby writes the letter of the level before the stamp and the word behind it.
  const isLetter = header.fields[0]?.name === 'severity' && header.fields[0].value.length === 1;
  const word = header.seen.severity && !isLetter ? null : matchAt(wordAhead, text, at);
  if (!word || isWord(text.charCodeAt(at + word.length)) || !isSeverityWord(word)) return false;
  header.add({ name: 'severity', value: word, start: at, end: at + word.length });
  header.end = at + word.length;
  // Celery: `INFO/MainProcess]`.
  behindSlash.lastIndex = header.end;
  const process = behindSlash.exec(text);
  if (process) {
    for (const field of matchedFields(process, ['thread'])) header.add(field);
    header.end += process[0].length;
  }
  return true;
}

const pairRun =
  /(?:[A-Za-z_][\w.-]{0,63}=(?:"[^"\n]{0,255}"|[^\s,"'[\]{}]{0,255})(?:,\s*|\s+)){1,16}(?=(\[|[A-Za-z]{4,8}\b))/y;

/** Bare pairs in the head: a bracket or the severity follows them (Elixir's metadata, Quarkus' MDC, Sidekiq). */
function readPairs(text: string, header: Header, at: number, lineEnd: number): boolean {
  pairRun.lastIndex = at;
  const match = pairRun.exec(text);
  if (!match || at + match[0].length > lineEnd) return false;
  const end = at + match[0].length;
  const word = matchAt(wordAhead, text, end);
  if (match[1] !== '[' && (header.seen.severity || !isSeverityWord(word ?? ''))) return false;
  header.fields.push(...pairsIn(text, at, end, 'all'));
  header.end = end;
  return true;
}

const spanAhead = /[A-Za-z_][\w.:-]{0,127}(?=\{)/y;

/** The spans that a record of Rust's tracing was written in, the outermost first: `request{id=1}:query{user=u}: target:`. */
function readSpans(text: string, header: Header, at: number, lineEnd: number): boolean {
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
  header.fields.push(...fields.reverse());
  header.end = end;
  return true;
}

function readLogger(text: string, header: Header, at: number): boolean {
  if (header.seen.logger) return false;
  const column = text.charAt(at - 1) === '|' ? matchAt(columnAhead, text, at) : null;
  const logger = column ?? matchAt(loggerAhead, text, at) ?? matchAt(dottedAhead, text, at);
  if (!logger || logger.includes('=') || logger.length > 120) return false;
  // `key: value` of the message is no logger.
  if (/(?:id|Id|ID)$/.test(logger)) return false;
  // A single word before a colon may as well be the message's own (`Tool: search started`), which then keeps it.
  const isPlainWord = /^\w+$/.test(logger) && /^\s*:/.test(text.slice(at + logger.length, at + logger.length + 8));
  if (
    isPlainWord &&
    (header.hasPairs || isNoLogger(logger) || ':/ :\\'.includes(text.slice(at + logger.length, at + logger.length + 2)))
  )
    return false;
  header.add({ name: 'logger', value: logger, start: at, end: at + logger.length });
  if (isPlainWord) return false;
  header.end = at + logger.length;
  return true;
}

/** `error: 3 retries`, `duration: 12 ms`, `done: 4`: words of a message. */
const isNoLogger = (word: string): boolean =>
  knownName(word)?.role === 'duration' || phaseOfValue(word) !== null || isSeverityWord(word);

const matchAt = (pattern: RegExp, text: string, at: number): string | null => {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
};

function skipSeparators(text: string, from: number, lineEnd: number): number {
  let at = from;
  while (at < lineEnd) {
    const character = text.charAt(at);
    if (' \t|:,;]'.includes(character)) at++;
    else if ((character === '-' || character === '—') && /[\s|]/.test(text.charAt(at + 1) || ' ')) at++;
    else break;
  }
  return at;
}

const isWord = (code: number): boolean =>
  (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a) || code === 0x5f;
