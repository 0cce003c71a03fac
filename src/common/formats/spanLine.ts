import type { Field } from '../model/fieldRole';
import { stampOf } from '../profile/time/looseStamp';
import { stampAt } from '../profile/time/timestamp';
import type { LogFormat } from './logFormat';
import { matchedFields } from './text/lineTokens';

/**
 * A line per call: two stamps of one layout, the start and the end, two words, and the caller's span with an arrow to
 * its own: `<start> <end> <trace> <service> <caller>-><span>`. What the words and the arrow mean only a whole source
 * shows (see `profile/roles/arrowSpans.ts`).
 */
export const spanLine: LogFormat = { name: 'spanLine', framing: 'line', read };

/** The names of the parts, in their order. */
export const spanLineParts = ['firstWord', 'secondWord', 'arrowFrom', 'arrowTo'] as const;

const between = /[ \t,;|]{1,8}/y;
const rest =
  /([\w.:@/-]{1,128})[ \t,;|]{1,8}([\w.:@/-]{1,128})[ \t,;|]{1,8}([\w.:-]{1,64}?) ?(?:->|=>|→) ?([\w.:-]{1,64})(?=\s|$)/dy;

function read(text: string): Field[] | null {
  const start = stampAt(text, 0);
  const from = start && behind(text, start.end);
  const end = from && stampAt(text, from);
  if (!start || !end || shapeOf(text, start) !== shapeOf(text, end) || end.at < start.at) return null;
  const words = behind(text, end.end);
  if (words === null) return null;
  rest.lastIndex = words;
  const match = rest.exec(text);
  if (!match || stampOf(match[1] ?? '')) return null;
  return [
    { name: 'startTime', value: text.slice(start.start, start.end), start: start.start, end: start.end },
    { name: 'endTime', value: text.slice(end.start, end.end), start: end.start, end: end.end },
    ...matchedFields(match, spanLineParts),
    { name: 'message', value: text.slice(words), start: words, end: text.length },
  ];
}

/** Where the next word begins; `null` where nothing parts it from what ends at `at`. */
function behind(text: string, at: number): number | null {
  between.lastIndex = at;
  const match = between.exec(text);
  return match && at + match[0].length;
}

/** Two stamps are of one layout if they differ in their digits only. */
const shapeOf = (text: string, { start, end }: { start: number; end: number }): string =>
  text.slice(start, end).replace(/\d/g, '0');
