import type { LogRecord } from '../model/logRecord';
import type { Step } from '../model/trace';

type Attributes = Step['attributes'];

/** Shared by all that have none: most steps. */
export const noAttributes: Attributes = {};
const none: LogRecord['attributes'] = [];

/** By the number of a step's ID what its records have beside the roles; `null` where those that have anything differ. */
export type StepAttributes = (Attributes | null)[];

/** Reads the attributes of records one after another. Often all of a step repeat their context. */
export function stepAttributeReader() {
  const attributes: StepAttributes = [];
  const lists: LogRecord['attributes'][] = [];
  return {
    attributes,
    /** @param step the number of the record's step ID; −1 where it has none */
    read(record: LogRecord, step: number): void {
      if (step === -1) return;
      if (step === lists.length) {
        lists.push(none);
        attributes.push(noAttributes);
      }
      const list = record.attributes;
      if (list.length === 0 || attributes[step] === null) return;
      const known = lists[step]!;
      if (known.length > 0) {
        if (!isRepeated(list, known)) attributes[step] = null;
        return;
      }
      lists[step] = list;
      attributes[step] = withThose(null, list);
    },
  };
}

function isRepeated(list: LogRecord['attributes'], before: LogRecord['attributes']): boolean {
  if (list === before) return true;
  if (list.length !== before.length) return false;
  for (let at = 0; at < list.length; at++)
    if (list[at]!.value !== before[at]!.value || list[at]!.name !== before[at]!.name) return false;
  return true;
}

/** The same of steps that are numbered anew. @param numbers by the number before */
export function renumberAttributes(attributes: StepAttributes, numbers: Int32Array): StepAttributes {
  const renumbered: StepAttributes = new Array(attributes.length);
  for (let before = 0; before < attributes.length; before++) renumbered[numbers[before]!] = attributes[before]!;
  return renumbered;
}

/** The attributes of some records together, the first value of a name wins: records of one step repeat their context. */
export function attributesOf(records: readonly LogRecord[]): Attributes {
  let attributes: Record<string, string> | null = null;
  for (const record of records) attributes = withThose(attributes, record.attributes);
  return attributes ?? noAttributes;
}

function withThose(before: Record<string, string> | null, list: LogRecord['attributes']) {
  let attributes = before;
  for (let at = 0; at < list.length; at++) {
    const { name, value } = list[at]!;
    attributes ??= {};
    if (!Object.hasOwn(attributes, name)) define(attributes, name, value);
  }
  return attributes;
}

function define(attributes: Record<string, string>, name: string, value: string): void {
  // An assignment would take this one for the prototype.
  if (name !== '__proto__') attributes[name] = value;
  else Object.defineProperty(attributes, name, { value, enumerable: true, configurable: true, writable: true });
}
