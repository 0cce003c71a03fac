import { type Buckets, bucketsOf, sortBuckets } from '../buckets';
import { float64Column, int32Column, uint8Column } from '../columns';
import type { StepDraft } from '../steps/stepDraft';
import type { StepGraph } from './stepGraph';

/** By the steps' index: their places from top to bottom, and their depths. */
export interface Rows {
  rowOf: Int32Array;
  depthOf: Int32Array;
}

/**
 * Order and depth of the rows. A series is flat; at a fork the branch that leads to the end step is the trunk: it keeps
 * the fork's depth and comes last, the other branches are one deeper, whole, in start order. Branches that rejoin come
 * before their join, which has the fork's depth. What a step encloses is one deeper than it.
 *
 * A join belongs to the step where its branches parted: its immediate dominator, found as the lowest common ancestor
 * of its previous steps while walking in causal order (Cooper, Harvey and Kennedy, "A Simple, Fast Dominance
 * Algorithm"), with jump pointers so that long chains stay O(log n).
 */
export function rowOrder(graph: StepGraph, end: StepDraft | null): Rows {
  // A step's index is its node in the tree of rows.
  const root = graph.steps.length;
  const { flow, enclosed, isJoin, followers } = buildTree(graph);
  const leadsToEnd = causesOf(end, graph);
  const trunks = int32Column(root);
  for (let node = 0; node < root; node++) trunks[node] = trunkOf(node, flow, isJoin, leadsToEnd);
  const inStartOrder = startOrder(graph);
  sortBuckets(flow, inStartOrder);
  sortBuckets(enclosed, inStartOrder);

  const rowOf = int32Column(root);
  const depthOf = int32Column(root + 1).fill(-1);
  const stack = [root];
  let row = 0;
  const push = (node: number, depth: number) => {
    depthOf[node] = depth;
    stack.push(node);
  };
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    const depth = depthOf[node]!;
    if (node !== root) rowOf[node] = row++;
    const trunk = trunks[node] ?? -1;
    const branchDepth = followers[node] === 1 ? depth : depth + 1;
    // Last in, first out: what is to be drawn first is pushed last.
    if (trunk >= 0) push(trunk, depth);
    for (let at = flow.first[node + 1]! - 1; at >= flow.first[node]!; at--) {
      if (flow.places[at] !== trunk) push(flow.places[at]!, branchDepth);
    }
    for (let at = enclosed.first[node + 1]! - 1; at >= enclosed.first[node]!; at--) {
      push(enclosed.places[at]!, depth + 1);
    }
  }
  return { rowOf, depthOf };
}

interface Tree {
  /** Nodes under the node that they are drawn below, the root above all roots being the last: what goes on from it … */
  flow: Buckets;
  /** … and what it encloses. */
  enclosed: Buckets;
  isJoin: Uint8Array;
  /** How many steps follow one, wherever they are drawn. */
  followers: Int32Array;
}

function buildTree({ steps, firstLink, linkTo, follows, encloser }: StepGraph): Tree {
  const root = steps.length;
  const ancestors = new Ancestors(root);
  const flow = int32Column(root).fill(-1);
  const enclosed = int32Column(root).fill(-1);
  const isJoin = uint8Column(root);
  const followers = int32Column(root);
  for (let node = 0; node < root; node++) {
    const outer = encloser[node]!;
    let parent = -1;
    let previous = 0;
    for (let link = firstLink[node]!; link < firstLink[node + 1]!; link++) {
      if (follows[link] === 0) continue;
      const before = linkTo[link]!;
      previous++;
      if (outer >= 0) continue;
      followers[before]!++;
      parent = parent === -1 ? before : ancestors.common(parent, before);
    }
    isJoin[node] = previous > 1 ? 1 : 0;
    if (outer >= 0) parent = enclosed[node] = outer;
    else parent = flow[node] = parent === -1 ? root : parent;
    ancestors.add(node, parent);
  }
  return { flow: bucketsOf(flow, root + 1), enclosed: bucketsOf(enclosed, root + 1), isJoin, followers };
}

/** Skew-binary jump pointers (Myers 1983): an ancestor at any level is found in O(log n) moves. */
class Ancestors {
  private readonly parent: Int32Array;
  private readonly jump: Int32Array;
  private readonly level: Int32Array;

