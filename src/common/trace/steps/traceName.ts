import type { LogRecord } from '../../model/logRecord';
import { wordsOf } from './stepLabel';

/** JSON, a list, XML: what a record says without a message of its own is its whole text. */
const isRaw = /^[{[<]/;

/**
 * What a trace is called in a list: the words of the record that began it, as the hover quotes them and the timeline names
 * its first step, else the type of that step. `null` where it says neither.
 */
export function traceName({ message, stepType }: Pick<LogRecord, 'message' | 'stepType'>): string | null {
  const words = wordsOf(message);
  return words !== '' && !isRaw.test(words) ? words : stepType || null;
}
