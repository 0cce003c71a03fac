import type { Step } from '../model/trace';

/** A run of rows that repeats: `times` × `period` rows from row `from` on. */
export interface Loop {
  from: number;
  /** Rows of one round. */
  period: number;
  /** Rounds, at least two. */
  times: number;
}

type LoopStep = Pick<Step, 'kind' | 'stepType' | 'service' | 'depth'>;

/** Longest round that is looked for, in rows. */
const longestRound = 16;

/**
 * Where the rows of a trace go round: context → LLM → tool, ×N. Rows are alike by depth and by the kind of work; which
 * tool or model it was does not matter, of other work its type does. Of rounds that cover as many rows the shortest
 * counts, and loops never overlap.
 *
 * Linear in the number of rows: each row is compared at most once for each length of a round.
 *
 * @param steps in row order
 */
export function loopsIn(steps: readonly LoopStep[]): Loop[] {
  const rows = steps.map(likeness);
  const loops: Loop[] = [];
  for (let from = 0; from < rows.length; ) {
    let best: Loop | null = null;
    for (let period = 1; period <= longestRound; period++) {
      const times = roundsAt(rows, from, period);
      if (times > 1 && times * period > (best ? best.times * best.period : 0)) best = { from, period, times };
    }
    if (best) loops.push(best);
    from += best ? best.times * best.period : 1;
  }
  return loops;
}

/** How often the rows of one round stand there one after another. */
function roundsAt(rows: readonly string[], from: number, period: number): number {
  let at = from + period;
  while (at < rows.length && rows[at] === rows[at - period]) at++;
  return Math.floor((at - from) / period);
}

const agentKinds: ReadonlySet<Step['kind']> = new Set(['llm', 'tool', 'agent', 'retrieval', 'context'] as const);

const likeness = ({ kind, stepType, service, depth }: LoopStep): string =>
  `${depth} ${kind} ${agentKinds.has(kind) ? '' : (stepType ?? service ?? '')}`;