  /** @param root a number above those of all nodes */
  constructor(root: number) {
    this.parent = int32Column(root + 1).fill(root);
    this.jump = int32Column(root + 1).fill(root);
    this.level = int32Column(root + 1);
  }

  add(node: number, parent: number): void {
    const { jump, level } = this;
    const far = jump[parent]!;
    this.parent[node] = parent;
    level[node] = level[parent]! + 1;
    jump[node] = level[parent]! - level[far]! === level[far]! - level[jump[far]!]! ? jump[far]! : parent;
  }

  common(a: number, b: number): number {
    const level = Math.min(this.level[a]!, this.level[b]!);
    let [x, y] = [this.at(a, level), this.at(b, level)];
    while (x !== y) {
      const steps = this.jump[x] === this.jump[y] ? this.parent : this.jump;
      [x, y] = [steps[x]!, steps[y]!];
    }
    return x;
  }

  private at(node: number, level: number): number {
    let here = node;
    while (this.level[here]! > level) {
      const far = this.jump[here]!;
      here = this.level[far]! >= level ? far : this.parent[here]!;
    }
    return here;
  }
}

/** The child that keeps its parent's depth and comes last: a join, else the one branch that leads to the end; or −1. */
function trunkOf(node: number, { first, places }: Buckets, isJoin: Uint8Array, leadsToEnd: Uint8Array): number {
  let join = -1;
  let leadingJoin = -1;
  let leading = -1;
  let branches = 0;
  for (let at = first[node]!; at < first[node + 1]!; at++) {
    const child = places[at]!;
    if (isJoin[child]) join = child;
    if (!leadsToEnd[child]) continue;
    if (isJoin[child]) leadingJoin = child;
    leading = child;
    branches++;
  }
  if (leadingJoin >= 0 || branches === 0) return leadingJoin >= 0 ? leadingJoin : join;
  return branches === 1 ? leading : -1;
}

/** Marks the nodes of a step and of all that precedes it. */
function causesOf(end: StepDraft | null, { steps, firstLink, linkTo }: StepGraph): Uint8Array {
  const seen = uint8Column(steps.length);
  if (end) seen[end.index] = 1;
  // Causes stand before their effects.
  for (let node = end?.index ?? -1; node >= 0; node--) {
    if (seen[node] === 0) continue;
    for (let link = firstLink[node]!; link < firstLink[node + 1]!; link++) seen[linkTo[link]!] = 1;
  }
  return seen;
}

/**
 * Compares nodes by start, then place in the log, then causal order: a join never stands before a branch that it joins,
 * a step that is not in the logs stands where the first step that names it does.
 */
function startOrder({ steps, firstLink, linkTo, follows, entry, last }: StepGraph): (a: number, b: number) => number {
  const count = steps.length;
  const time = float64Column(count).fill(Number.POSITIVE_INFINITY);
  const record = int32Column(count);
  const causal = int32Column(count);
  const missing = uint8Column(count);
  const compare = (a: number, b: number) => time[a]! - time[b]! || record[a]! - record[b]! || causal[a]! - causal[b]!;
  const place = (node: number, other: number) => {
    time[node] = time[other]!;
    record[node] = record[other]!;
  };
  steps.forEach(({ records, handoffs }, node) => {
    const index = records[0] ?? handoffs[0];
    if (index === undefined) {
      missing[node] = 1;
      return;
    }
    time[node] = known(entry[node]!) ?? known(last[node]!) ?? 0;
    record[node] = index;
    causal[node] = node;
    let previous = 0;
    for (let link = firstLink[node]!; link < firstLink[node + 1]!; link++) previous += follows[link]!;
    if (previous < 2) return;
    for (let link = firstLink[node]!; link < firstLink[node + 1]!; link++) {
      const before = linkTo[link]!;
      if (follows[link] === 0 || missing[before]) continue;
      if ((time[before]! - time[node]! || record[before]! - record[node]!) > 0) place(node, before);
    }
  });
  for (let node = 0; node < count; node++) {
    for (let link = firstLink[node]!; link < firstLink[node + 1]!; link++) {
      const before = linkTo[link]!;
      if (missing[before] === 0 || compare(node, before) > 0) continue;
      place(before, node);
      causal[before] = causal[node]!;
    }
  }
  return compare;
}

const known = (time: number): number | null => (Number.isNaN(time) ? null : time);
