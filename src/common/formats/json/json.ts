import type { Field } from '../../model/fieldRole';
import { jsonStrings, withInside } from '../inside';
import type { LogFormat } from '../logFormat';
import { jsonFields } from './jsonTokens';
import { stampedPair } from './stampedPair';
import { workflowHistoryFields } from './workflowHistory';

/**
 * JSON lines in any dialect (RFC 8259, one object per record). A text that another log wrote inside is read too: its
 * fields stand before those of the wrapper, as they are closer to the event.
 */
export const json: LogFormat = { name: 'json', framing: 'line', read: text => readJson(text, 0) };

/** The fields of a text that is one JSON object, `nesting` texts inside another log's. */
export function readJson(text: string, nesting: number): Field[] | null {
  const from = /\S/.exec(text)?.index ?? 0;
  const object = jsonFields(text, from) ?? stampedPair(text, from);
  if (!object) return null;
  if (object.complete && !/^[\s,]*$/.test(text.slice(object.end, object.end + 64))) return null;
  object.fields.push(...workflowHistoryFields(text, object.fields));
  return withInside(text, object.fields, jsonStrings, nesting, readJson);
}
