import { float64Column, int32Column } from '../columns';
import type { OrderedRecords } from '../records/orderRecords';
import { lastSign, type StepDraft } from '../steps/stepDraft';

/**
 * The smallest interval of another service that contains a step's own: of those that begin before it, the last one that
 * reaches to its end, by up to a tick.
 *
 * @param timed steps with an entry
 * @param wanted those to find it for
 */
export function containers(
  timed: readonly StepDraft[],
  wanted: ReadonlySet<StepDraft>,
  ordered: OrderedRecords,
): Map<StepDraft, StepDraft> {
  const { ticks } = ordered;
  const inOrder = timed.map(step => ({ step, start: step.entry!, end: lastSign(step, ordered)! }));
  inOrder.sort((a, b) => a.start - b.start || b.end - a.end || a.step.records[0]! - b.step.records[0]!);
  const numbers = new Map<string | null, number>();
  const services = Int32Array.from(inOrder, ({ step: { service } }) => {
    const number = numbers.get(service) ?? numbers.size;
    numbers.set(service, number);
    return number;
  });
  const reaches = Float64Array.from(inOrder, ({ step, end }) => end + ticks[step.records.at(-1)!]! - 1);
  const tree = new ReachTree(reaches, services);
  const result = new Map<StepDraft, StepDraft>();
  inOrder.forEach(({ step, start, end }, place) => {
    if (!wanted.has(step)) return;
    // One that ended before its next attempt began is contained with both.
    const found = tree.lastBefore(place, Math.max(start, end), services[place]!);
    if (found >= 0) result.set(step, inOrder[found]!.step);
  });
  return result;
}

/**
 * Which of the intervals before one reaches a time and is another service's, in O(log n): a tournament (Knuth, "The Art of
 * Computer Programming", 5.4.1) of how far they reach, whose nodes keep the winner and the best of any other service.
 */
class ReachTree {
  /** Number of leaves; node `n` stands above `2n` and `2n + 1`, the leaves come last. */
  private readonly leaves: number;
  private readonly best: Float64Array;
  private readonly service: Int32Array;
  private readonly second: Float64Array;

  constructor(reaches: Float64Array, services: Int32Array) {
    this.leaves = 1;
    while (this.leaves <= reaches.length) this.leaves *= 2;
    this.best = float64Column(2 * this.leaves).fill(Number.NEGATIVE_INFINITY);
    this.second = float64Column(2 * this.leaves).fill(Number.NEGATIVE_INFINITY);
    this.service = int32Column(2 * this.leaves).fill(-1);
    this.best.set(reaches, this.leaves);
    this.service.set(services, this.leaves);
    for (let node = this.leaves - 1; node > 0; node--) this.play(node);
  }

  private play(node: number): void {
    const { best, service, second } = this;
    const [left, right] = [2 * node, 2 * node + 1];
    const [winner, loser] = best[left]! >= best[right]! ? [left, right] : [right, left];
    best[node] = best[winner]!;
    service[node] = service[winner]!;
    const other = service[loser] === service[winner] ? second[loser]! : best[loser]!;
    second[node] = Math.max(second[winner]!, other);
  }

  /** The last place before one whose interval reaches a time and is of another service; −1 for none. */
  lastBefore(place: number, until: number, service: number): number {
    for (let node = place + this.leaves; node > 1; node >>= 1) {
      // What stands under the left neighbour is all before the place, and after what is found further up.
      if (node % 2 === 1 && this.holds(node - 1, until, service)) return this.lastUnder(node - 1, until, service);
    }
    return -1;
  }

  private lastUnder(top: number, until: number, service: number): number {
    let node = top;
    while (node < this.leaves) node = this.holds(2 * node + 1, until, service) ? 2 * node + 1 : 2 * node;
    return node - this.leaves;
  }

  private holds(node: number, until: number, service: number): boolean {
    return (this.service[node] === service ? this.second[node]! : this.best[node]!) >= until;
  }
}
