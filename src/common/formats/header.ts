import type { Field } from '../model/fieldRole';
import { severityOfWord } from '../profile/severity';
import { headStampEnd } from '../profile/time/looseStamp';
import { stampAt } from '../profile/time/timestamp';
import { closingBracket, isPairs, listedPairs } from './bracketPairs';
import { pairsIn } from './pairs';

/** What stands before the message of a text line. */
export interface Header {
  fields: Field[];
  /** Where the message begins. */
  end: number;
  /** A bracket made of pairs was among it. */
  hasPairs: boolean;
  hasStamp: boolean;
}

/** How far into a line a stamp is looked for: access logs and load balancers write addresses before it. */
const stampReach = 120;
const grepPrefix = /^[\w./\\-]*[\w-]\.(?:log|txt|out|err|jsonl?|ndjson)(?:\.[\w-]+)*(?::(?:\d+:)?|-\d+-)/;
/** What syslog puts before a stamp (RFC 3164 §4.1.1, RFC 5424 §6.2). */
const priority = /^<\d{1,3}>(?:\d )?/;
/** A bullet of a list: a dash, an asterisk, or any symbol (`•`, `◦`, `→`, `✅`), one of a font's variants included. */
const bullet = /^\s*(?:(?:[*>•·‣⁃∙→\p{Pd}\p{So}]|\p{Emoji_Presentation})\ufe0f?\s+)?/u;

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
  if (line.charAt(at) === '[' || line.charAt(at) === '(') at++;
  if (stampAt(line, at) !== null || headStampEnd(line, at) >= 0) return true;
  const word = /^[A-Za-z]{3,13}/.exec(line.slice(at, at + 16))?.[0] ?? '';
  if (!isSeverityWord(word)) return false;
  const next =
    at + word.length + (/^[\s\])>:|[(]*/.exec(line.slice(at + word.length, at + word.length + 8))?.[0].length ?? 0);
  return stampAt(line, next) !== null || headStampEnd(line, next) >= 0;
}

/**
 * Reads the head of a text line: `[bullet] stamp severity [thread] logger`, in any order and any brackets, with `|`,
 * `-`, `:` or blanks between, Spring Boot's `[app,traceId,spanId]` and `pid ---`, and brackets made of pairs.
 */
export function readHeader(text: string): Header {
  const lineEnd = text.indexOf('\n') < 0 ? text.length : text.indexOf('\n');
  const header: Header = { fields: [], end: linePrefix(text), hasPairs: false, hasStamp: false };
  readStamp(text, header, lineEnd);
  // A stamp further in: the line's head is nothing that is known.
  if (header.hasStamp && (header.fields.at(-1)?.start ?? 0) >= header.end) return header;
  if (header.hasStamp) readSyslogHead(text, header);
  const seen = { severity: header.fields.some(field => field.name === 'severity'), thread: false, logger: false };
  for (let tokens = 0; tokens < 12 && readToken(text, header, lineEnd, seen); tokens++);
  header.end = skipSeparators(text, header.end, lineEnd);
  return header;
}

