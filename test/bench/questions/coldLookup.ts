/** One ID in a file that was never indexed: ours against what only searches, and against what parses. */
import { formatName, type LogFile, logFile } from '../data';
import { traceCommand } from '../ours/commandLine';
import { lookup } from '../ours/contestants';
import { EngineProcess } from '../ours/engineProcess';
import type { Bench } from '../question';
import { playRounds, timesOf } from '../rounds';
import { ratio } from '../statistics';

export async function coldLookup(bench: Bench): Promise<void> {
  for (const format of ['json', 'bracketed'] as const)
    await inFile(bench, await logFile(format, bench.options.sizes.full));
}

async function inFile({ options, report, peers }: Bench, file: LogFile): Promise<void> {
  const { correlationId: id, records } = file.ids[file.ids.length >> 1]!;
  const engine = await EngineProcess.start([file.path]);
  try {
    const ripgrep = peers.ripgrep.tool.countId(file, id, records);
    const inProcess = lookup(engine, file, id, records);
    const process = traceCommand(file, id, records);
    const contestants = [ripgrep, inProcess, process];
    if (file.format === 'json' && 'tool' in peers.jq) {
      contestants.push(peers.jq.tool(file, id, records));
    }
    const samples = await playRounds(contestants, options.rounds);
    report.contest(
      `Look-up of one ID without an index, ${formatName[file.format]}`,
      contestants,
      samples,
      ripgrep.name,
    );
    const times = timesOf(samples, ripgrep.name);
    report.measured('lookup', ratio(timesOf(samples, inProcess.name), times), formatName[file.format]);
    report.measured('lookupProcess', ratio(timesOf(samples, process.name), times), formatName[file.format]);
  } finally {
    await engine.stop();
  }
}
