import { epochAt } from './epoch';
import type { Stamp } from './stamp';

/** Columns of a message in which a number since the epoch is looked for. */
const columns = 12;
/** Share of the records that must have it. */
const enough = 0.9;
const fewest = 5;

/**
 * The column (from 0, parted by blanks) in which the messages of a source without other stamps hold a number since the
 * epoch; `null` where none does throughout, or it never changes: then it is something else.
 */
export function stampColumnOf(messages: readonly string[]): number | null {
  if (messages.length < fewest) return null;
  for (let column = 0; column < columns; column++) {
    const stamps = messages.map(message => stampInColumn(message, column)).filter(stamp => stamp !== null);
    if (stamps.length < enough * messages.length) continue;
    if (new Set(stamps.map(({ at }) => at)).size > 1) return column;
  }
  return null;
}

/** The number since the epoch in a column of a message. */
export function stampInColumn(message: string, column: number): Stamp | null {
  let at = 0;
  for (let passed = 0; passed < column; passed++) {
    const blank = message.indexOf(' ', at);
    if (blank < 0) return null;
    at = blank + 1;
    while (message.charCodeAt(at) === 0x20) at++;
  }
  return epochAt(message, at);
}
