/** `x[to] − x[from] ≤ most`, in whole numbers. */
export interface Constraint {
  from: number;
  to: number;
  most: number;
}

/**
 * A variable that makes constraints contradict each other, or `null` where they have a solution: a negative cycle by
 * Bellman and Ford, seen as soon as the tree of predecessors closes.
 */
export function contradiction(constraints: readonly Constraint[], count: number): number[] | null {
  const value = new Float64Array(count);
  const before = new Int32Array(count).fill(-1);
  for (let changed = true; changed; ) {
    changed = false;
    for (const { from, to, most } of constraints) {
      if (value[from]! + most >= value[to]!) continue;
      value[to] = value[from]! + most;
      before[to] = from;
      changed = true;
    }
    const cycle = changed ? cycleIn(before) : null;
    if (cycle) return cycle;
  }
  return null;
}

function cycleIn(before: Int32Array): number[] | null {
  const walk = new Int32Array(before.length);
  for (let start = 0; start < before.length; start++) {
    for (let at = start; at >= 0 && walk[at] === 0; at = before[at]!) {
      walk[at] = start + 1;
      const next = before[at]!;
      if (next < 0 || walk[next] !== start + 1) continue;
      const cycle = [next];
      for (let member = before[next]!; member !== next; member = before[member]!) cycle.push(member);
      return cycle;
    }
  }
  return null;
}

/**
 * The interval of each variable that leaves a solution for all the others, while one after the other is fixed. As each
 * interval is tight (shortest paths), any value in it can be taken.
 *
 * @param constraints without a contradiction
 */
export class Intervals {
  readonly min: Float64Array;
  readonly max: Float64Array;
  private readonly above: Constraint[][];
  private readonly below: Constraint[][];

  constructor(constraints: readonly Constraint[], count: number) {
    this.min = new Float64Array(count).fill(Number.NEGATIVE_INFINITY);
    this.max = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
    this.above = Array.from({ length: count }, () => []);
    this.below = Array.from({ length: count }, () => []);
    for (const constraint of constraints) {
      this.above[constraint.from]!.push(constraint);
      this.below[constraint.to]!.push(constraint);
    }
  }

  holds(variable: number, value: number): boolean {
    return this.min[variable]! <= value && value <= this.max[variable]!;
  }

  fix(variable: number, value: number): void {
    const { min, max, above, below } = this;
    max[variable] = min[variable] = value;
    const highs = [variable];
    for (let at = 0; at < highs.length; at++) {
      for (const { from, to, most } of above[highs[at]!]!) {
        if (max[from]! + most >= max[to]!) continue;
        max[to] = max[from]! + most;
        highs.push(to);
      }
    }
    const lows = [variable];
    for (let at = 0; at < lows.length; at++) {
      for (const { from, to, most } of below[lows[at]!]!) {
        if (min[to]! - most <= min[from]!) continue;
        min[from] = min[to]! - most;
        lows.push(from);
      }
    }
  }
}
