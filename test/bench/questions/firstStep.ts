/** How long one waits for the first steps of a trace that begins in the first tenth of a file without an index. */
import { formatName, logFile } from '../data';
import { withEngine } from '../ours/engineProcess';
import type { Bench } from '../question';
import { number } from '../report';
import { least, median, most } from '../statistics';

export async function firstStep({ options, report }: Bench): Promise<void> {
  const cells: string[][] = [];
  for (const format of ['json', 'bracketed'] as const) {
    const file = await logFile(format, options.sizes.full);
    const early = file.ids.filter(({ firstLine }) => firstLine > file.lines * 0.05 && firstLine < file.lines * 0.1);
    const times: number[] = [];
    await withEngine([file.path], {}, async engine => {
      for (let round = 0; round <= options.rounds; round++) {
        const { facts } = await engine.call({ call: 'lookup', id: early[round % early.length]!.correlationId });
        if (round > 0) times.push(facts.firstMs ?? Number.NaN);
      }
    });
    const range = `${number(least(times))} to ${number(most(times))}`;
    cells.push([formatName[format], String(times.length), number(median(times)), range]);
    report.measured('firstStep', median(times), formatName[format]);
  }
  const title = 'Time to the first step, of traces that begin from 5 to 10 % of the file on';
  report.table(title, ['', 'rounds', 'median ms', 'min to max'], cells);
}
