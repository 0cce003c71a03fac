import type { LogRecord } from '../../model/logRecord';
import type { Step } from '../../model/trace';

type Attributes = Step['attributes'];

/** Shared by all that have none: most steps. */
export const noAttributes: Attributes = {};

/**
 * By the number of a step's ID what its records have beside the roles: left out where none has anything, `null` where those
 * that have anything differ.
 */
export type StepAttributes = (Attributes | null | undefined)[];

/** Reads the attributes of records one after another. Often all of a step repeat their context. */
export function stepAttributeReader(count: number) {
  let attributes: StepAttributes = [];
  let lists: LogRecord['attributes'][] = [];
  return {
    attributes: () => attributes,
    /** @param step the number of the record's step ID; −1 where it has none */
    read({ attributes: list }: LogRecord, step: number): void {
      if (step === -1 || list.length === 0) return;
      if (attributes.length === 0) {
        // Of the greatest length at once: a list that grows is copied many times.
        attributes = new Array(count);
        lists = new Array(count);
      }
      const known = lists[step];
      if (known === undefined) {
        lists[step] = list;
        attributes[step] = withThose(null, list);
      } else if (attributes[step] !== null && !isRepeated(list, known)) attributes[step] = null;
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
  if (attributes.length === 0) return attributes;
  const renumbered: StepAttributes = new Array(numbers.length);
  for (let before = 0; before < numbers.length; before++) renumbered[numbers[before]!] = attributes[before];
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
