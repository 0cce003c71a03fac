import { isSeverityWord } from '../../profile/severity';
import type { Head } from './head';
import { isTag } from './headBracket';
import { matchedFields } from './lineTokens';

/** What the head of a line may hold outside brackets, in the layouts that programs document. */
interface HeadPart {
  /** Whether the word that stands there may begin it: spares the pattern for nearly all. */
  may: (word: string) => boolean;
  /** Sticky, with indices. */
  pattern: RegExp;
  names: readonly string[];
  when?: (match: RegExpExecArray, head: Head) => boolean;
}

const has = (part: string) => (word: string) => word.includes(part);
const startsWithDigit = (word: string): boolean => word.charCodeAt(0) >= 0x30 && word.charCodeAt(0) <= 0x39;
const startsWithHex = (word: string): boolean => /^[0-9a-f]{8}\b/.test(word);
const isNumber = (word: string): boolean => startsWithDigit(word) && /^\d{1,15}$/.test(word);
const isSingle = (word: string): boolean => word.length === 1;
const isCapitals = (word: string): boolean => word.length < 13 && word === word.toUpperCase();

const levels = 'DEBUG|INFO|NOTICE|WARNING|ERROR|CRITICAL|ALERT|EMERGENCY';
const source = '(?:go|py|rb|js|ts|cc|cpp|cxx|c|h|hpp|java|rs|cs|php|kt|scala|exs?|erl|swift|m)';

