import { type Buckets, bucketsOf, sortBuckets } from './buckets';
import { encloserOf, lastSign, type StepDraft } from './stepDraft';

/**
 * Order and depth of the rows. A series is flat; at a fork the branch that leads to the end step is the trunk: it keeps
 * the fork's depth and comes last, the other branches are one deeper, whole, in start order. Branches that rejoin come
 * before their join, which has the fork's depth. What a step encloses is one deeper than it.
 *
 * A join belongs to the step where its branches parted: its immediate dominator, found as the lowest common ancestor
 * of its previous steps while walking in causal order (Cooper, Harvey and Kennedy, "A Simple, Fast Dominance
 * Algorithm"), with jump pointers so that long chains stay O(log n).
 *
 * @param order all steps in causal order; a step's place in it is its node in the tree of rows
 * @returns steps from top to bottom, and their depths
 */
export function rowOrder(order: readonly StepDraft[], end: StepDraft | null): { steps: StepDraft[]; depths: number[] } {
  const root = order.length;
  const nodeOf = new Int32Array(order.length);
  order.forEach(({ index }, node) => {
    nodeOf[index] = node;
  });
  const { flow, enclosed, isJoin, followers } = buildTree(order, nodeOf);
  const leadsToEnd = causesOf(end, order, nodeOf);
  const trunks = nodeOf.map((_, node) => trunkOf(node, flow, isJoin, leadsToEnd));
  const inStartOrder = startOrder(order, nodeOf);
  sortBuckets(flow, inStartOrder);
  sortBuckets(enclosed, inStartOrder);

  const steps: StepDraft[] = [];
  const depths: number[] = [];
  const depthOf = new Int32Array(order.length + 1).fill(-1);
  const stack = [root];
  const push = (node: number, depth: number) => {
    depthOf[node] = depth;
    stack.push(node);
  };
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    const depth = depthOf[node]!;
    if (node !== root) {
      steps.push(order[node]!);
      depths.push(depth);
    }
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
  return { steps, depths };
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

function buildTree(order: readonly StepDraft[], nodeOf: Int32Array): Tree {
  const root = order.length;
  const ancestors = new Ancestors(root);
  const flow = new Int32Array(root).fill(-1);
  const enclosed = new Int32Array(root).fill(-1);
  const isJoin = new Uint8Array(root);
  const followers = new Int32Array(root);
  order.forEach((step, node) => {
    const encloser = encloserOf(step);
    let parent = -1;
    let previous = 0;
    for (const { to, meaning } of step.links) {
      if (meaning !== 'follows') continue;
      const before = nodeOf[to.index]!;
      previous++;
      if (encloser) continue;
      followers[before]!++;
      parent = parent === -1 ? before : ancestors.common(parent, before);
    }
    isJoin[node] = previous > 1 ? 1 : 0;
    if (encloser) parent = enclosed[node] = nodeOf[encloser.index]!;
    else parent = flow[node] = parent === -1 ? root : parent;
    ancestors.add(node, parent);
  });
  return { flow: bucketsOf(flow, root + 1), enclosed: bucketsOf(enclosed, root + 1), isJoin, followers };
}

/** Skew-binary jump pointers (Myers 1983): an ancestor at any level is found in O(log n) moves. */
class Ancestors {
  private readonly parent: Int32Array;
  private readonly jump: Int32Array;
  private readonly level: Int32Array;

  /** @param root a number above those of all nodes */
  constructor(root: number) {
    this.parent = new Int32Array(root + 1).fill(root);
    this.jump = new Int32Array(root + 1).fill(root);
    this.level = new Int32Array(root + 1);
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
function causesOf(end: StepDraft | null, order: readonly StepDraft[], nodeOf: Int32Array): Uint8Array {
  const seen = new Uint8Array(order.length);
  const open: StepDraft[] = [];
  const mark = (step: StepDraft) => {
    const node = nodeOf[step.index]!;
    if (seen[node]) return;
    seen[node] = 1;
    open.push(step);
  };
  if (end) mark(end);
  for (let step = open.pop(); step; step = open.pop()) for (const { to } of step.links) mark(to);
  return seen;
}

/**
 * Compares nodes by start, then place in the log, then causal order: a join never stands before a branch that it joins,
 * a step that is not in the logs stands where the first step that names it does.
 */
function startOrder(order: readonly StepDraft[], nodeOf: Int32Array): (a: number, b: number) => number {
  const time = new Float64Array(order.length).fill(Number.POSITIVE_INFINITY);
  const record = new Int32Array(order.length);
  const causal = new Int32Array(order.length);
  const compare = (a: number, b: number) => time[a]! - time[b]! || record[a]! - record[b]! || causal[a]! - causal[b]!;
  const place = (node: number, other: number) => {
    time[node] = time[other]!;
    record[node] = record[other]!;
  };
  order.forEach((step, node) => {
    const index = step.records[0] ?? step.handoffs[0];
    if (index === undefined) return;
    time[node] = step.entry ?? lastSign(step) ?? 0;
    record[node] = index;
    causal[node] = node;
    if (step.links.filter(({ meaning }) => meaning === 'follows').length < 2) return;
    for (const { to, meaning } of step.links) {
      const before = nodeOf[to.index]!;
      if (meaning !== 'follows' || to.placeholder) continue;
      if ((time[before]! - time[node]! || record[before]! - record[node]!) > 0) place(node, before);
    }
  });
  order.forEach((step, node) => {
    for (const { to } of step.links) {
      const named = nodeOf[to.index]!;
      if (!to.placeholder || compare(node, named) > 0) continue;
      place(named, node);
      causal[named] = causal[node]!;
    }
  });
  return compare;
}
