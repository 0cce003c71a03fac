import type { StepKind } from '../model/trace';
import { type RowTree, rowTree } from './rowTree';

/** Rows `from` up to and without `to`. */
export interface RowRun {
  from: number;
  to: number;
}

const agentKinds: ReadonlySet<StepKind> = new Set(['llm', 'tool', 'agent', 'retrieval'] as const);

/** What an agent does, as against what is done around it. */
export const isAgentWork = (kind: StepKind): boolean => agentKinds.has(kind);

interface Placed {
  kind: StepKind;
  depth: number;
}

/**
 * The runs of plumbing that the agent lens shows as one row each: two rows or more that stand side by side, with all below
 * them, none of which is an agent's work. None where the trace has no such work: then nothing is plumbing.
 */
export function plumbingRuns(rows: readonly Placed[], tree: RowTree): RowRun[] {
  /** How much agent's work stands before a row. */
  const before = new Uint32Array(rows.length + 1);
  for (const [row, { kind }] of rows.entries()) before[row + 1] = before[row]! + (isAgentWork(kind) ? 1 : 0);
  if (before[rows.length] === 0) return [];
  const isPlumbing = (row: number) => before[tree.end[row]!] === before[row];
  const runs: RowRun[] = [];
  for (let from = 0; from < rows.length; ) {
    let to = from;
    while (to < rows.length && tree.parent[to] === tree.parent[from] && isPlumbing(to)) to = tree.end[to]!;
    if (to - from >= 2) runs.push({ from, to });
    from = Math.max(to, from + 1);
  }
  return runs;
}

/** How many rows the lens would fold: 0 where it has nothing to offer. */
export function plumbingRows(rows: readonly Placed[]): number {
  const tree = rowTree(rows.map(({ depth }) => depth));
  return plumbingRuns(rows, tree).reduce((sum, { from, to }) => sum + to - from, 0);
}
