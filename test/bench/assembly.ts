/**
 * Assembly of one trace with critical path and drag: 10,000, 100,000 and 1,000,000 steps of two records each, in four
 * shapes, median of five (the largest: once). The ratio tells whether it is linear: ten times the steps, about ten times the time.
 * Run: `npm run bench`, or `node --max-old-space-size=12000 --import tsx test/bench/assembly.ts`.
 */
import { assembleTrace } from '../../src/common/trace/assembleTrace';
import { correlationId, type Line, recordsOf } from '../unit/trace/traceOf';

/** The largest takes long and shows only whether time grows as steps do. */
const sizes = [
  { count: 10_000, rounds: 5 },
  { count: 100_000, rounds: 5 },
  { count: 1_000_000, rounds: 1 },
];

/** Index of the step before, its start and its end in µs, by the step's index. */
type Shape = (index: number, count: number) => { before: number; from: number; to: number };

const shapes: Record<string, Shape> = {
  series: index => ({ before: index - 1, from: index * 1000, to: index * 1000 + 900 }),
  tree: index => {
    const from = Math.floor(Math.log2(index + 1)) * 10_000_000 + index;
    return { before: (index - 1) >> 1, from, to: from + 900 };
  },
  fan: index => ({ before: 0, from: index, to: index + 900 }),
  nest: (index, count) => ({ before: index - 1, from: index, to: 2 * count - index }),
};

for (const [name, shape] of Object.entries(shapes)) {
  const medians = sizes.map(({ count, rounds }) => {
    const records = recordsOf(linesOf(name, shape, count));
    const times = Array.from({ length: rounds }, () => {
      const start = performance.now();
      const trace = assembleTrace({ correlationId, records });
      const ms = performance.now() - start;
      if (trace.steps.length !== count) throw new Error(`${trace.steps.length} steps of ${count}.`);
      return ms;
    });
    return times.sort((a, b) => a - b)[rounds >> 1]!;
  });
  const ms = medians.map((median, at) => `${median.toFixed(0)} ms (${sizes[at]!.count.toLocaleString('en')})`);
  console.log(`${name.padEnd(8)} ${ms.join(', ')}; 1M / 100k: ${(medians[2]! / medians[1]!).toFixed(1)}`);
}

function linesOf(name: string, shape: Shape, count: number): Line[] {
  const lines: Line[] = [];
  for (let index = 0; index < count; index++) {
    const { before, from, to } = shape(index, count);
    const line: Line = {
      stepId: `s${index}`,
      previous: index === 0 ? [] : [`s${before}`],
      meaning: name === 'nest' ? 'encloses' : 'follows',
      stepType: `Work ${index % 10}`,
      service: `service ${index % 7}`,
    };
    lines.push({ ...line, at: from / 1000, phase: 'start' }, { ...line, at: to / 1000, phase: 'end' });
  }
  return lines;
}
