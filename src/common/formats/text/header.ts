import { isSeverityWord } from '../../profile/severity';
import { headStampEnd } from '../../profile/time/looseStamp';
import { stampAt } from '../../profile/time/timestamp';
import { Head } from './head';
import { isTag, readBracket } from './headBracket';
import { readPart } from './headParts';
import { readLogger, readPairs, readSeverity, readSpans } from './headWords';
import { matchedFields } from './lineTokens';
import { closingBracket } from './printedObject';

/** How far into a line a stamp is looked for: access logs and load balancers write addresses before it. */
const stampReach = 120;
const grepPrefix =
  /^[\w./\\-]*[\w-]\.(?:log|txt|out|err|jsonl?|ndjson)(?:\.[\w-]+)*(?:(?<=\d):\d\d:\d\d +|:(?:\d+:)?|-\d+-)/;
/** What syslog puts before a stamp (RFC 3164 §4.1.1, RFC 5424 §6.2). */
const priority = /^<\d{1,3}>(?:\d )?/;
/** A bullet of a list: a dash, an asterisk, or any symbol (`•`, `◦`, `→`, `✅`), one of a font's variants included. */
const bullet = /^\s*(?:(?:[*>•·‣⁃∙→\p{Pd}\p{So}]|\p{Emoji_Presentation})\ufe0f?\s+)?/u;
/** What opens a head right before its stamp: a bracket, a process, Ruby's `I, [`, the process and role of Redis, MySQL's slow log. */
const opening = /^(?:\[\d{1,8}\] |[[(<]|[A-Z], \[|\d{1,8}:[A-Z] |# Time: )/;

/** Where a line's own text begins: behind a bullet and what `grep` puts before it. */
export function linePrefix(text: string): number {
  const after = bullet.exec(text)?.[0].length ?? 0;
  const code = text.charCodeAt(after);
  if (code >= 0x30 && code <= 0x39) return after;
  if (code === 0x3c) return after + (priority.exec(text.slice(after, after + 8))?.[0].length ?? 0);
  return after + (grepPrefix.exec(text.slice(after, after + 256))?.[0].length ?? 0);
}

/** Whether a line begins with a stamp (behind a bracket, severity or label at most), as the first line of a record does. */
export function startsWithStamp(line: string): boolean {
  let at = linePrefix(line);
  if (stampEnd(line, at) >= 0) return true;
  at += opening.exec(line.slice(at, at + 16))?.[0].length ?? 0;
  if (stampEnd(line, at) >= 0) return true;
  const word = /^[A-Za-z]{3,13}/.exec(line.slice(at, at + 16))?.[0] ?? '';
  const label = /^[A-Z][A-Z0-9_]{2,20} (?=\d)/.exec(line.slice(at, at + 24))?.[0];
  if (label && stampEnd(line, at + label.length) >= 0) return true;
  if (!isSeverityWord(word)) return false;
  const next =
    at + word.length + (/^[\s\])>:|[(]*/.exec(line.slice(at + word.length, at + word.length + 8))?.[0].length ?? 0);
  return stampEnd(line, next) >= 0;
}

/** Where the stamp ends that begins at `at`, be it one that counts only at the head of a line; -1 if none. */
const stampEnd = (text: string, at: number): number => stampAt(text, at)?.end ?? headStampEnd(text, at);

/**
 * Reads the head of a text line: `[bullet] stamp severity [thread] logger`, in any order and any brackets, with `|`,
 * `-`, `:` or blanks between, the layouts of well-known programs among it, and brackets made of pairs.
 */
export function readHeader(text: string): Head {
  const lineEnd = text.indexOf('\n') < 0 ? text.length : text.indexOf('\n');
  const head = new Head(linePrefix(text));
  readTags(text, head, lineEnd);
  readStamp(text, head, lineEnd);
  // A stamp further in: the line's head is nothing that is known.
  if (head.hasStamp && (head.fields.at(-1)?.start ?? 0) >= head.end) {
    if (readSeverity(text, head, head.end)) head.end = skipSeparators(text, head.end, lineEnd);
    return head;
  }
  if (!head.hasStamp) readPythonHead(text, head);
  return readRest(text, head, lineEnd);
}

/** The head of a message that stands behind another head, which held the stamp. */
export function readHeadFrom(text: string, from: number): Head {
  const newline = text.indexOf('\n', from);
  const head = new Head(from);
  head.hasStamp = true;
  return readRest(text, head, newline < 0 ? text.length : newline);
}

function readRest(text: string, head: Head, lineEnd: number): Head {
  for (let tokens = 0; tokens < 12 && readToken(text, head, lineEnd); tokens++);
  head.end = skipSeparators(text, head.end, lineEnd);
  return head;
}

/** Tags of a request at the very beginning: `[<uuid>] Started GET …`. */
function readTags(text: string, head: Head, lineEnd: number): void {
  if (text.charAt(head.end) !== '[') return;
  const end = closingBracket(text, head.end, lineEnd);
  if (end < 0 || !isTag(text.slice(head.end + 1, end))) return;
  readBracket(text, head, head.end, lineEnd);
  head.end = skipSeparators(text, head.end, lineEnd);
}

const pythonHead = /(DEBUG|INFO|WARNING|ERROR|CRITICAL):([\w.]{1,128}):/dy;

/** The default layout of Python's `logging.basicConfig`: `WARNING:root:message`. */
function readPythonHead(text: string, head: Head): void {
  pythonHead.lastIndex = head.end;
  const match = pythonHead.exec(text);
  if (!match) return;
  for (const field of matchedFields(match, ['severity', 'logger'])) head.add(field);
  head.end += match[0].length;
}

function readStamp(text: string, head: Head, lineEnd: number): void {
  const from = head.end;
  const reach = Math.min(lineEnd, from + stampReach);
  const behind = behindLevel(text, from);
  for (let at = from; at < reach; at++) {
    if (at > from && isWord(text.charCodeAt(at - 1))) continue;
    const end = at <= from + 1 || at === behind ? stampEnd(text, at) : (stampAt(text, at)?.end ?? -1);
    if (end < 0) continue;
    head.hasStamp = true;
    const before = text.slice(from, at);
    const isKnown = at - from <= 1 || readBefore(before, from, head);
    // What a message tells of some time is weaker than the stamp of what is around the line.
    const name = timeOfSomething.test(before) ? 'stampInText' : 'timestamp';
    head.add({ name, value: text.slice(at, end), start: at, end });
    // What else stands before a stamp is part of the message.
    if (!isKnown) return;
    head.end = end;
    if (text.charAt(end) === ']' || text.charAt(end) === ')') head.end++;
    else head.isOpen = text.charAt(at - 1) === '[';
    // klog's stamp begins with the letter of the level.
    if (/^[IWEFD]\d{4} /.test(text.slice(at, at + 6)))
      head.add({ name: 'severity', value: text.charAt(at), start: at, end: at + 1 });
    return;
  }
}

/** Where a severity and blanks end that begin at `from`; −1 where there is none. */
function behindLevel(text: string, from: number): number {
  const [whole, word = ''] = /^([A-Za-z]{3,13})\s{1,5}(?=\d)/.exec(text.slice(from, from + 20)) ?? [];
  return whole !== undefined && isSeverityWord(word) ? from + whole.length : -1;
}

const timeOfSomething = /\b(?:at|on|since|from|until|till|by|for|to) $/i;
const levelBefore = /^[[(<]?([A-Za-z]+)[\])>:|]?[\s[(|]*$/d;
const letterBefore = /^([A-Z]), \[$/d;
/** The process in a bracket (NATS, old Redis), or with its role (Redis). */
const processBefore = /^(?:\[(\d{1,8})\] |(\d{1,8}):[A-Z] )$/d;
/** logback's `%level [%thread] %date` (Cassandra). */
const threadBefore = /^([A-Za-z]{3,8}) +\[([^[\]]{1,80})\] +$/d;
const slowLog = '# Time: ';

/** What stands before the stamp: a severity and a thread, or a process. False where it is something else. */
function readBefore(before: string, from: number, head: Head): boolean {
  if (before === slowLog) return true;
  const level = levelBefore.exec(before) ?? threadBefore.exec(before);
  const match = level && isSeverityWord(level[1] ?? '') ? level : letterBefore.exec(before);
  const process = match ? null : processBefore.exec(before);
  for (const field of match ? matchedFields(match, ['severity', 'thread'], from) : []) head.add(field);
  for (const field of process ? matchedFields(process, ['pid', 'pid'], from) : []) head.add(field);
  return match !== null || process !== null;
}

/** Takes one part of the head; false where the message begins. */
function readToken(text: string, head: Head, lineEnd: number): boolean {
  const at = skipSeparators(text, head.end, lineEnd);
  if (at >= lineEnd) return false;
  const open = text.charAt(at);
  if (open === '[' || open === '(' || open === '<' || open === '{' || open === '【')
    return readBracket(text, head, at, lineEnd);
  if (readSeverity(text, head, at)) return true;
  if (!head.hasStamp && !head.hasPairs && !head.seen.severity) return false;
  return (
    readPart(text, head, at) ||
    readPairs(text, head, at, lineEnd) ||
    readSpans(text, head, at, lineEnd) ||
    readLogger(text, head, at)
  );
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
