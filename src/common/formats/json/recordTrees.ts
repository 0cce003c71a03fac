import type { Field } from '../../model/fieldRole';
import { knownName } from '../../profile/fieldNames';
import { isId } from '../../profile/ids';
import type { Enclosure, Part } from './enclosure';
import type { Member } from './inheritedFields';
import { unescapeJson } from './jsonTokens';
import { evidence } from './recordEvidence';

/**
 * Lists in which a record holds its own steps, as their makers name them: `subsegments` (X-Ray), `child_runs` (LangSmith),
 * `children`, `spans`, `steps` …
 */
const stepList =
  /^(?:child(?:ren|_?(?:runs|spans|steps|nodes|tasks|calls|observations))|sub_?(?:segments|spans|steps|runs|tasks|calls)|nested_?(?:spans|steps|runs)|spans|steps|runs|observations)$/i;
/** Those of them that only a step has: what holds one of the others may as well be a batch. */
export const ownStepList = /^(?:child|sub|nested)/i;
/** Whether a list is one of steps: all of its records have times. */
export const isStepList = (key: string, records: readonly Part[]): boolean =>
  stepList.test(key) && records.every(({ self }) => self && self.own & evidence.time);

/** Whether a text may have such a list. */
const anyStepList =
  /"(?:child(?:ren|_?[a-z]{3,12})|(?:sub|nested)_?[a-z]{3,12}|spans|steps|runs|observations)"\s*:\s*\[\s*\{/i;

export const mayHoldTree = (text: string): boolean => anyStepList.test(text);

/** What a record's place in a tree of records says. */
export interface TreePlace {
  /** Its step, the step around it and, where nothing else groups the tree, the tree; they stand nowhere in its own text. */
  fields: Field[];
  /** The lists of records in it, which are no fields of its own: offsets in the document. */
  holes: { start: number; end: number }[];
}

/** Longest path of places by which a step without an ID is called. */
const longestPath = 120;

/** The places of records that hold or are held by others, in linear time. A record without a place stands alone. */
export function treePlaces(text: string, parts: readonly Part[]): Map<Part, TreePlace> {
  const places = new Map<Part, TreePlace>();
  const around = new Map<Enclosure, Part | null>();
  const ids = new Map<Part, string>();
  const roots = new Map<Part, Part>();
  const groups = new Map<Part, string | null>();
  // Those around others begin before them.
  for (const part of parts) {
    const parent = part.owner && partAround(part.owner, around);
    const own = ownId(text, part);
    const root = (parent && roots.get(parent)) ?? part;
    roots.set(part, root);
    ids.set(part, own ?? placeId(parent && (ids.get(parent) ?? null), part, ids.size));
    if (root === part) groups.set(part, own !== null && !isGrouped(part) ? own : null);
    if (!parent || !part.owner) continue;
    const group = groups.get(root) ?? null;
    const service = part.owner.key === 'subsegments' ? nameOf(text, root) : null;
    const placeOf = (of: Part): TreePlace => {
      const known = places.get(of) ?? { fields: stepFields(ids.get(of)!, group, service), holes: [] };
      places.set(of, known);
      return known;
    };
    const { start, end } = part.owner;
    const { holes } = placeOf(parent);
    if (holes.at(-1)?.start !== start) holes.push({ start, end });
    placeOf(part).fields.push(told('parentSpanId', ids.get(parent)!));
  }
  return places;
}

const told = (name: string, value: string): Field => ({ name, value, start: 0, end: 0 });

const stepFields = (id: string, group: string | null, service: string | null): Field[] => [
  told('stepId', id),
  ...(group === null ? [] : [told('rootId', group)]),
  ...(service === null ? [] : [told('service', service)]),
];

/** The name of X-Ray's segment, which is that of the service (AWS X-Ray segment documents). */
function nameOf(text: string, { self }: Part): string | null {
  const name = self?.members?.find(({ key }) => key === 'name');
  return name ? unescapeJson(text.slice(name.start + 1, name.end - 1)) : null;
}

/** The record that an array stands in. */
function partAround(from: Enclosure, known: Map<Enclosure, Part | null>): Part | null {
  const passed: Enclosure[] = [];
  let at: Enclosure | null = from;
  for (; at && !at.part && !known.has(at); at = at.parent) passed.push(at);
  const found = at ? (at.part ?? known.get(at) ?? null) : null;
  for (const enclosure of passed) known.set(enclosure, found);
  return found;
}

/** The ID that a record has as a step, else its bare `id`. */
function ownId(text: string, { self }: Part): string | null {
  const members = self?.members ?? [];
  const isStep = ({ key }: Member) => {
    const known = knownName(key);
    return known?.role === 'stepId' && !known.doubtful;
  };
  const member = members.find(isStep) ?? members.find(({ key }) => /^(?:id|uuid|run_?id)$/i.test(key));
  if (!member) return null;
  const raw = text.slice(member.start, member.end);
  const value = raw.startsWith('"') ? unescapeJson(raw.slice(1, -1)) : raw;
  return /^[[{]/.test(value) || !isId(value) ? null : value;
}

/** What a step without an ID is called: where it stands. */
function placeId(parent: string | null, { owner, place }: Part, count: number): string {
  if (parent === null) return `#${count}`;
  return parent.length > longestPath ? `#${count}` : `${parent}.${owner?.key}.${place}`;
}

/** Whether a tree's root, or what is around it, names a group. */
function isGrouped({ self }: Part): boolean {
  for (let at = self; at; at = at.parent) if ((at.own | at.deep) & evidence.group) return true;
  return false;
}
