import type { Field } from '../model/fieldRole';
import { type Header, readHeader } from './header';
import type { LogFormat } from './logFormat';
import { pairsIn } from './pairs';
import { stackTraceIn } from './stackTrace';

/**
 * Timestamped free text, and anything else: stamp, severity, thread and logger at the head as far as they are there,
 * then the message with what pairs stand in it. Lines that follow belong to the record; a stack trace among them is a
 * field of its own. Reads every text.
 */
export const textFormat: LogFormat = { name: 'text', framing: 'stamp', read: text => fieldsOf(text, readHeader(text)) };

/** All fields of a text whose head has been read. */
export function fieldsOf(text: string, header: Header): Field[] {
  const { fields, end } = header;
  if (end < text.length) fields.push({ name: 'message', value: text.slice(end), start: end, end: text.length });
  fields.push(...stackTraceIn(text));
  fields.push(...pairsIn(text, end, text.length, 'all'));
  return fields;
}