function readStamp(text: string, header: Header, lineEnd: number): void {
  const from = header.end;
  const reach = Math.min(lineEnd, from + stampReach);
  for (let at = from; at < reach; at++) {
    if (at > from && isWord(text.charCodeAt(at - 1))) continue;
    const stamp = stampAt(text, at);
    const end = stamp?.end ?? (at <= from + 1 ? headStampEnd(text, at) : -1);
    if (end < 0) continue;
    const stampField = { name: 'timestamp', value: text.slice(at, end), start: at, end };
    header.hasStamp = true;
    const before = text.slice(from, at);
    const severity = /[A-Za-z]+/.exec(before);
    if (severity && /^[[(<]?[A-Za-z]+[\])>:|]?[\s[(|]*$/.test(before) && isSeverityWord(severity[0])) {
      const start = from + severity.index;
      header.fields.push({ name: 'severity', value: severity[0], start, end: start + severity[0].length });
    }
    header.fields.push(stampField);
    // What else stands before a stamp is part of the message.
    if (header.fields.length === 1 && at - from > 1) return;
    header.end = end;
    if (text.charAt(end) === ']' || text.charAt(end) === ')') header.end++;
    return;
  }
}

const syslogHead = /[ ]([\w.:-]{1,255})[ ]([A-Za-z_][\w./-]{0,127})(?:\([\w.-]*\))?(?:\[(\d+)\])?:(?=\s)/dy;

/**
 * Host, tag and process of syslog behind its stamp: `Mar  2 10:15:00 host tag[12]: message` (RFC 3164 §4.1.2); behind a
 * stamp of another layout (rsyslog, journalctl) only with the process.
 */
function readSyslogHead(text: string, header: Header): void {
  syslogHead.lastIndex = header.end;
  const match = syslogHead.exec(text);
  const [, host = '', , pid] = match ?? [];
  const stamp = header.fields.find(({ name }) => name === 'timestamp')?.value ?? '';
  if (!match?.indices || isSeverityWord(host) || (pid === undefined && !/^[A-Z][a-z]{2} .*\d$/.test(stamp))) return;
  for (const [group, name] of [
    [1, 'syslogHost'],
    [2, 'syslogTag'],
    [3, 'pid'],
  ] as const) {
    const [start, end] = match.indices[group] ?? [];
    if (start !== undefined && end !== undefined)
      header.fields.push({ name, value: text.slice(start, end), start, end });
  }
  header.end += match[0].length;
}

const wordAhead = /[A-Za-z]+/y;
const loggerAhead =
  /(?:[A-Za-z_$][\w$#/-]*(?:\.[\w$#/<>-]+)+(?:\([\w.:]+\))?|[A-Za-z_$][\w$#.-]*)(?=\s*(?:\[[^\]]{0,64}\]\s*)?(?::|\s-\s|\s--\s|\s=>\s|\s\|))/y;
const dottedAhead = /[a-z_$][\w$]*(?:\.[\w$-]+){1,12}(?:#\d+)?(?=\s)/y;
const processAhead = /\d+\s*---?(?=\s)|\d{1,8}(?=\s*[|\]])/y;

type Seen = { severity: boolean; thread: boolean; logger: boolean };

/** Takes one part of the head; false where the message begins. */
function readToken(text: string, header: Header, lineEnd: number, seen: Seen): boolean {
  const at = skipSeparators(text, header.end, lineEnd);
  if (at >= lineEnd) return false;
  const open = text.charAt(at);
  if (open === '[' || open === '(' || open === '<' || open === '{') return readBracket(text, header, at, lineEnd, seen);

  const word = matchAt(wordAhead, text, at);
  if (!seen.severity && word && !isWord(text.charCodeAt(at + word.length)) && isSeverityWord(word)) {
    header.fields.push({ name: 'severity', value: word, start: at, end: at + word.length });
    seen.severity = true;
    header.end = at + word.length;
    if (text.charAt(header.end) === '/')
      header.end = text.indexOf(']', at) > 0 ? text.indexOf(']', at) + 1 : header.end;
    return true;
  }
  if (!header.hasStamp && !header.hasPairs && !seen.severity) return false;
  const process = matchAt(processAhead, text, at);
  if (process) {
    header.end = at + process.length;
    return true;
  }
  if (seen.logger) return false;
  const logger = matchAt(loggerAhead, text, at) ?? matchAt(dottedAhead, text, at);
  if (!logger || logger.includes('=') || logger.length > 120) return false;
  // `key: value` of the message is no logger.
  if (/(?:id|Id|ID)$/.test(logger)) return false;
  // A single word before a colon may as well be the message's own (`Tool: search started`), which then keeps it.
  const isPlainWord = /^\w+$/.test(logger) && /^\s*:/.test(text.slice(at + logger.length, at + logger.length + 8));
  if (isPlainWord && header.hasPairs) return false;
  header.fields.push({ name: 'logger', value: logger, start: at, end: at + logger.length });
  seen.logger = true;
  if (isPlainWord) return false;
  header.end = at + logger.length;
  return true;
}

/** Words of the head: in capitals any that names a severity, else those that are hardly the first of a sentence. */
const isSeverityWord = (word: string): boolean =>
  /^[A-Z]{3,}$/.test(word) ? severityOfWord(word) !== null : usualSeverity.test(word);
const usualSeverity = /^(?:[Tt]race|[Dd]ebug|[Ii]nfo|[Ww]arn|[Ww]arning|[Ee]rror|[Ff]atal|[Cc]ritical|[Nn]otice)$/;

const matchAt = (pattern: RegExp, text: string, at: number): string | null => {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
};

const dottedName = /^[A-Za-z_]\w*(?:\.[A-Za-z_][\w$]*){2,}$/;
const springIds = /^([\w.-]*),([0-9a-fA-F-]*),([0-9a-fA-F-]*)(?:,\w*)?$/;

function readBracket(text: string, header: Header, at: number, lineEnd: number, seen: Seen): boolean {
  const end = closingBracket(text, at, lineEnd);
  if (end < 0) return false;
  const start = at + 1;
  const inner = text.slice(start, end);
  const isRound = text.charAt(at) === '(';
  const spring = springIds.exec(inner);
  if (spring) {
    addSpring(header, spring, start);
  } else if (isPairs(inner)) {
    header.fields.push(...(listedPairs(text, start, end) ?? pairsIn(text, start, end, 'every')));
    header.hasPairs = true;
  } else if (!seen.severity && inner.length < 16 && inner.trim().length > 2 && severityOfWord(inner.trim())) {
    const from = start + inner.search(/\S/);
    header.fields.push({ name: 'severity', value: inner.trim(), start: from, end: from + inner.trim().length });
    seen.severity = true;
  } else if (isRound || (!header.hasStamp && !seen.severity && !header.hasPairs)) {
    return false;
  } else if (!seen.logger && dottedName.test(inner)) {
    header.fields.push({ name: 'logger', value: inner, start, end });
    seen.logger = true;
  } else if (!seen.thread && inner.trim() !== '' && inner.length <= 64 && !/\s\S+\s/.test(inner.trim())) {
    header.fields.push({ name: 'thread', value: inner, start, end });
    seen.thread = true;
  } else if (seen.thread && inner.length > 64) {
    return false;
  }
  header.end = end + 1;
  return true;
}

function addSpring(header: Header, match: RegExpExecArray, start: number): void {
  let at = start;
  for (const [index, name] of ['service', 'traceId', 'spanId'].entries()) {
    const value = match[index + 1] ?? '';
    if (value !== '') header.fields.push({ name, value, start: at, end: at + value.length });
    at += value.length + 1;
  }
}

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
