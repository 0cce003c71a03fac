import { bindingOf, releaseOf } from './binding';
import type { PathWalk } from './criticalPath';
import type { OrderedRecords } from './orderRecords';
import { entryTime, lastSign, type StepDraft } from './stepDraft';

export interface Drag {
  /** How much earlier the trace would end if the step took no time. */
  saved: number;
  /** The parallel branch that limits the gain; `null` where the step's own time does. */
  limitedBy: StepDraft | null;
}

interface Edge {
  /** Topological positions that it passes over lie strictly between the two. */
  from: number;
  to: number;
  /** Length of the longest chain through the edge. */
  chain: number;
  via: StepDraft | null;
}

/**
 * Drag of every step on the path: min(its own time on the path, T − longest chain that avoids it).
 *
 * A chain that avoids a step passes over its place in causal order by one edge, and the longest chain through an edge
 * is known from one pass forwards and one back, so all steps are answered in one sweep over the edges by length. Every
 * edge into a join carries the binding edge's lag.
 */
export function dragOf(
  order: readonly StepDraft[],
  end: StepDraft,
  walk: PathWalk,
  ordered: OrderedRecords,
): Map<StepDraft, Drag> {
  const finish = lastSign(end, ordered)!;
  const edges = chainEdges(order, end, finish, walk.from, ordered);
  const place = new Map(order.map((step, at) => [step, at]));
  const onPath = [...walk.own.keys()].sort((a, b) => place.get(a)! - place.get(b)!);
  const places = onPath.map(step => place.get(step)!);
  const bypass = longestBypass(places, edges);

  const drags = new Map<StepDraft, Drag>();
  onPath.forEach((step, at) => {
    const own = walk.own.get(step)!;
    const cap = step.links.some(link => link.meaning === 'encloses')
      ? walk.siblingCap.get(step)
      : bypass[at] && { saved: finish - walk.from - bypass[at].chain, limitedBy: bypass[at].via };
    const limits = cap && cap.saved < own;
    const parallel = limits && cap.limitedBy && !walk.own.has(cap.limitedBy) ? cap.limitedBy : null;
    if (limits) drags.set(step, { saved: Math.max(0, cap.saved), limitedBy: parallel });
    else drags.set(step, { saved: own, limitedBy: null });
  });
  return drags;
}

/** Edges of the step graph that lead to the end, each with the longest chain through it; roots hang on an edge of their own. */
function chainEdges(
  order: readonly StepDraft[],
  end: StepDraft,
  finish: number,
  from: number,
  ordered: OrderedRecords,
): Edge[] {
  const place = new Map(order.map((step, at) => [step, at]));
  const reach: { from: StepDraft; to: StepDraft; length: number }[] = [];
  const toEntry = new Map<StepDraft, number>();
  const roots: StepDraft[] = [];
  for (const step of order) {
    const entry = entryTime(step);
    if (entry === null) continue;
    const binding = bindingOf(step, ordered);
    const lag = binding ? Math.max(0, entry - binding.releasedAt) : 0;
    let longest: number | null = null;
    for (const link of step.links) {
      const before = toEntry.get(link.to);
      if (before === undefined) continue;
      if (link.meaning === 'encloses') {
        const inside = Math.max(0, entry - entryTime(link.to)!);
        reach.push({ from: link.to, to: step, length: inside });
        longest = Math.max(longest ?? 0, before + inside);
        continue;
      }
      const held = Math.max(0, Math.min(releaseOf(link.to, step, ordered).at, entry) - entryTime(link.to)!);
      reach.push({ from: link.to, to: step, length: held + lag });
      longest = Math.max(longest ?? 0, before + held + lag);
    }
    if (longest === null) roots.push(step);
    toEntry.set(step, longest ?? entry - from);
  }

  const fromEntry = new Map<StepDraft, number>();
  fromEntry.set(end, finish - (entryTime(end) ?? finish));
  for (let at = reach.length - 1; at >= 0; at--) {
    const edge = reach[at]!;
    const rest = fromEntry.get(edge.to);
    if (rest === undefined) continue;
    fromEntry.set(edge.from, Math.max(fromEntry.get(edge.from) ?? 0, edge.length + rest));
  }

  const edges: Edge[] = [];
  for (const edge of reach) {
    const rest = fromEntry.get(edge.to);
    if (rest === undefined) continue;
    edges.push({
      from: place.get(edge.from)!,
      to: place.get(edge.to)!,
      chain: toEntry.get(edge.from)! + edge.length + rest,
      via: edge.to,
    });
  }
  for (const root of roots) {
    const rest = fromEntry.get(root);
    if (rest !== undefined) edges.push({ from: -1, to: place.get(root)!, chain: toEntry.get(root)! + rest, via: root });
  }
  for (const edge of edges) edge.via = branchOf(edge, order);
  return edges;
}

/** Of an edge that passes over a step, the end that names the parallel branch: the one that is no join itself. */
function branchOf(edge: Edge, order: readonly StepDraft[]): StepDraft | null {
  const to = order[edge.to]!;
  const isJoin = to.links.length > 1;
  return isJoin ? (order[edge.from] ?? to) : to;
}

/** For each place (ascending) the edge with the longest chain that passes over it; each place is filled once. */
function longestBypass(places: readonly number[], edges: Edge[]): (Edge | undefined)[] {
  const result = new Array<Edge | undefined>(places.length).fill(undefined);
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
  for (const edge of edges.sort((a, b) => b.chain - a.chain)) {
    for (let at = open(lowerBound(places, edge.from + 1)); at < places.length && places[at]! < edge.to; at = open(at)) {
      result[at] = edge;
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
