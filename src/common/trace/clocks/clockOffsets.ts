import { groupBy } from '../../base/groupBy';
import type { ClockOffset } from '../../model/trace';
import { type Nanos, nanos } from '../../model/units';
import type { OrderedRecords } from '../records/orderRecords';
import { attemptsOf, lengthOf, type StepDraft } from '../steps/stepDraft';
import { type ClockBounds, clockBounds, lateLine } from './clockBounds';
import { type Clocks, clocksOf } from './clocks';
import { type Constraint, contradiction, Intervals } from './differenceConstraints';

export interface ClockFindings {
  offsets: ClockOffset[];
  /** Steps stamped before their causes, by the host whose clock the suggestion moves. */
  steps: Map<string, StepDraft[]>;
  /** Hosts whose stamps contradict each other whatever their clocks' offsets are: a clock that drifts or was set. */
  contradicting: string[];
  /**
   * Whether two records, by index, have stamps that do not compare: of different clocks, one of which disagrees with some
   * other. Which of the two that disagree is wrong, stamps do not tell for sure; and where two disagree by more than a
   * line may be late, those that nothing contradicts are no more to be trusted.
   */
  apart(a: number, b: number): boolean;
}

/**
 * How far the hosts' clocks are apart, from effects stamped before their causes, and from them alone: as few clocks as
 * possible are said to be wrong, each with the interval that the bounds leave between it and one that it contradicts. The
 * suggestion is the middle of the interval that is left to it while all the others are right (of a half-open one the end
 * nearer to 0). Nothing is applied.
 *
 * A system of difference constraints (Cormen et al., "Introduction to Algorithms", 22.4), each group of hosts that
 * bounds connect being measured against the host that comes first in causal order.
 *
 * @param steps in causal order, durations not yet inferred
 */
export function clockOffsets(steps: readonly StepDraft[], ordered: OrderedRecords): ClockFindings {
  const found: ClockFindings = { offsets: [], steps: new Map(), contradicting: [], apart: () => false };
  const clocks = clocksOf(ordered.lanes);
  const count = clocks.names.length;
  if (count < 2) return found;
  const bounds = clockBounds(steps, ordered, clocks);
  if (bounds.violations.length === 0) return found;

  const { constraints, contradicting } = solvable(bounds, count);
  found.contradicting = [...contradicting].sort((a, b) => a - b).map(clock => clocks.names[clock]!);
  const intervals = new Intervals(constraints, count);
  const violations = new Float64Array(count);
  for (const { clocks: both } of bounds.violations) for (const clock of both) violations[clock]!++;
  const ranks = rankOf(steps, clocks);
  const inOrder = [...ranks.keys()].sort((a, b) => ranks[a]! - ranks[b]! || a - b);
  const referenceOf = references(constraints, inOrder);
  for (const clock of inOrder) if (referenceOf[clock] === clock) intervals.fix(clock, 0);
  const wrong: number[] = [];
  for (const clock of [...inOrder].sort((a, b) => violations[a]! - violations[b]!)) {
    if (intervals.holds(clock, 0)) intervals.fix(clock, 0);
    else wrong.push(clock);
  }
  const right = inOrder.filter(clock => !wrong.includes(clock));
  for (const clock of wrong) {
    const suggested = suggest(intervals.min[clock]!, intervals.max[clock]!);
    const seen = contradicted(clock, [referenceOf[clock]!, ...right], new Intervals(constraints, count));
    intervals.fix(clock, suggested);
    const [host, reference] = [clocks.names[clock]!, clocks.names[seen.reference]!];
    found.offsets.push({ host, reference, min: finite(seen.min), max: finite(seen.max), suggested: nanos(suggested) });
  }
  const moved = new Set(wrong);
  const isLarge = bounds.violations.some(({ by }) => by > lateLine);
  found.apart = (a, b) => {
    const [one, other] = [clocks.of[a]!, clocks.of[b]!];
    return one !== other && (isLarge || violations[one]! > 0 || violations[other]! > 0);
  };
  const byClock = groupBy(
    bounds.violations.flatMap(({ step, clocks: both }) =>
      both.filter(clock => moved.has(clock)).map(clock => ({ step, host: clocks.names[clock]! })),
    ),
    ({ host }) => host,
  );
  for (const [host, list] of byClock) found.steps.set(host, [...new Set(list.map(({ step }) => step))]);
  return found;
}

/** The bounds that have a solution: without the likely ones if need be, and without hosts that contradict themselves. */
function solvable({ causal, likely }: ClockBounds, count: number) {
  const contradicting = new Set<number>();
  let constraints = [...causal, ...likely];
  if (contradiction(constraints, count)) constraints = causal;
  for (let cycle = contradiction(constraints, count); cycle; cycle = contradiction(constraints, count)) {
    for (const clock of cycle) contradicting.add(clock);
    constraints = constraints.filter(({ from, to }) => !contradicting.has(from) && !contradicting.has(to));
  }
  return { constraints, contradicting };
}

/**
 * The first of some clocks that a wrong one contradicts, and by how much: what their stamps say whichever of them, or of
 * those between them, is right.
 */
function contradicted(clock: number, others: readonly number[], alone: Intervals) {
  alone.fix(clock, 0);
  const extents = others.map(reference => ({ reference, min: -alone.max[reference]!, max: -alone.min[reference]! }));
  return extents.find(({ min, max }) => min > 0 || max < 0) ?? extents[0]!;
}

/** Place of each clock's first step in causal order; a step's own clock is that of its longest attempt. */
function rankOf(steps: readonly StepDraft[], clocks: Clocks): Float64Array {
  const ranks = new Float64Array(clocks.names.length).fill(Number.POSITIVE_INFINITY);
  steps.forEach((step, rank) => {
    if (step.firstAttempt === null) return;
    const longest = attemptsOf(step).reduce((a, b) => (lengthOf(b) > lengthOf(a) ? b : a));
    const clock = clocks.of[longest.first]!;
    if (clock >= 0 && rank < ranks[clock]!) ranks[clock] = rank;
  });
  return ranks;
}

/** By clock the first in `order` among those that bounds connect it with. */
function references(constraints: readonly Constraint[], order: readonly number[]): Int32Array {
  const neighbours = groupBy(
    constraints.flatMap(({ from, to }) => [
      [from, to],
      [to, from],
    ]),
    ([from]) => from!,
  );
  const reference = new Int32Array(order.length).fill(-1);
  for (const first of order) {
    if (reference[first] !== -1) continue;
    reference[first] = first;
    const open = [first];
    for (let clock = open.pop(); clock !== undefined; clock = open.pop()) {
      for (const [, next] of neighbours.get(clock) ?? []) {
        if (reference[next!] !== -1) continue;
        reference[next!] = first;
        open.push(next!);
      }
    }
  }
  return reference;
}

const suggest = (min: number, max: number): number =>
  Number.isFinite(min) && Number.isFinite(max) ? Math.round((min + max) / 2) : min > 0 ? min : max;

const finite = (value: number): Nanos | null => (Number.isFinite(value) ? nanos(value) : null);
