import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { defaultOptions } from './options.ts';
import { Random } from './random.ts';
import { showcase } from './showcase.ts';
import { simulate } from './simulate.ts';
import { type Written, writeTraces } from './write.ts';

/** The seed's own five lines, untouched but for the id, which here is the showcase's. */
const seedExample = [
  'service: API] API request received',
  'service: API] Publishing execution message',
  'service: Worker1] LLM step started',
  'service: Worker2] Tool execution completed',
  'service: Worker2] Agent execution finished',
];

const seedExampleId = '3f0c6a52-8d1b-4e7f-9a63-2b7c51e0d4f8';

/** What ships in `media/sample-logs`: small, and the same on every run. */
export async function writeSample(directory: string): Promise<Written> {
  // A seed that gives every kind of ending in little space.
  const seed = 1626;
  const services = ['API', 'Worker1', 'Worker2', 'Worker3', 'Context', 'Observability'];
  const traces = simulate({ seed, traces: 28, services, everyMs: 1400, maxFanOut: 4 });
  const pretty = showcase(new Random(seed, 42), defaultOptions.start + 15_000);
  const written = await writeTraces([...traces, pretty], { directory, seed, noiseShare: 0.06, truthPath: null });
  const text = seedExample.map(line => `  • [correlationId: ${seedExampleId}, ${line}\n`).join('');
  await writeFile(join(directory, 'seed-example.log'), text);
  return { ...written, files: [...written.files, 'seed-example.log'].sort() };
}
