/** Indexing a file in which 100,000 requests are in flight, against one of the same size in which traces are close. */
import { tempDir } from '../../host/paths';
import { logFile } from '../data';
import { buildIndex } from '../ours/contestants';
import { withEngine } from '../ours/engineProcess';
import type { Bench } from '../question';
import { playRounds, timesOf } from '../rounds';
import { ratio } from '../statistics';

export async function scattered({ options, report }: Bench): Promise<void> {
  const local = await logFile('json', options.sizes.scattered);
  const far = await logFile('json', options.sizes.scattered, 100_000);
  await withEngine([local.path], { indexFolder: tempDir('index') }, engine =>
    withEngine([far.path], { indexFolder: tempDir('index') }, async other => {
      const contestants = [buildIndex(engine, local, 'ours: local'), buildIndex(other, far, 'ours: scattered')];
      const samples = await playRounds(contestants, options.rounds);
      report.contest('Index of scattered and of local traces, JSON', contestants, samples, 'ours: local');
      report.measured('scattered', ratio(timesOf(samples, 'ours: scattered'), timesOf(samples, 'ours: local')));
    }),
  );
}
