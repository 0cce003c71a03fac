/** A file with an index on disk, opened by a new process: how long until its index serves look-ups again. */
import { tempDir } from '../../host/paths';
import { formatName, logFile, middleId } from '../data';
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
}
