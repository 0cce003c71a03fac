import { float64Column, int32Column } from '../columns';
import type { StepGraph } from '../links/stepGraph';
import type { OrderedRecords } from '../records/orderRecords';
import type { StepDraft } from '../steps/stepDraft';
import { chainGraph } from './chainGraph';
import type { PathWalk } from './criticalPath';
import type { ChainGraph } from './moments';

/** What of the trace's time each step on the critical path costs. */
export interface Drags {
  /** Indexes of the steps, in causal order. */
  steps: Int32Array;
  /** By a step's index: how much earlier the trace would end if it took no time; 0 beside the path. */
  saved: Float64Array;
  /** By a step's index: that of the parallel branch that limits the gain; −1 where the step's own time does. */
  limitedBy: Int32Array;
}

/**
 * Ways past steps, as columns: the chain of hops that is a bypass passes over the places from `first` up to before `last`.
 */
interface Bypasses {
  /** How many there are; the columns have room for more. */
  count: number;
  first: Int32Array;
  last: Int32Array;
  /** The two moments that the bypass leads between; −1 for the one before all. */
  from: Int32Array;
  to: Int32Array;
  /** Length of the longest chain through it. */
  chain: Float64Array;
}

/**
 * Drag of every step on the path: min(its own time on the path, T − longest chain that avoids it).
 *
 * A chain that avoids a step passes over its entry, in causal order, by one hop, and the longest chain through a hop is
 * known from one pass forwards and one back; so all steps are answered at once by the longest hop over each.
 */
export function dragOf(graph: StepGraph, end: StepDraft, walk: PathWalk, ordered: OrderedRecords): Drags {
  const { own } = walk;
  const total = graph.last[end.index]! - walk.from;
  const chains = chainGraph(graph, walk, ordered);
  const { stepAt } = chains;
  const isOnPath = (moment: number) => stepAt[moment]! >= 0 && own[stepAt[moment]!]! >= 0;
  /** The step of a branch that is entered at a moment; −1 where none is. */
  const branchAt = (moment: number) => (moment < 0 || isOnPath(moment) ? -1 : stepAt[moment]!);
  /** By moment: how many entries of steps on the path stand before it. */
  const entriesBefore = int32Column(chains.size + 1);
  let longestOwn = 0;
  for (let moment = 0; moment < chains.size; moment++) {
    const onPath = isOnPath(moment);
    entriesBefore[moment + 1] = entriesBefore[moment]! + (onPath ? 1 : 0);
    if (onPath) longestOwn = Math.max(longestOwn, own[stepAt[moment]!]!);
  }
  const steps = int32Column(entriesBefore[chains.size]!);
  for (let moment = 0; moment < chains.size; moment++)
    if (isOnPath(moment)) steps[entriesBefore[moment]!] = stepAt[moment]!;

  // A shorter chain limits no step: the gain of each is at most its own time.
  const least = total - longestOwn;
  const bypasses = bypassesOf(chains, chains.exitOf(end.index), total, least, entriesBefore);
  const longest = longestBypasses(steps.length, bypasses);
  const drags = { steps, saved: float64Column(own.length), limitedBy: int32Column(own.length).fill(-1) };
  for (let place = 0; place < steps.length; place++) {
    const step = steps[place]!;
    const bypass = longest[place]!;
    const saved = bypass < 0 ? own[step]! : Math.max(0, total - bypasses.chain[bypass]!);
    drags.saved[step] = Math.min(saved, own[step]!);
    if (saved >= own[step]!) continue;
    const branch = branchAt(bypasses.to[bypass]!);
    drags.limitedBy[step] = branch >= 0 ? branch : branchAt(bypasses.from[bypass]!);
  }
  return drags;
}

/**
 * Every hop on a chain to the end that passes over a step of the path, with the longest such chain if it is longer than
 * `least`.
 *
 * @param exit the moment at which the end step lets go; −1 where that is not known
 * @param total when that is
 */
function bypassesOf(
  { hops, leaving, size, roots, stepAt }: ChainGraph,
  exit: number,
  total: number,
  least: number,
  entriesBefore: Int32Array,
): Bypasses {
  // As many as there can be: of what is not used no memory is taken.
  const most = hops.from.length + roots.length;
  const bypasses: Bypasses = {
    count: 0,
    first: int32Column(most),
    last: int32Column(most),
    from: int32Column(most),
    to: int32Column(most),
    chain: float64Column(most),
  };
  if (exit < 0) return bypasses;
  const before = float64Column(size).fill(-1);
  for (const { at, offset } of roots) before[at] = Math.max(0, offset);
  for (let from = 0; from < size; from++) {
    if (before[from] === -1) continue;
    for (let at = leaving.first[from]!; at < leaving.first[from + 1]!; at++) {
      const hop = leaving.places[at]!;
      const to = hops.to[hop]!;
      before[to] = Math.max(before[to]!, before[from]! + hops.length[hop]!);
    }
  }
  const after = float64Column(size).fill(-1);
  // A step that encloses nothing lets go where it is entered: its own time is still to come.
  after[exit] = stepAt[exit] === -1 ? 0 : total - before[exit]!;
  for (let from = size - 1; from >= 0; from--) {
    for (let at = leaving.first[from]!; at < leaving.first[from + 1]!; at++) {
      const hop = leaving.places[at]!;
      const beyond = after[hops.to[hop]!]!;
      if (beyond >= 0) after[from] = Math.max(after[from]!, hops.length[hop]! + beyond);
    }
  }
  const add = (from: number, to: number, chain: number) => {
    const first = from < 0 ? 0 : entriesBefore[from + 1]!;
    if (first === entriesBefore[to]! || !(chain > least)) return;
    const at = bypasses.count++;
    bypasses.first[at] = first;
    bypasses.last[at] = entriesBefore[to]!;
    bypasses.from[at] = from;
    bypasses.to[at] = to;
    bypasses.chain[at] = chain;
  };
  for (let hop = 0; hop < hops.from.length; hop++) {
    const from = hops.from[hop]!;
    const to = hops.to[hop]!;
    if (before[from]! >= 0 && after[to]! >= 0) add(from, to, before[from]! + hops.length[hop]! + after[to]!);
  }
  for (const { at, offset } of roots) if (after[at]! >= 0) add(-1, at, Math.max(0, offset) + after[at]!);
  return bypasses;
}

/**
 * For each place the bypass with the longest chain that passes over it, the first of equal ones; −1 for none. A segment
 * tree: each bypass is kept at the few nodes that its places are made of, and handed down to the leaves at the end.
 */
function longestBypasses(places: number, { count, first, last, chain }: Bypasses): Int32Array {
  /** Node `n` stands above `2n` and `2n + 1`, the leaves come last. */
  const longest = int32Column(2 * places).fill(-1);
  const offer = (node: number, bypass: number) => {
    const known = longest[node]!;
    if (known < 0 || chain[bypass]! > chain[known]! || (chain[bypass] === chain[known] && bypass < known)) {
      longest[node] = bypass;
    }
  };
  for (let bypass = 0; bypass < count; bypass++) {
    let from = first[bypass]! + places;
    let to = last[bypass]! + places;
    for (; from < to; from >>= 1, to >>= 1) {
      if (from % 2 === 1) offer(from++, bypass);
      if (to % 2 === 1) offer(--to, bypass);
    }
  }
  for (let node = 2; node < 2 * places; node++) {
    const above = longest[node >> 1]!;
    if (above >= 0) offer(node, above);
  }
  return longest.subarray(places);
}
