import type { Field } from '../model/fieldRole';
import { type Header, readHeader } from './header';
import type { LogFormat } from './logFormat';
import { pairsIn } from './pairs';

/**
 * Timestamped free text, and anything else: stamp, severity, thread and logger at the head as far as they are there,
 * then the message with what pairs stand in it. Lines that follow belong to the record; a stack trace among them is a
 * field of its own. Reads every text.
 */
export const textFormat: LogFormat = { name: 'text', framing: 'stamp', read: text => fieldsOf(text, readHeader(text)) };

const stackTrace =
  /^[ \t]*(?:Caused by: )?((?:[\w$]+\.)*[\w$]*(?:Exception|Error|Throwable)\b|Traceback \(most recent call last\)|panic: )/m;

/** All fields of a text whose head has been read. */
export function fieldsOf(text: string, header: Header): Field[] {
  const { fields, end } = header;
  if (end < text.length) fields.push({ name: 'message', value: text.slice(end), start: end, end: text.length });
  const firstBreak = text.indexOf('\n');
  if (firstBreak >= 0) {
    const trace = stackTrace.exec(text.slice(firstBreak + 1));
    if (trace) {
      const start = firstBreak + 1 + trace.index;
      fields.push({ name: 'exception', value: text.slice(start), start, end: text.length });
    }
  }
  fields.push(...pairsIn(text, end, text.length, 'all'));
  return fields;
}
