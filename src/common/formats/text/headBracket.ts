import type { Field } from '../../model/fieldRole';
import { bareHex, isServerId } from '../../profile/idShapes';
import { looksLikeId } from '../../profile/ids';
import { severityOfWord } from '../../profile/severity';
import { isPairs, listedPairs } from './bracketPairs';
import type { Head } from './head';
import { matchedFields } from './lineTokens';
import { pairsIn } from './pairs';
import { prefixedIds } from './prefixedIds';
import { closingBracket } from './printedObject';

const dottedName = /^[A-Za-z_]\w*(?:\.[A-Za-z_][\w$]*){2,}$/;
const threadName =
  /^(?:[\w.@$#/-]{0,64}(?:thread|exec|worker|pool|main|nio|dispatcher)[\w.@$#/-]{0,64}|[\w -]{1,40}Thread[\w -]{0,10})$/i;
const springIds = /^([\w.-]*),([0-9a-fA-F-]*),([0-9a-fA-F-]*)(?:,\w*)?$/d;
/** Layouts of a bracket's inside that say by themselves what their parts are; `has` spares the pattern for nearly all. */
const known: readonly { has: string; pattern: RegExp; names: string[] }[] = [
  // Spring Boot: Sleuth's `[app,trace,span]`, Micrometer's `[trace,span]` and, from 3.2 on, `[trace-span]`.
  { has: ',', pattern: springIds, names: ['service', 'traceId', 'spanId'] },
  { has: '', pattern: /^([0-9a-f]{32}|[0-9a-f]{16}|[0-9a-f-]{36})[,-]([0-9a-f]{16})$/di, names: ['traceId', 'spanId'] },
  // Apache's error log (core documentation, ErrorLogFormat).
  { has: 'pid ', pattern: /^pid (\d+)(?::tid (\w+))?$/d, names: ['pid', 'thread'] },
  { has: ' ', pattern: /^(?:client|remote) (\S+)$/d, names: ['client'] },
  // The kernel's seconds since it was started.
  { has: '.', pattern: /^\s*(\d{1,10}\.\d{6})$/d, names: ['uptime_s'] },
  // log4j's `%t:%c{1}@%L` of ZooKeeper.
  { has: '@', pattern: /^(.+):([\w$]+)@(\d+)$/d, names: ['thread', 'logger', ''] },
  { has: ':', pattern: /^([\w./$-]{0,160}[\w$]\.[a-z]{1,5}:\d+)$/d, names: ['caller'] },
  {
    has: ':',
    pattern: /^([\w./$-]{0,160}[\w$]\.[a-z]{1,5}):([\w$<>]{1,80})\((\d+)\)$/d,
    names: ['file', 'function', 'line'],
  },
  { has: 'MY-', pattern: /^(MY-\d{1,8})$/d, names: ['error_code'] },
];
const moduleAndLevel = /^([\w-]*):([a-z]+\d?)$/d;

/** Takes the bracket that stands at `at` in a line's head; false where the message begins with it. */
export function readBracket(text: string, head: Head, at: number, lineEnd: number): boolean {
  const end = closingBracket(text, at, lineEnd);
  if (end < 0) return false;
  const start = at + 1;
  const inner = text.slice(start, end);
  if (!takeInner(text, head, inner, start, end)) return false;
  head.end = end + 1;
  return true;
}

function takeInner(text: string, head: Head, inner: string, start: number, end: number): boolean {
  const { fields, seen } = head;
  const isRound = text.charAt(start - 1) === '(';
  const hasHead = head.hasStamp || seen.severity || head.hasPairs;
  const trimmed = inner.trim();
  const from = start + inner.indexOf(trimmed);
  const place = { value: trimmed, start: from, end: from + trimmed.length };
  const layout = layoutOf(inner, start, head);
  if (layout && (hasHead || !isRound)) {
    for (const field of layout) head.add(field);
  } else if (isPairs(inner)) {
    const pairs = listedPairs(text, start, end) ?? pairsIn(text, start, end, 'every');
    for (const field of pairs) fields.push({ ...field, name: meantBy(field.name, pairs) });
    head.hasPairs = true;
  } else if (!seen.severity && trimmed.length > 2 && trimmed.length < 16 && severityOfWord(trimmed)) {
    head.add({ name: 'severity', ...place });
  } else if (!hasHead) {
    return false;
  } else if (isRound) {
    if (seen.thread || !threadName.test(inner)) return false;
    head.add({ name: 'thread', ...place });
  } else if (!seen.logger && dottedName.test(trimmed)) {
    head.add({ name: 'logger', ...place });
  } else if (isApplication(text, head, end)) {
    if (trimmed !== '') head.add({ name: 'service', ...place });
  } else if (!seen.thread && trimmed !== '' && trimmed.length <= 64 && !/\s\S+\s/.test(trimmed)) {
    head.add({ name: 'thread', ...place });
  } else if (seen.thread && inner.length > 64) {
    return false;
  }
  return true;
}

/** SkyWalking's `[TID: …]` is the trace's, no thread's; Mule's `[processor: …; event: …]` names what is processed. */
function meantBy(name: string, pairs: readonly Field[]): string {
  if (name === 'TID') return 'trace_id';
  return name === 'event' && pairs.some(pair => pair.name === 'processor') ? 'correlation_id' : name;
}

function layoutOf(inner: string, start: number, { seen }: Head): Field[] | null {
  if (inner.length > 400) return null;
  for (const { has, pattern, names } of known) {
    const match = inner.includes(has) ? pattern.exec(inner) : null;
    if (match) return matchedFields(match, names, start);
  }
  const level = seen.severity ? null : moduleAndLevel.exec(inner);
  if (level && severityOfWord((level[2] ?? '').replace(/\d$/, '')))
    return matchedFields(level, ['logger', 'severity'], start);
  const ids = prefixedIds(inner, start);
  if (ids) return ids;
  return isTag(inner) ? [{ name: 'request_id', value: inner, start, end: start + inner.length }] : null;
}

/**
 * A UUID, 128-bit number or server's ID alone in a bracket or column: a tag of the request (Rails' `config.log_tags =
 * [:request_id]`, `%L` of Apache's ErrorLogFormat).
 */
export const isTag = (inner: string): boolean =>
  isServerId(inner) || (inner.length <= 36 && looksLikeId(inner) && bareHex(inner)?.length === 32);

/** Spring Boot 3 writes `--- [application] [thread]`: a bracket that another one follows, which is no trace. */
function isApplication(text: string, { fields, hasDashes }: Head, end: number): boolean {
  if (!hasDashes || fields.some(({ name }) => name === 'service' || name === 'thread')) return false;
  const next = /^\] \[([^\]]*)\]/.exec(text.slice(end, end + 200))?.[1]?.trim();
  return next !== undefined && next !== '' && !/^[0-9a-f]{16,32}[,-]/.test(next);
}
