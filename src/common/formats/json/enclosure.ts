import type { Member, Reference } from './inheritedFields';
import type { RowLayout } from './jsonRows';
import type { Holdings } from './recordEvidence';

/** An object or array that is open, or that encloses parts. */
export interface Enclosure extends Holdings {
  isArray: boolean;
  /** Its name in its parent; empty in arrays. */
  key: string;
  start: number;
  parent: Enclosure | null;
  /** Offset behind it, once it is closed. */
  end: number;
  /** Where it is a record of its own. */
  part: Part | null;
  /** Of a list of rows: the names of its columns, once they were asked for. */
  columns: readonly string[] | null;
  /** Of an array: the records that are its items. */
  records: Part[] | null;
  /** How many parts that are steps of others there were when it began. */
  firstChild: number;
  /** How many parts there were when it began: those from there on are within it. */
  firstPart: number;
  /** Of an object, once it has any: what it holds beside the arrays of parts. */
  members: Member[] | null;
  /** Of an object: its fields that may refer to something further out. */
  references: Reference[] | null;
  /** Of an object: the key whose value is awaited. Of an array: how many items it has. */
  pending: string | null;
  items: number;
  /** Of an object: whether it has a list that only a step has, with steps in it. */
  hasOwnSteps: boolean;
  /** Of an array: whether an item of its own is a record; whether it is a pair of a stamp and a line so far. */
  hasRecord: boolean;
  isPair: boolean;
}

/** A record of a document, or what may be one. */
export interface Part {
  start: number;
  end: number;
  /** `null` for the whole document. */
  owner: Enclosure | null;
  /** The record itself; `null` for a pair of a stamp and a line. */
  self: Enclosure | null;
  /** Of an array that is a record. */
  row: RowLayout | null;
  /** From 0, in its list. */
  place: number;
  references: Reference[] | null;
  /** It stands in a list of steps: within another record it is one all the same. */
  isChild: boolean;
  /** An item that is no record itself: it is one if others of its array are. */
  isPlain: boolean;
}

export const newPart = (of: Enclosure, owner: Enclosure | null, end: number, isPlain: boolean): Part => ({
  start: of.start,
  end,
  owner,
  self: of,
  row: null,
  place: (owner?.items ?? 1) - 1,
  references: of.references,
  isPlain,
  isChild: false,
});

/** What is known of an object or array when it begins. `children`: parts until now that are steps of others. */
export const newEnclosure = (
  isArray: boolean,
  start: number,
  parent: Enclosure | null,
  firstPart: number,
  firstChild: number,
): Enclosure => ({
  isArray,
  key: parent?.pending ?? '',
  start,
  end: -1,
  parent,
  part: null,
  columns: null,
  records: null,
  firstPart,
  firstChild,
  own: 0,
  deep: 0,
  inner: 0,
  members: null,
  references: null,
  pending: null,
  items: 0,
  hasOwnSteps: false,
  hasRecord: false,
  isPair: false,
});

export function addMember(to: Enclosure, member: Member): void {
  if (to.members) to.members.push(member);
  else to.members = [member];
}
