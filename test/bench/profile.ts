/**
 * How long it takes to decide how a file of 1 GB is read, per format: cold (the first file of a process, in which
 * nothing is compiled yet) and warm. Run: `npm run bench`, or `npx tsx test/bench/profile.ts [-- --rounds 9]`.
 */
import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { tempDir } from '../host/paths';
import { type LineFormat, lineFormats } from './profileLines';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '7' } } });
const rounds = Number(values.rounds);
const limits = { cold: 150, warm: 50 };
const size = 1e9;
const stretch = 1 << 20;

const folder = tempDir('profile');
const bundle = path.join(folder, 'sampleTimes.mjs');
await build({
  entryPoints: [path.join(import.meta.dirname, 'sampleTimes.ts')],
  outfile: bundle,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  banner: { js: `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);` },
});

let slow = 0;
console.log(`profile of a source of 1 GB, best of ${rounds}; must: cold ${limits.cold} ms, warm ${limits.warm} ms`);
for (const [name, format] of Object.entries(lineFormats)) {
  const file = writeLarge(name.replaceAll(' ', '-'), format);
  const cold = Math.min(...Array.from({ length: rounds }, () => times([file])[0] ?? Number.NaN));
  const warm = Math.min(...times(Array<string>(20 + rounds).fill(file)).slice(20));
  if (cold > limits.cold || warm > limits.warm) slow++;
  console.log(`${name.padEnd(14)} cold ${ms(cold, limits.cold)}, warm ${ms(warm, limits.warm)}`);
}
process.exitCode = slow === 0 ? 0 : 1;

/** A file of 1 GB with holes: log where a sample is taken, at the beginning, in the middle and at the end. */
function writeLarge(name: string, { line, head = '', separator = '' }: LineFormat): string {
  const file = path.join(folder, `${name}.log`);
  mkdirSync(folder, { recursive: true });
  const descriptor = openSync(file, 'w');
  let index = 0;
  for (const at of [0, size / 2, size - stretch]) {
    let text = at === 0 ? head : '\n';
    while (text.length < stretch) text += `${line(index++)}${separator}\n`;
    writeSync(descriptor, text, at);
  }
  closeSync(descriptor);
  return file;
}

function times(files: readonly string[]): number[] {
  return JSON.parse(execFileSync(process.execPath, [bundle, ...files], { encoding: 'utf8' }));
}

function ms(value: number, limit: number): string {
  return `${value.toFixed(0).padStart(4)} ms${value > limit ? ' (too slow)' : ''}`;
}
