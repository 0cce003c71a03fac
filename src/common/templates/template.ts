import type { RecordFacts } from './recordFacts';
import type { StampLayout } from './stampLayout';

/**
 * A stretch of a line that differs from record to record. `word`: letters, digits, `_` and `-`, at least one letter and
 * one digit, or, if it `mayBePlain`, letters alone that are no placeholder; `number`: digits; `decimal`: digits, a dot, digits; `stamp`: see {@link StampLayout}; `same`: what stands in
 * slot `of`.
 */
export type Slot =
  | { kind: 'word'; strength: WordStrength; mayBePlain: boolean; sample: Uint8Array }
  | { kind: 'number'; mayBeZero: boolean }
  | { kind: 'decimal' }
  | { kind: 'stamp'; layout: StampLayout }
  | { kind: 'same'; of: number };

/**
 * `any`: up to 64 bytes (of more than 32: a UUID, or without dashes). `strong`: also of 8 and more, with a letter or digit at
 * both ends. `shape`: hex digits and dashes, each where the sample has them.
 */
export type WordStrength = 'any' | 'strong' | 'shape';

/** A place in a line: so many bytes behind the end of a slot, or behind the beginning of the line for slot -1. */
export interface Anchor {
  slot: number;
  offset: number;
}

/** Where a value stands, or what it is where it does not depend on the line. */
export type ValueRule = { from: Anchor; to: Anchor } | { constant: string | null };

/**
 * What all lines with the same text around their slots have in common: how a record that is such a line reads, by the
 * example of one that was read.
 */
export interface Template {
  /** The text before, between and behind the slots: one more than these. */
  texts: Uint8Array[];
  slots: Slot[];
  /** By the roles of `recordFacts`. */
  values: ValueRule[];
  /**
   * `null` where the record has no time; `offset`: seconds that are taken off it to get UTC, `null` where the profile's
   * zone tells them.
   */
  stamp: { slot: number; offset: number | null } | null;
  /** The slot that holds the duration, and nanoseconds per 1 of it; `null` where it is the example's. */
  duration: { slot: number; scale: number } | null;
  /** Of the example. */
  facts: RecordFacts;
  isUnparsed: boolean;
}
