/** Summaries of every trace of a file: what the list of traces needs. */
import { formatName, logFile } from '../data';
import { list } from '../ours/contestants';
import { withEngine } from '../ours/engineProcess';
import type { Bench } from '../question';
import { playRounds, timesOf } from '../rounds';
import { median } from '../statistics';

export async function summaries({ options, report, peers }: Bench): Promise<void> {
  for (const format of ['json', 'bracketed'] as const) {
    const small = await logFile(format, options.sizes.small);
    const file = await logFile(format, options.sizes.full);
    await withEngine([small.path], {}, async engine => {
      const ripgrep = peers.ripgrep.tool.countKey(file);
      const ours = list(engine, file, small);
      const samples = await playRounds([ripgrep, ours], options.rounds);
      report.contest(`Summaries of every trace, ${formatName[format]}`, [ripgrep, ours], samples, ripgrep.name);
      report.measured('summaries', file.bytes / 1000 / median(timesOf(samples, ours.name)), formatName[format]);
    });
  }
}
