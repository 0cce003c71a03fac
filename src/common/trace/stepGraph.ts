import type { Bindings } from './bindings';
import { float64Column, int32Column, uint8Column } from './columns';
import { encloserOf, lastSign, type StepDraft } from './stepDraft';

/**
 * Links and times of all steps as columns, by the steps' index: what the algorithms over the whole graph read, which go
 * over it many times. Made once both are final.
 */
export interface StepGraph {
  /** In causal order, each at its index. */
  steps: readonly StepDraft[];
  /** Links of a step: from `firstLink[step]` up to before `firstLink[step + 1]`, in the order of its own list. */
  firstLink: Int32Array;
  /** By link: the index of the previous step, … */
  linkTo: Int32Array;
  /** … and 1 where it precedes, 0 where it encloses. */
  follows: Uint8Array;
  /** Index of the step that encloses a step, or −1. */
  encloser: Int32Array;
  /** When the first attempt began; NaN where the logs do not say. */
  entry: Float64Array;
  /** The end or the last sign of it; NaN where the logs do not say. */
  last: Float64Array;
  bindings: Bindings;
}

/** @param steps in causal order, each at its index */
export function stepGraph(steps: readonly StepDraft[], bindings: Bindings): StepGraph {
  const count = steps.length;
  const firstLink = int32Column(count + 1);
  steps.forEach(({ links }, index) => {
    firstLink[index + 1] = firstLink[index]! + links.length;
  });
  const linkTo = int32Column(firstLink[count]!);
  const follows = uint8Column(firstLink[count]!);
  const encloser = int32Column(count);
  const entry = float64Column(count);
  const last = float64Column(count);
  steps.forEach((step, index) => {
    let place = firstLink[index]!;
    for (const { to, meaning } of step.links) {
      linkTo[place] = to.index;
      follows[place++] = meaning === 'follows' ? 1 : 0;
    }
    encloser[index] = encloserOf(step)?.index ?? -1;
    entry[index] = step.entry ?? Number.NaN;
    last[index] = lastSign(step) ?? Number.NaN;
  });
  return { steps, firstLink, linkTo, follows, encloser, entry, last, bindings };
}
