/** Summaries of every trace of a file: what the list of traces needs. */
import { formatName, logFile } from '../data';
import { list } from '../ours/contestants';
import { EngineProcess } from '../ours/engineProcess';
import type { Bench } from '../question';
import { playRounds, timesOf } from '../rounds';
import { median } from '../statistics';

export async function summaries({ options, report, peers }: Bench): Promise<void> {
  for (const format of ['json', 'bracketed'] as const) {
    const file = await logFile(format, options.sizes.full);
    const engine = await EngineProcess.start([file.path]);
    try {
      const ripgrep = peers.ripgrep.tool.countKey(file);
      const ours = list(engine, file);
      const samples = await playRounds([ripgrep, ours], options.rounds);
      report.contest(`Summaries of every trace, ${formatName[format]}`, [ripgrep, ours], samples, ripgrep.name);
      report.measured('summaries', file.bytes / 1000 / median(timesOf(samples, ours.name)), formatName[format]);
    } finally {
      await engine.stop();
    }
  }
}
