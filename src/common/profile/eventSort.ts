import { plainName } from './fieldNames';
import type { ReadField } from './recordReader';

/** Where an event without words names what it is, the most telling first. */
const sortNames = ['eventname', 'eventtype', 'event', 'classname', 'type', 'kind', 'action'];
/** Beside it: what it is about. */
const subjectNames = ['functionname', 'toolname', 'tool', 'function', 'node', 'topic', 'queue'];
const word = /^[A-Za-z][\w.:/ -]{1,79}$/;
/** What stands in lists is a part of what the event is about. */
const listed = /\.\d+(?:\.|$)/;

/**
 * The sort of event that a record without words tells of, with what it is about: `function_call shell`,
 * `gemini_cli.tool_call read_file`. Of equal names the innermost says most (`type: response_item`, `payload.type:
 * function_call`). `null` where no field names one.
 */
export function eventSort(fields: readonly ReadField[]): string | null {
  let best: { value: string; rank: number; before: string } | null = null;
  for (const { name, value } of fields) {
    if (!word.test(value) || listed.test(name)) continue;
    const segments = name.split('.');
    // A dotted key (`event.name`) looks like an object.
    const [last, pair] = [plainName(segments.at(-1) ?? ''), plainName(segments.slice(-2).join(''))];
    const isPair = sortNames.includes(pair);
    const rank = sortNames.indexOf(isPair ? pair : last);
    if (rank < 0 || (best && (rank > best.rank || (rank === best.rank && segments.length <= depthOf(best.before)))))
      continue;
    const outer = segments.slice(0, isPair ? -2 : -1).map(segment => `${segment}.`);
    best = { value, rank, before: outer.join('') };
  }
  if (!best) return null;
  const { value, before } = best;
  const about = (key: string) =>
    fields.find(({ name }) => name.startsWith(before) && plainName(name.slice(before.length)) === key)?.value;
  // At the top a bare name may be the logger's or the program's.
  const names = before === '' ? subjectNames : [...subjectNames, 'name'];
  const subject = names.map(about).find(text => text !== undefined && word.test(text) && text !== value);
  return subject === undefined ? value : `${value} ${subject}`;
}

const depthOf = (before: string): number => before.split('.').length;
