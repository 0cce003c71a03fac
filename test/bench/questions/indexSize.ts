/** What an index takes in memory and on disk, and what its process takes while it is built. */
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { tempDir } from '../../host/paths';
import { formatName, type LogFile, logFile } from '../data';
import { withEngine } from '../ours/engineProcess';
import type { Bench } from '../question';
import { number } from '../report';
import { most } from '../statistics';

export async function indexSize({ options, report }: Bench): Promise<void> {
  const { full, scattered, large } = options.sizes;
  const cells: string[][] = [];
  const measure = async (file: LogFile, name: string, rounds: number) => {
    const sizes = [];
    for (let round = 0; round < rounds; round++) sizes.push(await sizesOf(file));
    const { memory, disk } = sizes[0]!;
    const grown = most(sizes.map(({ resident }) => resident));
    const perMillion = (bytes: number) => bytes / file.lines;
    cells.push([
      name,
      number(file.lines / 1e6),
      number(perMillion(memory)),
      number(perMillion(disk)),
      number(grown / 1e6),
    ]);
    return { memory: perMillion(memory), disk: perMillion(disk), resident: grown / 1e6 };
  };
  for (const format of ['json', 'bracketed'] as const) {
    const { memory, disk, resident } = await measure(await logFile(format, full), formatName[format], 3);
    report.measured('indexMemory', memory, formatName[format]);
    report.measured('indexDisk', disk, formatName[format]);
    report.measured('resident', resident, formatName[format]);
  }
  const scatteredSize = await measure(await logFile('json', scattered, 100_000), 'JSON, scattered', 1);
  report.measured('indexMemory', scatteredSize.memory, 'scattered');
  report.measured('indexDisk', scatteredSize.disk, 'scattered');
  if (large === null) report.missing('residentLarge', 'with --large only');
  else report.measured('residentLarge', (await measure(await logFile('json', large), 'JSON, large', 1)).resident);
  report.table(
    'Size of the index, and memory of its process while it is built (over a process without an engine, most of some runs)',
    ['', 'million lines', 'MB a million in memory', 'on disk', 'resident MB over idle'],
    cells,
  );
}

/** In bytes, by a process of its own in which the engine runs as in the editor. */
async function sizesOf(file: LogFile): Promise<{ memory: number; disk: number; resident: number }> {
  const indexFolder = tempDir('index');
  return withEngine([file.path], { behindWorker: true, indexFolder }, async engine => {
    const { facts, peakBytes } = await engine.call({ call: 'index' });
    const files = readdirSync(indexFolder).map(name => statSync(path.join(indexFolder, name)).size);
    const disk = files.reduce((sum, size) => sum + size, 0);
    return { memory: facts.indexBytes ?? Number.NaN, disk, resident: peakBytes - engine.idleBytes };
  });
}
