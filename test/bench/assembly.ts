/**
 * Assembly of one trace with critical path and drag: 10,000, 100,000 and 1,000,000 steps in several shapes. CPU time of
 * this process (its compiler and garbage collector included, which work beside it), the least of several rounds; of the
 * first round, which finds nothing compiled; and per step, which tells whether it is linear. `wall` is the least time
 * that one had to wait. `holds` is what the trace keeps of the heap beside its records.
 *
 * All is measured as the product runs it: bundled, in a thread that has the memory of the extension's engine.
 *
 * Run: `npm run bench:assembly`, or `node --max-old-space-size=12000 --expose-gc --import tsx test/bench/assembly.ts [steps …]`.
 */
import { Worker } from 'node:worker_threads';
import { engineMemory } from '../../src/node/engine/engineMemory';
import { childScript } from './childScript';

new Worker(await childScript('assemblyTimes.ts'), {
  argv: process.argv.slice(2),
  resourceLimits: engineMemory,
}).on('error', error => {
  throw error;
});
