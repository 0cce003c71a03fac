/** Whether time grows as size does: the same work on a small and on a full file, in turns. */
import { tempDir } from '../../host/paths';
import { formatName, type LogFile, type LogFormat, logFile, middleId } from '../data';
import { buildIndex, coldSearch } from '../ours/contestants';
import { type EngineProcess, withEngine } from '../ours/engineProcess';
import type { Bench } from '../question';
import { number } from '../report';
import { type Contestant, playRounds, timesOf } from '../rounds';
import { exponent, median } from '../statistics';

type Work = (engine: EngineProcess, file: LogFile) => Contestant;

const search: Work = (engine, file) => {
  const { id, records } = middleId(file);
  return coldSearch(engine, file, id, records);
};

export async function scaling({ options, report }: Bench): Promise<void> {
  const { small, full, large } = options.sizes;
  const cells: string[][] = [];
  const compare = async (name: string, work: Work, format: LogFormat, from: number, to: number) => {
    const files = [await logFile(format, from), await logFile(format, to)] as const;
    const [before, after] = await timesOfBoth(files, work, options.rounds);
    const power = exponent({ bytes: from, times: before }, { bytes: to, times: after });
    const size = (bytes: number, times: number[]) => `${number(median(times))} ms for ${number(bytes / 1e6)} MB`;
    cells.push([`${name}, ${formatName[format]}`, size(from, before), size(to, after), number(power)]);
    report.measured('exponent', power, `${name} ${formatName[format]}`);
  };
  for (const format of ['json', 'bracketed'] as const) {
    await compare('look-up', search, format, small, full);
    await compare('index', buildIndex, format, small, full);
  }
  if (large !== null) await compare('index, large', buildIndex, 'json', full, large);
  report.table('Scaling', ['', 'small', 'full', 'exponent'], cells);
}

async function timesOfBoth([small, full]: readonly [LogFile, LogFile], work: Work, rounds: number) {
  return withEngine([small.path], { indexFolder: tempDir('index') }, engine =>
    withEngine([full.path], { indexFolder: tempDir('index') }, async other => {
      const contestants = [
        { ...work(engine, small), name: 'small' },
        { ...work(other, full), name: 'full' },
      ];
      const samples = await playRounds(contestants, rounds);
      return [timesOf(samples, 'small'), timesOf(samples, 'full')] as const;
    }),
  );
}
