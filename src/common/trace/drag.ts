import { chainGraph } from './chainGraph';
import type { PathWalk } from './criticalPath';
import type { ChainGraph } from './moments';
import type { OrderedRecords } from './orderRecords';
import type { StepDraft } from './stepDraft';
import type { StepGraph } from './stepGraph';

export interface Drag {
  step: StepDraft;
  /** How much earlier the trace would end if the step took no time. */
  saved: number;
  /** The parallel branch that limits the gain; `null` where the step's own time does. */
  limitedBy: StepDraft | null;
}

interface Bypass {
  /** What it passes over lies strictly between the two. */
  from: number;
  to: number;
  /** Length of the longest chain through it. */
  chain: number;
}

/**
 * Drag of every step on the path: min(its own time on the path, T − longest chain that avoids it).
 *
 * A chain that avoids a step passes over its entry, in causal order, by one hop, and the longest chain through a hop is
 * known from one pass forwards and one back; so all steps are answered in one sweep over the hops by length.
 *
 * @returns in causal order
 */
export function dragOf(graph: StepGraph, end: StepDraft, walk: PathWalk, ordered: OrderedRecords): Drag[] {
  const { steps } = graph;
  const total = graph.last[end.index]! - walk.from;
  const chains = chainGraph(graph, walk, ordered);
  const places: number[] = [];
  let longestOwn = 0;
  chains.stepAt.forEach((index, at) => {
    if (index === -1 || walk.own[index] === -1) return;
    places.push(at);
    longestOwn = Math.max(longestOwn, walk.own[index]!);
  });
  const bypasses = bypassesOf(chains, chains.exitOf(end.index), total, places);
  // A shorter chain limits no step: the gain of each is at most its own time.
  const limiting = bypasses.filter(({ chain }) => chain > total - longestOwn);
  const longest = longestBypass(places, limiting);
  return places.map((place, at) => {
    const step = steps[chains.stepAt[place]!]!;
    const own = walk.own[step.index]!;
    const bypass = longest[at];
    const saved = bypass ? Math.max(0, total - bypass.chain) : own;
    if (saved >= own) return { step, saved: own, limitedBy: null };
    return { step, saved, limitedBy: branchOf(bypass!, chains, steps, walk) };
  });
}

/**
 * Every hop on a chain to the end that passes over one of the places (ascending), with the longest such chain.
 *
 * @param exit the moment at which the end step lets go; −1 where that is not known
 * @param total when that is
 */
function bypassesOf(graph: ChainGraph, exit: number, total: number, places: readonly number[]): Bypass[] {
  if (exit < 0) return [];
  const { hops, leaving, size, roots } = graph;
  const before = new Float64Array(size).fill(-1);
  for (const { at, offset } of roots) before[at] = Math.max(0, offset);
  for (let from = 0; from < size; from++) {
    if (before[from] === -1) continue;
    for (let at = leaving.first[from]!; at < leaving.first[from + 1]!; at++) {
      const hop = leaving.places[at]!;
      const to = hops.to[hop]!;
      before[to] = Math.max(before[to]!, before[from]! + hops.length[hop]!);
    }
  }
  const after = new Float64Array(size).fill(-1);
  // A step that encloses nothing lets go where it is entered: its own time is still to come.
  after[exit] = graph.stepAt[exit] === -1 ? 0 : total - before[exit]!;
  for (let from = size - 1; from >= 0; from--) {
    for (let at = leaving.first[from]!; at < leaving.first[from + 1]!; at++) {
      const hop = leaving.places[at]!;
      const beyond = after[hops.to[hop]!]!;
      if (beyond >= 0) after[from] = Math.max(after[from]!, hops.length[hop]! + beyond);
    }
  }
  const upTo = new Int32Array(size + 1);
  for (const at of places) upTo[at + 1] = 1;
  for (let at = 0; at < size; at++) upTo[at + 1]! += upTo[at]!;
  const bypasses: Bypass[] = [];
  for (let hop = 0; hop < hops.from.length; hop++) {
    const [from, to] = [hops.from[hop]!, hops.to[hop]!];
    if (upTo[from + 1] === upTo[to] || before[from]! < 0 || after[to]! < 0) continue;
    bypasses.push({ from, to, chain: before[from]! + hops.length[hop]! + after[to]! });
  }
  for (const { at, offset } of roots) {
    if (after[at]! >= 0) bypasses.push({ from: -1, to: at, chain: Math.max(0, offset) + after[at]! });
  }
  return bypasses;
}

/** The parallel branch that a bypass belongs to: the step at one of its ends, if that is not on the path itself. */
function branchOf(
  { from, to }: Bypass,
  { stepAt }: ChainGraph,
  steps: readonly StepDraft[],
  { own }: PathWalk,
): StepDraft | null {
  const branch = [stepAt[to], stepAt[from]].find(index => index !== undefined && index >= 0 && own[index] === -1);
  return branch === undefined ? null : steps[branch]!;
}

/** For each place (ascending) the bypass with the longest chain that passes over it; each place is filled once. */
function longestBypass(places: readonly number[], bypasses: Bypass[]): (Bypass | undefined)[] {
  const result = new Array<Bypass | undefined>(places.length).fill(undefined);
  const next = new Int32Array(places.length + 1);
  for (let at = 0; at < next.length; at++) next[at] = at;
  const open = (at: number): number => {
    let root = at;
    while (next[root] !== root) root = next[root]!;
    for (let here = at; next[here] !== root; ) {
      const following = next[here]!;
      next[here] = root;
      here = following;
    }
    return root;
  };
  for (const bypass of bypasses.sort((a, b) => b.chain - a.chain)) {
    let at = open(lowerBound(places, bypass.from + 1));
    for (; at < places.length && places[at]! < bypass.to; at = open(at)) {
      result[at] = bypass;
      next[at] = at + 1;
    }
  }
  return result;
}

function lowerBound(ascending: readonly number[], value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