const parts: readonly HeadPart[] = [
  // nginx's error log: process#thread and *connection.
  { may: has('#'), pattern: /(\d+)#(\d+):(?: \*(\d+))?(?=\s)/dy, names: ['pid', 'thread', 'connection'] },
  // Apple's unified log (`log show`): thread, type, activity, process, time to live, process name.
  {
    may: has('0x'),
    pattern: /(0x[0-9a-f]+)\s+([A-Z][a-z]+)\s+(0x[0-9a-f]+)\s+(\d+)\s+(\d+)\s+([\w.-]+):(?=\s)/dy,
    names: ['thread', 'severity', 'activity', 'pid', '', 'program'],
  },
  // Sidekiq's own text layout before version 6.
  {
    may: isNumber,
    pattern: /(\d+) TID-(\w+) (\S{1,128}) JID-(\w+)(?: BID-\w+)?(?= )/dy,
    names: ['pid', 'thread', 'class', 'jid'],
  },
  // Play's logback pattern.
  { may: has('from'), pattern: /from (\S{1,128}) in (\S{1,128})(?= - )/dy, names: ['logger', 'thread'] },
  // PostgreSQL's `%c` (session) and `%u@%d` before the level.
  {
    may: word => startsWithHex(word) && word.includes('.'),
    pattern: /([0-9a-f]{8}\.[0-9a-f]{1,7})(?=\s+(?:[\w.-]{1,63}@[\w.-]{1,63}\s+)?[A-Z]{3,9}\d?:)/dy,
    names: ['session_id'],
  },
  { may: has('@'), pattern: /([\w.-]{1,63})@([\w.-]{1,63})(?=\s+[A-Z]{3,9}\d?:)/dy, names: ['user', 'database'] },
  // MySQL's general log: connection and command.
  {
    may: isNumber,
    pattern: /(\d{1,15}) (?=(?:Query|Connect|Quit|Init DB|Prepare|Execute|Close stmt|Field List|Statistics|Ping)\b)/dy,
    names: ['thread'],
  },
  { may: has('#'), pattern: /#(\d+)\](?=\s)/dy, names: ['pid'] },
  { may: has('.'), pattern: new RegExp(`([\\w-]{1,64})\\.(${levels})(?=:\\s)`, 'dy'), names: ['logger', 'severity'] },
  { may: has('PHP'), pattern: /PHP (Fatal|Parse|Warning|Notice|Deprecated)(?: error)?:(?=\s)/dy, names: ['severity'] },
  {
    may: has(':'),
    pattern: new RegExp(`([\\w./@-]{0,120}\\w\\.${source}:\\d{1,7})(?=[\\]:\\s])`, 'dy'),
    names: ['caller'],
  },
  // Logger, function and line (loguru), logger and line.
  {
    may: has(':'),
    pattern: /([A-Za-z_][\w.]{0,127}):([A-Za-z_<][\w<>]{0,80}):(\d{1,7})(?=\s+[-|]\s)/dy,
    names: ['logger', 'function', 'line'],
  },
  {
    may: has(':'),
    pattern: /([A-Za-z_]\w{0,63}(?:\.\w{1,80}){1,12}):(\d{1,7})(?=\s+-\s)/dy,
    names: ['logger', 'line'],
  },
  // A name before the level (Python's `%(asctime)s %(name)s %(levelname)s`).
  {
    may: word => /^[a-z][\w.-]*$/.test(word),
    pattern: /([a-z][\w.-]{0,63})(?=\s+(?:DEBUG|INFO|WARNING|ERROR|CRITICAL)(?:\s|:\s|$))/dy,
    names: ['logger'],
    // The ID of a request may stand there, too (AWS Lambda), and begin with a letter.
    when: ([, name = ''], { seen }) => !seen.severity && !isTag(name),
  },
  // Rust's paths: `my_app::server` as the `log` crate and tracing write their target.
  { may: has('::'), pattern: /([A-Za-z_]\w{0,63}(?:::[A-Za-z_]\w{0,63}){1,8})(?=:\s|\])/dy, names: ['logger'] },
  {
    may: has(']'),
    pattern: /([A-Za-z_][\w-]{0,63})(?=\](?:\s|$))/dy,
    names: ['logger'],
    when: (_, { isOpen }) => isOpen,
  },
  // AWS Lambda and others: the request's ID between the stamp and what follows.
  {
    may: word => word.length >= 27 && word.length < 100,
    pattern: /([\w@:-]{27,99})(?=\t|\s*\||\s+-\s|\s+[A-Z]{4,8}[\s:])/dy,
    names: ['request_id'],
    when: ([, id = '']) => isTag(id),
  },
  // Numbers of process and thread before the level or the place in the code (glog, logcat, OpenStack, MySQL).
  {
    may: isNumber,
    pattern: /(\d{1,15})(?:\s{1,12}(\d{1,15}))?(?=\s{1,12}[[<]?([A-Za-z]+)([\w./-]{0,120}:\d+\]|[^\w]))/dy,
    names: ['pid', 'thread'],
    when: ([, , , word = '', next = ''], { seen }) =>
      next.endsWith(']') || (!seen.severity && (isSeverityWord(word) || (word.length === 1 && next === ' '))),
  },
  // Ruby's Logger: the program's name, if any.
  { may: has('--'), pattern: /-- ([\w.-]{0,64}):(?=\s|$)/dy, names: ['logger'] },
  { may: startsWithDigit, pattern: /(\d+)\s*---?(?=\s)/dy, names: ['pid'] },
  { may: startsWithDigit, pattern: /(\d{1,8})(?=\s*[|\]])/dy, names: ['pid'] },
  // logcat's level and tag.
  { may: isSingle, pattern: /([VDIWEFA]) ([\w.$/-]{1,64})\s*:(?=\s)/dy, names: ['severity', 'logger'] },
  // logcat's and MongoDB's level of one letter, before a tag or component.
  {
    may: isSingle,
    pattern: /([VDIWEFTCN])(?=\s{1,4}(?:\[|[\w.$/-]{1,64}\s*:|[A-Z]{2,12}\s|-\s))/dy,
    names: ['severity'],
  },
  // A component in capitals, padded (MongoDB, Windows' CBS).
  { may: isCapitals, pattern: /([A-Z]{2,12})(?=\s{1,8}\[)/dy, names: ['logger'], when: (_, head) => hasLetter(head) },
  { may: isCapitals, pattern: /([A-Z]{2,12})(?=\s{4})/dy, names: ['logger'], when: (_, { seen }) => seen.severity },
  { may: isSingle, pattern: /([*#])(?= )/dy, names: ['severity'], when: (_, { fields }) => fields[0]?.name === 'pid' },
];

/** Whether the level is a single letter. */
const hasLetter = ({ fields }: Head): boolean =>
  fields.some(({ name, value }) => name === 'severity' && value.length === 1);

/** As much of a word as the longest part needs. */
const longestWord = 400;

function wordAt(text: string, at: number): string {
  let end = at;
  while (end < text.length && end < at + longestWord && text.charCodeAt(end) > 0x20) end++;
  return text.slice(at, end);
}

/** Takes the part that stands at `at`; false where it is none of these. */
export function readPart(text: string, head: Head, at: number): boolean {
  const word = wordAt(text, at);
  for (const { may, pattern, names, when } of parts) {
    if (!may(word)) continue;
    if (names.some(name => (name === 'severity' && head.seen.severity) || (name === 'logger' && head.seen.logger)))
      continue;
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (!match || (when && !when(match, head))) continue;
    for (const field of matchedFields(match, names)) head.add(field);
    head.end = at + match[0].length;
    if (match[0].endsWith('-')) head.hasDashes = true;
    return true;
  }
  return false;
}
