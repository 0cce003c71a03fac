import { float64Column, int32Column, uint8Column } from '../columns';
import type { OrderedRecords } from '../records/orderRecords';
import { lastSign, type StepDraft } from '../steps/stepDraft';
import type { Bindings } from './bindings';

/**
 * Links and times of all steps as columns, by the steps' index: what the algorithms over the whole graph read, which go
 * over it many times. Made once both are final.
 */
export interface StepGraph {
  /** In causal order, each at its index. */
  steps: readonly StepDraft[];
  /** Their keys. */
  keys: readonly string[];
  /** Links of a step: from `firstLink[step]` up to before `firstLink[step + 1]`, in the order of its own list. */
  firstLink: Int32Array;
  /** By link: the index of the previous step, … */
  linkTo: Int32Array;
  /** … and 1 where it precedes, 0 where it encloses. */
  follows: Uint8Array;
  /** Index of the step that encloses a step, or −1. */
  encloser: Int32Array;
  /** When the first attempt began, and the releasing one; NaN where the logs do not say. */
  entry: Float64Array;
  start: Float64Array;
  /** The end or the last sign of it; NaN where the logs do not say. */
  last: Float64Array;
  /** 1 where the logs tell of the step's time more than bounds. */
  isTold: Uint8Array;
  /** 1 where lines of others announce the step. */
  isAnnounced: Uint8Array;
  bindings: Bindings;
}

/** @param steps in causal order, each at its index */
export function stepGraph(steps: readonly StepDraft[], bindings: Bindings, ordered: OrderedRecords): StepGraph {
  const count = steps.length;
  const keys = new Array<string>(count);
  const firstLink = int32Column(count + 1);
  for (let step = 0; step < count; step++) {
    firstLink[step + 1] = firstLink[step]!;
    for (let link = steps[step]!.firstLink; link !== null; link = link.next) firstLink[step + 1]!++;
  }
  const linkTo = int32Column(firstLink[count]!);
  const follows = uint8Column(firstLink[count]!);
  const encloser = int32Column(count).fill(-1);
  const entry = float64Column(count);
  const start = float64Column(count);
  const last = float64Column(count);
  const isTold = uint8Column(count);
  const isAnnounced = uint8Column(count);
  for (let index = 0; index < count; index++) {
    const step = steps[index]!;
    const { releasing } = step;
    keys[index] = step.key;
    for (let link = step.firstLink, place = firstLink[index]!; link !== null; link = link.next, place++) {
      const { to, meaning } = link;
      linkTo[place] = to.index;
      if (meaning === 'follows') follows[place] = 1;
      else if (encloser[index] === -1) encloser[index] = to.index;
    }
    entry[index] = step.entry ?? Number.NaN;
    start[index] = releasing?.start ?? Number.NaN;
    last[index] = lastSign(step, ordered) ?? Number.NaN;
    if (releasing?.durationKind !== 'inferred' && releasing?.durationKind !== 'unknown') isTold[index] = 1;
    if (step.handoffs.length > 0) isAnnounced[index] = 1;
  }
  return { steps, keys, firstLink, linkTo, follows, encloser, entry, start, last, isTold, isAnnounced, bindings };
}
