import { type Buckets, bucketsOf, sortBuckets } from './buckets';
import type { StepGraph } from './links/stepGraph';

/** What each step encloses, in the order of the starts. */
export function enclosedByStart(graph: StepGraph): Buckets {
  const enclosed = bucketsOf(graph.encloser, graph.steps.length);
  sortBuckets(enclosed, (a, b) => beginOf(a, graph) - beginOf(b, graph));
  return enclosed;
}

/** The own time of a step, by its index, from its start to its end: less the union of what it encloses, clipped to it. */
export function selfTime(
  step: number,
  start: number,
  end: number,
  { first, places }: Buckets,
  graph: StepGraph,
): number {
  let covered = 0;
  let reached = start;
  for (let at = first[step]!; at < first[step + 1]!; at++) {
    const begin = beginOf(places[at]!, graph);
    const last = graph.last[places[at]!]!;
    const from = Math.max(begin, reached);
    const to = Math.min(Number.isNaN(last) ? begin : last, end);
    if (to > from) covered += to - from;
    reached = Math.max(reached, to);
  }
  return end - start - covered;
}

const beginOf = (step: number, { entry }: StepGraph): number => (Number.isNaN(entry[step]!) ? 0 : entry[step]!);
