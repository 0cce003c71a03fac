/** A file that is known on disk, opened by a new process: how long until its index and its list are there again. */
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { tempDir } from '../../host/paths';
import { formatName, type LogFile, logFile, middleId } from '../data';
import { withEngine } from '../ours/engineProcess';
import type { Bench } from '../question';
import { number } from '../report';
import { least, median, most } from '../statistics';

export async function reopened({ options, report }: Bench): Promise<void> {
  const cells: string[][] = [];
  for (const format of ['json', 'bracketed'] as const) {
    const file = await logFile(format, options.sizes.full);
    const { id } = middleId(file);
    const engineOptions = { behindWorker: true, indexFolder: tempDir('index') };
    await withEngine([file.path], engineOptions, engine => engine.call({ call: 'index' }));
    const times: number[] = [];
    const lookups: number[] = [];
    for (let round = 0; round <= options.rounds; round++) {
      await withEngine([file.path], engineOptions, async engine => {
        const index = await engine.call({ call: 'index' });
        const lookup = await engine.call({ call: 'lookup', id });
        if (round === 0) return;
        times.push(index.ms);
        lookups.push(lookup.ms);
      });
    }
    const range = `${number(least(times))} to ${number(most(times))}`;
    cells.push([formatName[format], String(times.length), number(median(times)), range, number(median(lookups))]);
    report.measured('reopened', median(times), formatName[format]);
  }
  report.table(
    'Opened again by a new engine in its worker, from its start until the index is there',
    ['', 'rounds', 'median ms', 'min to max', 'first look-up then, ms'],
    cells,
  );
  await listedAgain({ options, report });
}

async function listedAgain({ options, report }: Pick<Bench, 'options' | 'report'>): Promise<void> {
  const cells: string[][] = [];
  const measure = async (file: LogFile, name: string) => {
    const indexFolder = tempDir('index');
    const first = await withEngine([file.path], { indexFolder }, async engine => {
      const { ms } = await engine.call({ call: 'list' });
      // An engine that is closed has written what is to be kept.
      await engine.open([file.path]);
      return ms;
    });
    const times: number[] = [];
    for (let round = 0; round < options.rounds; round++)
      await withEngine([file.path], { behindWorker: true, indexFolder }, async engine => {
        times.push((await engine.call({ call: 'list' })).ms);
      });
    const disk = readdirSync(indexFolder).reduce((sum, kept) => sum + statSync(path.join(indexFolder, kept)).size, 0);
    const range = `${number(least(times))} to ${number(most(times))}`;
    cells.push([name, number(first), number(median(times)), range, number(disk / 1e6)]);
  };
  const { full, scattered } = options.sizes;
  for (const format of ['json', 'bracketed'] as const) await measure(await logFile(format, full), formatName[format]);
  await measure(await logFile('json', scattered), `JSON, ${scattered / 1e6} MB`);
  await measure(await logFile('json', scattered, 100_000), `JSON, ${scattered / 1e6} MB, scattered`);
  report.table(
    'List of all traces: read at first, and opened again by a new engine in its worker, from its start',
    ['', 'at first, ms', 'again, median ms', 'min to max', 'MB on disk'],
    cells,
  );
}
