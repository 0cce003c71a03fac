import type { Field } from '../../model/fieldRole';
import type { WrapperName } from '../../model/sourceProfile';

/**
 * What a runtime or tool puts around each line of a program: one file in this folder, one row in `wrappers.ts`. Never
 * throws.
 */
export interface Wrapper {
  readonly name: WrapperName;
  /**
   * Whether a line of a program may look the same: then it is a wrapper only where most of what is inside has a head of
   * its own.
   */
  readonly isAmbiguous: boolean;
  /** Whether it stands before the line alone: then the beginning of a line tells all. */
  readonly isPrefix: boolean;
  /** Where in a line (without its break) what is inside stands; `null` where the line is not wrapped. */
  open(line: string): WrappedLine | null;
  /**
   * What the wrapper of a line says itself, at its place in the line: stamp (as {@link wrapperStamp}), stream, container.
   * Only called for lines that `open` takes.
   */
  fieldsOf(line: string): Field[];
}

/** The raw text of what is inside is `[start, end)` of the line. */
export interface WrappedLine {
  start: number;
  end: number;
  /** Whether it is written as a JSON string. */
  escaped: boolean;
  /** Names the stream (container, stdout or stderr) that the line is from: lines of two streams are never one record. */
  stream: string;
  /** Whether the wrapper cut the line here: the next one of its stream goes on with it. */
  isPartial: boolean;
}

/** Name of a wrapper's stamp among the fields. It is the weakest: what the program says itself is closer to the event. */
export const wrapperStamp = 'wrapperStamp';

/** Most of a line in which a prefix is looked for. */
export const prefixReach = 400;

/** A line that is whole behind a prefix. */
export const behindPrefix = (line: string, start: number, stream: string): WrappedLine => ({
  start,
  end: line.length,
  escaped: false,
  stream,
  isPartial: false,
});

/** The groups of a match (with the flag `d`) as fields by these names; a group without a name or match is left out. */
export function groupFields(match: RegExpExecArray | null, names: readonly string[]): Field[] {
  if (!match) return [];
  return names.flatMap((name, index) => {
    const [start, end] = match.indices?.[index + 1] ?? [];
    const value = match[index + 1];
    return value === undefined || start === undefined || end === undefined ? [] : [{ name, value, start, end }];
  });
}
