import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { appendLive, writeBulk, writeLogs, writeSample } from './index.ts';

const help = `Simulates an event-driven agent pipeline and writes its logs.

  npx tsx test/simulator/main.ts --out DIR [--traces N] [--seed S] [--fan-out N] [--noise SHARE] [--no-gzip]
      logs in DIR, their ground truth in DIR.truth.jsonl
  npx tsx test/simulator/main.ts --out DIR --bulk SIZE [--format json|bracketed] [--in-flight N] [--seed S]
      one big file DIR/bulk.log, made at disk speed; SIZE like 500M or 1G; prints some of its ids as JSON
  npx tsx test/simulator/main.ts --out DIR --live SECONDS [--rate TRACES_PER_SECOND] [--seed S]
      appends in real time
  npx tsx test/simulator/main.ts --sample [--out DIR]
      writes media/sample-logs anew
`;

const sampleLogs = fileURLToPath(new URL('../../media/sample-logs', import.meta.url));

function readArguments() {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  return parseArgs({
    allowNegative: true,
    options: {
      out: text,
      traces: { ...text, default: '100' },
      seed: { ...text, default: '1' },
      'fan-out': { ...text, default: '5' },
      noise: { ...text, default: '0.1' },
      gzip: { ...flag, default: true },
      bulk: text,
      format: { ...text, default: 'json' },
      'in-flight': { ...text, default: '1000' },
      live: text,
      rate: { ...text, default: '2' },
      sample: flag,
      help: flag,
    },
  }).values;
}

async function main(): Promise<void> {
  const given = readArguments();
  if (given.help || (!given.out && !given.sample)) {
    console.log(help);
    if (!given.help) process.exitCode = 2;
    return;
  }
  const seed = number(given.seed);
  const directory = given.out ?? sampleLogs;
  if (given.sample) {
    if (!given.out) await rm(directory, { recursive: true, force: true });
    console.log((await writeSample(directory)).files.join('\n'));
  } else if (given.bulk) {
    const { format } = given;
    if (format !== 'json' && format !== 'bracketed') throw new Error('--format is json or bracketed');
    await mkdir(directory, { recursive: true });
    const file = join(directory, 'bulk.log');
    const written = await writeBulk({
      file,
      bytes: size(given.bulk),
      seed,
      format,
      inFlight: number(given['in-flight']),
    });
    console.log(JSON.stringify(written, null, 2));
    console.error(`${file}: ${Math.round(written.bytes / 1e6 / written.seconds)} MB/s`);
  } else if (given.live) {
    const rate = number(given.rate);
    const lived = await appendLive({ directory, seed, tracesPerSecond: rate, seconds: number(given.live) });
    console.log(`${lived.records} records, ${lived.started.length} traces, ${lived.complete.length} of them complete`);
  } else {
    const written = await writeLogs({
      directory,
      seed,
      traces: number(given.traces),
      maxFanOut: number(given['fan-out']),
      noiseShare: number(given.noise),
      gzipRotated: given.gzip,
    });
    console.log(`${written.records} records of ${written.traces.length} traces in ${written.files.join(', ')}`);
    console.log(`truth: ${written.truthPath}`);
  }
}

function number(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value)) throw new Error(`not a number: ${text}`);
  return value;
}

function size(text: string): number {
  const match = /^(\d+(?:\.\d+)?)([KMG]?)B?$/i.exec(text);
  if (!match) throw new Error(`not a size: ${text}`);
  return Math.round(Number(match[1]) * 1024 ** ' KMG'.indexOf((match[2] || ' ').toUpperCase()));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
});
