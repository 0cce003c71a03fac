/** How long one waits for the first steps of a trace that begins in the first tenth of a file without an index. */
import { formatName, logFile } from '../data';
import { EngineProcess } from '../ours/engineProcess';
import type { Bench } from '../question';
import { number } from '../report';
import { least, median, most } from '../statistics';

export async function firstStep({ options, report }: Bench): Promise<void> {
  const cells: string[][] = [];
  for (const format of ['json', 'bracketed'] as const) {
    const file = await logFile(format, options.sizes.full);
    const early = file.ids.filter(({ firstLine }) => firstLine > file.lines * 0.05 && firstLine < file.lines * 0.1);
    const engine = await EngineProcess.start([file.path]);
    try {
      const times: number[] = [];
      for (let round = 0; round <= options.rounds; round++) {
        const id = early[round % early.length]!.correlationId;
        const { facts } = await engine.call({ call: 'lookup', id });
        if (round > 0) times.push(facts.firstMs ?? Number.NaN);
      }
      cells.push([
        formatName[format],
        String(times.length),
        number(median(times)),
        `${number(least(times))} to ${number(most(times))}`,
      ]);
      report.measured('firstStep', median(times), formatName[format]);
    } finally {
      await engine.stop();
    }
  }
  report.table(
    'Time to the first step, hits from 5 to 10 % of the file on',
    ['', 'rounds', 'median ms', 'min to max'],
    cells,
  );
}
