import { createHash } from 'node:crypto';
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import zlib from 'node:zlib';
import { globSync } from 'tinyglobby';
import { repoRoot } from '../host/paths';
import { type BulkId, writeBulk } from '../simulator/index.ts';
import { timedProcess } from './timedProcess';

/** Files of gigabytes and what is installed for the run alone; kept, so that the next run begins at once. */
export const cacheFolder = path.join(tmpdir(), 'throughline-bench');

export type LogFormat = 'json' | 'bracketed';

export interface LogFile {
  readonly path: string;
  readonly format: LogFormat;
  readonly bytes: number;
  readonly lines: number;
  /** Some of the IDs, spread evenly over the file. */
  readonly ids: readonly BulkId[];
}

/** How a table names a format. */
export const formatName = { json: 'JSON', bracketed: 'text' } as const;

/** One ID from the middle of a file, and how many records it has. */
export function middleId({ path: file, ids }: LogFile): { id: string; records: number } {
  const middle = ids[ids.length >> 1];
  if (!middle) throw new Error(`${file} tells of no ID: delete it.`);
  return { id: middle.correlationId, records: middle.records };
}

/** As many as are looked up for percentiles. */
const sample = 2000;

/** A file as the simulator writes it: the same bytes in every run, made when it is asked for first. */
export async function logFile(format: LogFormat, bytes: number, inFlight = 1000): Promise<LogFile> {
  mkdirSync(cacheFolder, { recursive: true });
  const file = path.join(cacheFolder, `${format}-${bytes / 1e6}m-${inFlight}-${simulatorVersion()}.log`);
  const facts = `${file}.json`;
  if (!existsSync(facts) || !existsSync(file)) {
    process.stderr.write(`  making ${file}\n`);
    const written = await writeBulk({ file, bytes, format, inFlight, sample });
    writeFileSync(
      facts,
      JSON.stringify({ path: file, format, bytes: written.bytes, lines: written.lines, ids: written.ids }),
    );
  }
  const known = JSON.parse(readFileSync(facts, 'utf8')) as LogFile;
  if (statSync(file).size !== known.bytes) throw new Error(`${file} is not what was written: delete it.`);
  await readThrough(file);
  return known;
}

/** The same file packed; `null` where nothing here can pack it so. */
export async function packedFile({ path: file }: LogFile, packing: 'gz' | 'zst'): Promise<string | null> {
  const packed = `${file}.${packing}`;
  if (!existsSync(packed)) {
    process.stderr.write(`  making ${packed}\n`);
    try {
      const packer =
        packing === 'gz' ? zlib.createGzip() : 'createZstdCompress' in zlib ? zlib.createZstdCompress() : null;
      if (packer) await pipeline(createReadStream(file), packer, createWriteStream(`${packed}.part`));
      else await timedProcess('zstd', ['-q', '-f', file, '-o', `${packed}.part`]);
    } catch {
      return null;
    }
    renameSync(`${packed}.part`, packed);
  }
  await readThrough(packed);
  return packed;
}

/** Into the page cache: all that is measured is measured warm. */
async function readThrough(file: string): Promise<void> {
  for await (const _ of createReadStream(file, { highWaterMark: 1 << 20 }));
}

/** Files of another simulator are other files. */
function simulatorVersion(): string {
  const hash = createHash('sha256');
  for (const file of globSync('test/simulator/bulk*.ts', { cwd: repoRoot }).sort()) {
    hash.update(readFileSync(path.join(repoRoot, file)));
  }
  return hash.digest('hex').slice(0, 8);
}
