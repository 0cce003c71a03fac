import type { Field } from '../model/fieldRole';
import type { WrapperName } from '../model/sourceProfile';
import type { OffsetMap } from './offsets';

/** What a program wrote, taken out of what a runtime put around it. */
export interface Unwrapped {
  text: string;
  /** From offsets in `text` to offsets in the wrapped text. */
  map: OffsetMap;
  /** What the wrapper says itself: its stamp, stream, container. Offsets are those of the wrapped text. */
  fields: Field[];
}

/** The wrapper that the lines of a sample have, `null` if none. */
export function wrapperOf(_lines: readonly string[]): WrapperName | null {
  return null;
}

/** Takes a record of one or several wrapped lines out of its wrapper; `null` where it is not wrapped. */
export function unwrap(_wrapper: WrapperName, _text: string): Unwrapped | null {
  return null;
}
