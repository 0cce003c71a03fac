/** Whether time grows as size does: the same work on a small and on a full file, in turns. */
import { formatName, logFile } from '../data';
import { lookup } from '../ours/contestants';
import { EngineProcess } from '../ours/engineProcess';
import type { Bench } from '../question';
import { number } from '../report';
import { type Contestant, playRounds, timesOf } from '../rounds';
import { exponent, median } from '../statistics';

export async function scaling({ options, report }: Bench): Promise<void> {
  const cells: string[][] = [];
  const { small, full } = options.sizes;
  for (const format of ['json', 'bracketed'] as const) {
    const engines: EngineProcess[] = [];
    try {
      const contestants: Contestant[] = [];
      for (const bytes of [small, full]) {
        const file = await logFile(format, bytes);
        const { correlationId, records } = file.ids[file.ids.length >> 1]!;
        const engine = await EngineProcess.start([file.path]);
        engines.push(engine);
        contestants.push({ ...lookup(engine, file, correlationId, records), name: String(bytes) });
      }
      const samples = await playRounds(contestants, options.rounds);
      const [from, to] = contestants.map(({ name, bytes }) => ({ bytes, times: timesOf(samples, name) }));
      if (!from || !to) throw new Error('two sizes are compared');
      const power = exponent(from, to);
      cells.push([
        `look-up without an index, ${formatName[format]}`,
        number(median(from.times)),
        number(median(to.times)),
        number(power),
      ]);
      report.measured('exponent', power, `look-up ${formatName[format]}`);
    } finally {
      await Promise.all(engines.map(engine => engine.stop()));
    }
  }
  report.table(
    'Scaling',
    ['', `ms for ${number(small / 1e6)} MB`, `ms for ${number(full / 1e6)} MB`, 'exponent'],
    cells,
  );
}
