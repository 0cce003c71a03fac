import { type Nanos, nanos } from '../../model/units';
import type { OrderedRecords } from '../records/orderRecords';
import type { StepDraft } from '../steps/stepDraft';
import { wordsOf } from '../steps/stepLabel';

/** The longest time in which a step logged nothing between two of its lines. */
export interface Silence {
  duration: Nanos;
  /** What the line says that ends it. */
  endsWith: string;
}

/** `null` where the step has but two lines: all that it logged is where it began and where it ended. */
export function longestSilence({ releasing }: StepDraft, { records, stamps }: OrderedRecords): Silence | null {
  const indexes = releasing?.records ?? [];
  if (indexes.length < 3) return null;
  let longest = 0;
  let until = -1;
  for (let at = 1; at < indexes.length; at++) {
    const gap = stamps[indexes[at]!]! - stamps[indexes[at - 1]!]!;
    if (!(gap > longest)) continue;
    longest = gap;
    until = indexes[at]!;
  }
  return until < 0 ? null : { duration: nanos(longest), endsWith: wordsOf(records[until]!.message) };
}
