import { type ChainGraph, chainGraph } from './chainGraph';
import type { PathWalk } from './criticalPath';
import type { OrderedRecords } from './orderRecords';
import { lastSign, type StepDraft } from './stepDraft';

export interface Drag {
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
 */
export function dragOf(
  order: readonly StepDraft[],
  end: StepDraft,
  walk: PathWalk,
  ordered: OrderedRecords,
): Map<StepDraft, Drag> {
  const total = lastSign(end, ordered)! - walk.from;
  const graph = chainGraph(order, walk.from, walk.own, ordered);
  const onPath = [...walk.own.keys()]
    .filter(step => graph.entryOf.has(step))
    .sort((a, b) => graph.entryOf.get(a)! - graph.entryOf.get(b)!);
  const bypasses = bypassesOf(graph, end, walk, ordered);
  const longest = longestBypass(
    onPath.map(step => graph.entryOf.get(step)!),
    bypasses,
  );
  const drags = new Map<StepDraft, Drag>();
  onPath.forEach((step, at) => {
    const own = walk.own.get(step)!;
    const bypass = longest[at];
    const saved = bypass ? Math.max(0, total - bypass.chain) : own;
    if (saved >= own) drags.set(step, { saved: own, limitedBy: null });
    else drags.set(step, { saved, limitedBy: branchOf(bypass!, graph, walk) });
  });
  return drags;
}

/** Every hop on a chain to the end, with the longest such chain. */
function bypassesOf(graph: ChainGraph, end: StepDraft, walk: PathWalk, ordered: OrderedRecords): Bypass[] {
  const { hops, size, roots } = graph;
  const sorted = [...hops].sort((a, b) => a.to - b.to);
  const before = new Float64Array(size).fill(-1);
  for (const { at, offset } of roots) before[at] = Math.max(0, offset);
  for (const { from, to, length } of sorted) {
    if (before[from]! >= 0) before[to] = Math.max(before[to]!, before[from]! + length);
  }
  const after = new Float64Array(size).fill(-1);
  const exit = graph.exitOf(end);
  const isEntry = exit === graph.entryOf.get(end);
  after[exit] = isEntry ? lastSign(end, ordered)! - walk.from - before[exit]! : 0;
  for (const { from, to, length } of [...hops].sort((a, b) => b.from - a.from)) {
    if (after[to]! >= 0) after[from] = Math.max(after[from]!, length + after[to]!);
  }
  const bypasses = hops
    .filter(({ from, to }) => before[from]! >= 0 && after[to]! >= 0)
    .map(({ from, to, length }) => ({ from, to, chain: before[from]! + length + after[to]! }));
  for (const { at, offset } of roots) {
    if (after[at]! >= 0) bypasses.push({ from: -1, to: at, chain: Math.max(0, offset) + after[at]! });
  }
  return bypasses;
}

/** The parallel branch that a bypass belongs to: the step at one of its ends, if that is not on the path itself. */
function branchOf({ from, to }: Bypass, graph: ChainGraph, walk: PathWalk): StepDraft | null {
  const ends = [graph.stepAt[to], graph.stepAt[from]];
  return ends.find(step => step && !walk.own.has(step)) ?? null;
}

/** For each place (ascending) the bypass with the longest chain that passes over it; each place is filled once. */
function longestBypass(places: readonly number[], bypasses: Bypass[]): (Bypass | undefined)[] {
  const result = new Array<Bypass | undefined>(places.length).fill(undefined);
  const next = Int32Array.from({ length: places.length + 1 }, (_, at) => at);
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
