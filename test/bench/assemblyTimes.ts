/** What {@link ./assembly.ts} starts: the numbers of steps are its arguments. Prints a line for each shape and number. */
import { assembleTrace } from '../../src/common/trace/assembleTrace';
import { correlationId, recordsOf } from '../unit/trace/traceOf';
import { shapes } from './assemblyShapes';

/** The largest takes long and shows only whether time grows as steps do. */
const roundsOf = (count: number): number => (count > 100_000 ? 2 : 7);

const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [10_000, 100_000, 1_000_000];

for (const [name, linesOf] of Object.entries(shapes)) {
  for (const count of sizes) {
    const records = recordsOf(linesOf(count));
    const times = Array.from({ length: roundsOf(count) }, () => timesOf(() => assemble(records, count)));
    const least = Math.min(...times.map(({ cpu }) => cpu));
    const wall = Math.min(...times.map(time => time.wall));
    const cells = [
      name.padEnd(8),
      `${count.toLocaleString('en').padStart(9)} steps`,
      `${records.length.toLocaleString('en').padStart(9)} records`,
      `${least.toFixed(0).padStart(6)} ms`,
      `first ${times[0]!.cpu.toFixed(0).padStart(6)} ms`,
      `${((least / count) * 1000).toFixed(2).padStart(6)} µs a step`,
      `wall ${wall.toFixed(0).padStart(6)} ms`,
      `holds ${heldBy(() => assemble(records, count))}`,
    ];
    console.log(cells.join('  '));
  }
}

function assemble(records: Parameters<typeof assembleTrace>[0]['records'], count: number) {
  const trace = assembleTrace({ correlationId, records });
  if (trace.steps.length !== count) throw new Error(`${trace.steps.length} steps of ${count}.`);
  return trace;
}

/** In ms. */
function timesOf(work: () => unknown): { cpu: number; wall: number } {
  const before = process.cpuUsage();
  const start = performance.now();
  work();
  const wall = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  return { cpu: (user + system) / 1000, wall };
}

/** Heap that a result keeps, measured between two full collections; they throw compiled code away, so it comes last. */
function heldBy(make: () => unknown): string {
  if (!globalThis.gc) return 'unknown without --expose-gc';
  globalThis.gc();
  const before = process.memoryUsage().heapUsed;
  const result = make();
  globalThis.gc();
  const held = process.memoryUsage().heapUsed - before;
  return result ? `${(held / 2 ** 20).toFixed(0)} MB` : '';
}
