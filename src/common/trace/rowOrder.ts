import type { OrderedRecords } from './orderRecords';
import { entryTime, lastSign, type StepDraft } from './stepDraft';

/**
 * Order and depth of the rows. A series is flat; at a fork the branch that leads to the end step is the trunk: it keeps
 * the fork's depth and comes last, the other branches are one deeper, whole, in start order. Branches that rejoin come
 * before their join, which has the fork's depth. What a step encloses is one deeper than it.
 *
 * A join belongs to the step where its branches parted: its immediate dominator, found as the lowest common ancestor
 * of its previous steps while walking in causal order (Cooper, Harvey and Kennedy, "A Simple, Fast Dominance
 * Algorithm"), with jump pointers so that long chains stay O(log n).
 *
 * @param order steps in causal order
 */
export function rowOrder(
  order: readonly StepDraft[],
  end: StepDraft | null,
  ordered: OrderedRecords,
): { steps: StepDraft[]; depths: Map<StepDraft, number> } {
  const nodes = buildTree(order);
  const leadsToEnd = ancestorsOf(end);
  const positions = rowPositions(order, ordered);
  const inStartOrder = (a: Node, b: Node) => comparePositions(positions.get(a.step!)!, positions.get(b.step!)!);

  const steps: StepDraft[] = [];
  const depths = new Map<StepDraft, number>();
  const stack: { node: Node; depth: number }[] = [{ node: nodes.root, depth: -1 }];
  for (let top = stack.pop(); top; top = stack.pop()) {
    const { node, depth } = top;
    if (node.step) {
      steps.push(node.step);
      depths.set(node.step, depth);
    }
    const trunk = trunkOf(node, leadsToEnd);
    const branches = node.flow.filter(child => child !== trunk).sort(inStartOrder);
    const enclosed = [...node.enclosed].sort(inStartOrder);
    const flowDepth = (child: Node) => (!node.step ? 0 : child === trunk || node.followers === 1 ? depth : depth + 1);
    // Last in, first out: what is to be drawn first is pushed last.
    if (trunk) stack.push({ node: trunk, depth: flowDepth(trunk) });
    for (const child of branches.reverse()) stack.push({ node: child, depth: flowDepth(child) });
    for (const child of enclosed.reverse()) stack.push({ node: child, depth: depth + 1 });
  }
  return { steps, depths };
}

interface Node {
  /** `null` for the root above all roots. */
  step: StepDraft | null;
  parent: Node | null;
  jump: Node | null;
  level: number;
  isJoin: boolean;
  /** Steps that follow this one, wherever they are drawn. */
  followers: number;
  flow: Node[];
  enclosed: Node[];
}

function buildTree(order: readonly StepDraft[]): { root: Node } {
  const root = newNode(null, null);
  const nodes = new Map<StepDraft, Node>();
  for (const step of order) {
    const encloser = step.links.find(link => link.meaning === 'encloses');
    const previous = step.links.filter(link => link.meaning === 'follows').map(link => nodes.get(link.to)!);
    const parent = encloser
      ? nodes.get(encloser.to)!
      : previous.length > 0
        ? previous.reduce((a, b) => commonAncestor(a, b))
        : root;
    const node = newNode(step, parent);
    node.isJoin = previous.length > 1;
    nodes.set(step, node);
    if (encloser) {
      parent.enclosed.push(node);
    } else {
      parent.flow.push(node);
      for (const before of previous) before.followers++;
    }
  }
  return { root };
}

function newNode(step: StepDraft | null, parent: Node | null): Node {
  const node: Node = {
    step,
    parent,
    jump: null,
    level: parent ? parent.level + 1 : 0,
    isJoin: false,
    followers: 0,
    flow: [],
    enclosed: [],
  };
  // Skew-binary jump pointers (Myers 1983): an ancestor at any level is found in O(log n) moves.
  const far = parent?.jump;
  node.jump = far && parent.level - far.level === far.level - (far.jump?.level ?? 0) ? (far.jump ?? parent) : parent;
  return node;
}

function commonAncestor(a: Node, b: Node): Node {
  const at = (node: Node, level: number) => {
    let here = node;
    while (here.level > level) here = here.jump && here.jump.level >= level ? here.jump : here.parent!;
    return here;
  };
  const level = Math.min(a.level, b.level);
  let [x, y] = [at(a, level), at(b, level)];
  while (x !== y) {
    const far = x.jump !== y.jump && x.jump && y.jump && x.jump.level === y.jump.level;
    [x, y] = far ? [x.jump!, y.jump!] : [x.parent!, y.parent!];
  }
  return x;
}

/** The child that keeps its parent's depth and comes last: a join, else the one branch that leads to the end. */
function trunkOf(node: Node, leadsToEnd: ReadonlySet<StepDraft>): Node | null {
  if (!node.step) return null;
  const leading = node.flow.filter(child => leadsToEnd.has(child.step!));
  const join = leading.findLast(child => child.isJoin);
  if (join) return join;
  if (leading.length > 0) return leading.length === 1 ? leading[0]! : null;
  return node.flow.findLast(child => child.isJoin) ?? null;
}

function ancestorsOf(end: StepDraft | null): Set<StepDraft> {
  const seen = new Set<StepDraft>(end ? [end] : []);
  const open = [...seen];
  for (let step = open.pop(); step; step = open.pop()) {
    for (const { to } of step.links) {
      if (seen.has(to)) continue;
      seen.add(to);
      open.push(to);
    }
  }
  return seen;
}

/** Start, then place in the log, then causal order: a join never stands before a branch that it joins. */
type Position = readonly [time: number, record: number, causal: number];

const comparePositions = (a: Position, b: Position): number => a[0] - b[0] || a[1] - b[1] || a[2] - b[2];

/** A step that is not in the logs stands where the first step that names it does. */
function rowPositions(order: readonly StepDraft[], ordered: OrderedRecords): Map<StepDraft, Position> {
  const positions = new Map<StepDraft, Position>();
  order.forEach((step, causal) => {
    const index = step.records[0] ?? step.handoffs[0];
    if (index === undefined) return;
    let [time, record] = [entryTime(step) ?? lastSign(step, ordered) ?? 0, index];
    const previous = step.links.filter(link => link.meaning === 'follows');
    for (const { to } of previous.length > 1 ? previous : []) {
      const before = positions.get(to);
      if (before && (before[0] - time || before[1] - record) > 0) [time, record] = before;
    }
    positions.set(step, [time, record, causal]);
  });
  const nowhere: Position = [Number.POSITIVE_INFINITY, 0, 0];
  for (const step of order) {
    for (const { to } of step.links) {
      const here = positions.get(step) ?? nowhere;
      if (to.placeholder && comparePositions(here, positions.get(to) ?? nowhere) <= 0) positions.set(to, here);
    }
  }
  return positions;
}
