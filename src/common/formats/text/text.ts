import type { Field } from '../../model/fieldRole';
import { knownName } from '../../profile/fieldNames';
import type { LogFormat } from '../logFormat';
import type { Head } from './head';
import { readHeader } from './header';
import { pairsIn } from './pairs';
import { spokenIds } from './spokenIds';
import { stackTraceIn } from './stackTrace';

/**
 * Timestamped free text, and anything else: stamp, severity, thread and logger at the head as far as they are there,
 * then the message with what pairs stand in it. Lines that follow belong to the record; a stack trace among them is a
 * field of its own. Reads every text.
 */
export const textFormat: LogFormat = { name: 'text', framing: 'stamp', read: text => fieldsOf(text, readHeader(text)) };

/** All fields of a text whose head has been read. */
export function fieldsOf(text: string, head: Head): Field[] {
  const { fields, end } = head;
  const firstBreak = text.indexOf('\n');
  const written = head.seen.logger ? null : loggerBehind(text, end, firstBreak < 0 ? text.length : firstBreak);
  if (written) fields.push(written.logger);
  const messageEnd = firstBreak < 0 && written ? written.start : text.length;
  if (end < messageEnd)
    fields.push({ name: 'message', value: text.slice(end, messageEnd), start: end, end: messageEnd });
  fields.push(...stackTraceIn(text));
  fields.push(...pairsIn(text, end, text.length, 'all'));
  fields.push(...saidIds(text, end, fields));
  return fields;
}

/** IDs that only the words name, for what no field says: a record with an ID of its own merely mentions another one. */
function saidIds(text: string, from: number, fields: readonly Field[]): Field[] {
  const said = spokenIds(text, from);
  if (said.length === 0) return said;
  const taken = new Set(fields.map(({ name }) => knownName(name)?.role));
  const covers = ({ name, start, end }: Field, at: number) =>
    name !== 'message' && name !== 'exception' && start <= at && at < end;
  return said.filter(({ name, start }) => {
    const role = knownName(name)?.role;
    return !(role && taken.has(role)) && !fields.some(field => covers(field, start));
  });
}

const trailingLogger = /\s\(([a-z]\w{0,40}(?:\.[\w$]{1,80}){2,12})\)$/;

/** The logger behind the message, as Kafka's layout writes it (`%m (%c)`), and where the message ends. */
function loggerBehind(text: string, from: number, lineEnd: number): { logger: Field; start: number } | null {
  if (text.charAt(lineEnd - 1) !== ')') return bracketBehind(text, from, lineEnd);
  const tail = Math.max(from, lineEnd - 300);
  const match = trailingLogger.exec(text.slice(tail, lineEnd));
  if (!match) return null;
  const end = lineEnd - 1;
  const value = match[1] ?? '';
  return { logger: { name: 'logger', value, start: end - value.length, end }, start: tail + match.index };
}

const bracketedLogger =
  /^([^=\n]{1,300}?)(?: {2,}\[([A-Za-z_][\w.]{0,100})\](?=\s|$)| +\[([A-Za-z_]\w{0,40}(?:\.\w{1,40}){1,12})\](?= +[\w.]+=))/;

/** The logger in a bracket behind the message and before the pairs (structlog's ConsoleRenderer). */
function bracketBehind(text: string, from: number, lineEnd: number): { logger: Field; start: number } | null {
  const match = bracketedLogger.exec(text.slice(from, Math.min(lineEnd, from + 500)));
  if (!match) return null;
  const [whole, said = '', padded, dotted = ''] = match;
  const value = padded ?? dotted;
  const end = from + whole.length - 1;
  return { logger: { name: 'logger', value, start: end - value.length, end }, start: from + said.length };
}
