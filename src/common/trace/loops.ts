import type { Step, StepKind, Trace } from '../model/trace';
import { type Nanos, nanos } from '../model/units';
import { stepLabel } from './steps/stepLabel';

/** Rows that repeat: an agent's rounds, one tool called again and again, pages fetched one by one. Nothing is folded. */
export interface Loop {
  /** Keys of the steps of each round, in row order, without what stands inside or beside them. */
  rounds: string[][];
  /** What the steps of a round are called; digits that differ are `#`, of different tools or models the kind is named. */
  pattern: string[];
  /** Whether rounds overlap in time. */
  parallel: boolean;
  /** From the start of the first round to the end of the last. */
  span: Nanos | null;
  /** Sum, shortest and longest of the rounds whose start and end are known; each with all that stands inside it. */
  total: Nanos | null;
  min: Nanos | null;
  max: Nanos | null;
  /** Number of those rounds. */
  measured: number;
}

/** Longest round that is looked for, in steps. */
const longestRound = 16;
/** A single step beside one of its like is no loop yet; a sequence that comes again is. */
const fewest = (period: number): number => (period === 1 ? 3 : 2);

/** Siblings of one level, in row order. */
interface Siblings {
  rows: number[];
  /** Row behind the last one and all below it. */
  end: number;
}

/**
 * Where the rows of a trace go round. Siblings are compared, each standing for all below it: by name, or, in rounds that
 * mix kinds (LLM → tool), by the kind of agent's work, for which tool or model it was does not matter. Of rounds that cover
 * as many rows the shortest counts; loops of one level never overlap. Linear: each row is compared a bounded number of
 * times.
 */
export function loopsOf({ steps, records }: Pick<Trace, 'steps' | 'records'>): Loop[] {
  const names = numbered(steps, step => nameOf(step, records[step.records[0] ?? -1]?.message));
  const kinds = numbered(steps, (step, row) => (agentKinds.has(step.kind) ? step.kind : `work ${names.of[row]}`));
  const loops: { first: number; loop: Loop }[] = [];
  /** Rows of loops that were found further in: each row is part of one at most. */
  const taken = new Uint8Array(steps.length);
  for (const { rows, end } of siblingsOf(steps)) {
    if (rows.length < 3) continue;
    const only = (numbers: Int32Array) => rows.map(row => (taken[row] ? -1 - row : numbers[row]!));
    const [strict, loose] = [only(names.of), only(kinds.of)];
    for (let from = 0; from < rows.length; ) {
      const { period, times } = longestLoop(strict, loose, from);
      if (times > 0) {
        const rounds = Array.from({ length: times }, (_, at) =>
          rows.slice(from + at * period, from + (at + 1) * period),
        );
        const nameAt = (at: number) => {
          const same = rounds.every(round => names.of[round[at]!] === names.of[rounds[0]![at]!]);
          return same ? names.texts[names.of[rounds[0]![at]!]!]! : steps[rounds[0]![at]!]!.kind;
        };
        const loop: Loop = {
          rounds: rounds.map(round => round.map(row => steps[row]!.key)),
          pattern: rounds[0]!.map((_, at) => nameAt(at)),
          ...timesOf([...rounds.map(([row]) => row!), rows[from + times * period] ?? end], steps),
        };
        loops.push({ first: rows[from]!, loop });
        for (const round of rounds) for (const row of round) taken[row] = 1;
      }
      from += Math.max(1, period * times);
    }
  }
  return loops.sort((a, b) => a.first - b.first).map(({ loop }) => loop);
}

/** The loop that begins at a sibling; 0 times where none does. */
function longestLoop(strict: readonly number[], loose: readonly number[], from: number) {
  let best = { period: 1, times: 0 };
  const most = Math.min(longestRound, (strict.length - from) >> 1);
  for (let period = 1; period <= most; period++) {
    let times = roundsAt(strict, from, period);
    if (period > 1 && isMixed(loose, from, period)) times = Math.max(times, roundsAt(loose, from, period));
    if (times >= fewest(period) && times * period > best.times * best.period) best = { period, times };
  }
  return best;
}

/** How often one round stands there one after another. */
function roundsAt(rows: readonly number[], from: number, period: number): number {
  let at = from + period;
  while (at < rows.length && rows[at] === rows[at - period]) at++;
  return Math.floor((at - from) / period);
}

function isMixed(rows: readonly number[], from: number, period: number): boolean {
  for (let at = from + 1; at < from + period; at++) if (rows[at] !== rows[from]) return true;
  return false;
}

/** The branch of a fork that goes on to the end stands after the others, at the depth of the fork: it is their sibling. */
function* siblingsOf(steps: readonly Step[]): Generator<Siblings> {
  const open: number[][] = [];
  for (const [row, step] of steps.entries()) {
    while (open.length > step.depth + 1) {
      const rows = open.pop()!;
      const isBranch = open.length === step.depth + 1 && forkOf(step) !== null;
      if (isBranch && forkOf(steps[rows[0] ?? row]!) === forkOf(step)) yield { rows: [...rows, row], end: row + 1 };
      else if (rows.length > 0) yield { rows, end: row };
    }
    while (open.length <= step.depth) open.push([]);
    open[step.depth]!.push(row);
  }
  for (const rows of open) yield { rows, end: steps.length };
}

/** The only step that a step follows. */
const forkOf = ({ previousSteps: [previous, ...others] }: Step): string | null =>
  previous?.meaning === 'follows' && others.length === 0 ? previous.key : null;

/** @param roundRows the first row of each round, and the one behind the last round */
function timesOf(
  roundRows: readonly number[],
  steps: readonly Step[],
): Pick<Loop, 'parallel' | 'span' | 'total' | 'min' | 'max' | 'measured'> {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let [total, min, max, measured] = [0, Number.POSITIVE_INFINITY, 0, 0];
  let parallel = false;
  for (let round = 0; round + 1 < roundRows.length; round++) {
    let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let row = roundRows[round]!; row < roundRows[round + 1]!; row++) {
      const { start, end } = steps[row]!;
      if (start !== null && start < from) from = start;
      if (end !== null && end > to) to = end;
    }
    if (from > to) continue;
    if (measured > 0 && from < last) parallel = true;
    measured++;
    total += to - from;
    min = Math.min(min, to - from);
    max = Math.max(max, to - from);
    first = Math.min(first, from);
    last = Math.max(last, to);
  }
  const known = (value: number): Nanos | null => (measured === 0 ? null : nanos(value));
  return { parallel, span: known(last - first), total: known(total), min: known(min), max: known(max), measured };
}

/** Numbers for texts, by row, so that rows are compared fast. */
function numbered(steps: readonly Step[], textOf: (step: Step, row: number) => string) {
  const texts: string[] = [];
  const numbers = new Map<string, number>();
  const of = Int32Array.from(steps, (step, row) => {
    const text = textOf(step, row);
    const known = numbers.get(text);
    if (known !== undefined) return known;
    numbers.set(text, texts.length);
    return texts.push(text) - 1;
  });
  return { texts, of };
}

const longestName = 200;

/** Page 1 and page 2, order 7f3a… and order 81c2…: what counts up or names an ID is the same work. */
const nameOf = (step: Step, message: string | undefined): string =>
  stepLabel(step, message)
    .slice(0, longestName)
    .replace(/\b(?=[\da-f-]*\d)[\da-f]{4,}(?:-[\da-f]+)*\b|\d+/gi, '#');

const agentKinds: ReadonlySet<StepKind> = new Set(['llm', 'tool', 'agent', 'retrieval', 'context'] as const);
