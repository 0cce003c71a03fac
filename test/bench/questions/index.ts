/** An index of all IDs of a file: ours against what searches for one ID, and against what reads all of them. */
import { formatName, type LogFile, logFile } from '../data';
import type { Bench } from '../question';
import { playRounds } from '../rounds';

export async function index(bench: Bench): Promise<void> {
  for (const format of ['json', 'bracketed'] as const)
    await ofFile(bench, await logFile(format, bench.options.sizes.full));
}

async function ofFile({ options, report, peers }: Bench, file: LogFile): Promise<void> {
  const { correlationId: id, records } = file.ids[file.ids.length >> 1]!;
  const ripgrep = peers.ripgrep.tool.countId(file, id, records);
  const contestants = [ripgrep, peers.ripgrep.tool.countKey(file)];
  if ('tool' in peers.duckdb) contestants.push(peers.duckdb.tool.groupBy(file), peers.duckdb.tool.importAndIndex(file));
  if ('tool' in peers.lnav) contestants.push(peers.lnav.tool(file, id, records));
  const samples = await playRounds(contestants, options.rounds);
  report.contest(`Index of all IDs, ${formatName[file.format]}`, contestants, samples, ripgrep.name);
  report.missing('indexTime', 'this engine has no index yet');
}
