/** One ID in a file that was never indexed: ours against what only searches, and against what parses. */
import { formatName, type LogFile, logFile, middleId } from '../data';
import { traceCommand } from '../ours/commandLine';
import { coldSearch } from '../ours/contestants';
import { withEngine } from '../ours/engineProcess';
import type { Bench } from '../question';
import { playRounds, timesOf } from '../rounds';
import { ratio } from '../statistics';

export async function coldLookup(bench: Bench): Promise<void> {
  for (const format of ['json', 'bracketed'] as const) {
    await inFile(bench, await logFile(format, bench.options.sizes.full));
  }
}

async function inFile({ options, report, peers }: Bench, file: LogFile): Promise<void> {
  const { id, records } = middleId(file);
  const format = formatName[file.format];
  const ripgrep = peers.ripgrep.tool.countId(file, id, records);
  const command = traceCommand(file, id, records);
  await withEngine([file.path], {}, async engine => {
    const warm = coldSearch(engine, file, id, records);
    const contestants = [ripgrep, warm, command];
    if (file.format === 'json' && 'tool' in peers.jq) contestants.push(peers.jq.tool(file, id, records));
    const samples = await playRounds(contestants, options.rounds);
    report.contest(`Look-up of one ID without an index, ${format}`, contestants, samples, ripgrep.name);
    const base = timesOf(samples, ripgrep.name);
    report.measured('lookup', ratio(timesOf(samples, warm.name), base), format);
    report.measured('lookupProcess', ratio(timesOf(samples, command.name), base), format);
  });
}
