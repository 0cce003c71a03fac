/**
 * Look-up without an index against `rg -c`: the same ID in the same 1 GB file, warm, in turns. Ours is in-process on an
 * engine that has run before; ripgrep is a process. Run: `npm run bench [-- --format bracketed] [-- --rounds 9]`.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { rgPath } from '@vscode/ripgrep';
import { createEngine } from '../../src/node/engine/createEngine';
import { cacheDir, repoRoot } from '../host/paths';
import { scanWorker } from '../node/support/workers';
import { type BulkWritten, writeBulk } from '../simulator/index.ts';

const { values } = parseArgs({
  options: {
    format: { type: 'string', default: 'json' },
    bytes: { type: 'string', default: '1000000000' },
    rounds: { type: 'string', default: '9' },
    workers: { type: 'string' },
  },
});
const format = values.format === 'bracketed' ? 'bracketed' : 'json';
const folder = path.join(cacheDir, 'bench');
const file = path.join(folder, `${format}-${values.bytes}.log`);
const written = await bulkFile();
const size = statSync(file).size;
// Nine different IDs at different places of the file would be nine different works: one from the middle is enough.
const wanted = written.ids[Math.floor(written.ids.length / 2)];
if (!wanted) throw new Error(`${file} tells of no ID: delete it.`);

const engine = createEngine({ scanWorker, ...(values.workers ? { workers: Number(values.workers) } : {}) });
await engine.setSources([{ kind: 'path', path: file }]);
console.log(`${format}, ${(size / 1e9).toFixed(2)} GB, ${written.lines} lines; ID ${wanted.correlationId}`);

interface Sample {
  ms: number;
  cpuMs: number;
}

const ours: Sample[] = [];
const firstHits: number[] = [];
const theirs: Sample[] = [];
for (let round = -2; round < Number(values.rounds); round++) {
  const their = ripgrep(wanted.correlationId);
  const our = await lookup(wanted.correlationId);
  if (our.records !== their.count) throw new Error(`${our.records} records, but rg counts ${their.count} lines.`);
  if (round < 0) continue;
  ours.push(our);
  theirs.push(their);
  firstHits.push(our.firstMs);
}
await engine.dispose();
const peak = peakOfCommand(wanted.correlationId);

report('rg -c (process)', theirs);
report('look-up (warm, in-process)', ours);
console.log(
  `first steps after ${median(firstHits).toFixed(0)} ms; resident memory of the command line ${(peak / 1e6).toFixed(0)} MB at most`,
);
const ratio = median(ours.map(({ ms }) => ms)) / median(theirs.map(({ ms }) => ms));
const cpuRatio = median(ours.map(({ cpuMs }) => cpuMs)) / median(theirs.map(({ cpuMs }) => cpuMs));
console.log(`ratio ${ratio.toFixed(2)} wall, ${cpuRatio.toFixed(2)} cpu (must: 4 wall, 200 MB; target: 2)`);
process.exitCode = ratio <= 4 && peak < 200e6 ? 0 : 1;

/** Bytes that the packaged command line has in memory at most; this process holds a compiler too. */
function peakOfCommand(id: string): number {
  const cli = path.join(repoRoot, 'dist', 'throughline.cjs');
  const script = `process.on('exit', () => require('node:fs').writeSync(2, String(process.resourceUsage().maxRSS)));
    process.argv = ['node', 'throughline', 'trace', ...process.argv.slice(1)]; require(${JSON.stringify(cli)});`;
  const { stderr } = spawnSync(process.execPath, ['-e', script, id, file], { encoding: 'utf8' });
  const kilobytes = Number(/\d+$/.exec(stderr)?.[0]);
  if (!kilobytes) throw new Error(`${cli} did not run (npm run build): ${stderr}`);
  return kilobytes * 1024;
}

async function bulkFile(): Promise<Pick<BulkWritten, 'ids' | 'lines'>> {
  const facts = `${file}.json`;
  if (existsSync(file) && existsSync(facts)) return JSON.parse(readFileSync(facts, 'utf8'));
  mkdirSync(folder, { recursive: true });
  const bulk = await writeBulk({ file, bytes: Number(values.bytes), format });
  writeFileSync(facts, JSON.stringify(bulk));
  return bulk;
}

async function lookup(id: string): Promise<Sample & { records: number; firstMs: number }> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  let firstMs = Number.NaN;
  const result = await engine.lookup(
    { text: id },
    {
      onProgress: ({ trace }) => {
        if (trace && Number.isNaN(firstMs)) firstMs = performance.now() - start;
      },
    },
  );
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  if (result.kind !== 'trace') throw new Error(`The look-up gave ${result.kind}.`);
  await engine.release(result.trace.traceId);
  return { ms, cpuMs: (user + system) / 1000, records: result.trace.records, firstMs };
}

function ripgrep(id: string): Sample & { count: number } {
  const cpu = childCpu();
  const start = performance.now();
  const count = Number(execFileSync(rgPath, ['-c', '--no-config', '--', id, file], { encoding: 'utf8' }));
  return { ms: performance.now() - start, cpuMs: childCpu() - cpu, count };
}

/** CPU time of ended children in ms: Linux tells it in /proc, elsewhere it is not known. */
function childCpu(): number {
  try {
    const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[13]) + Number(fields[14])) * 10;
  } catch {
    return Number.NaN;
  }
}

function median(values: number[]): number {
  const sorted = values.filter(value => !Number.isNaN(value)).toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function report(name: string, samples: Sample[]): void {
  const times = samples.map(({ ms }) => ms);
  const cpu = median(samples.map(({ cpuMs }) => cpuMs));
  const range = `${Math.min(...times).toFixed(0)} to ${Math.max(...times).toFixed(0)}`;
  console.log(`${name.padEnd(28)} ${median(times).toFixed(0).padStart(5)} ms (${range}), cpu ${cpu.toFixed(0)} ms`);
}
