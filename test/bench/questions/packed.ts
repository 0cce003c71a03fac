/** Compressed files, read as they are: bytes count as they are once unpacked. */
import zlib from 'node:zlib';
import { type LogFile, logFile, packedFile } from '../data';
import { lookup } from '../ours/contestants';
import { EngineProcess } from '../ours/engineProcess';
import type { Bench } from '../question';
import { playRounds, timesOf } from '../rounds';
import { median } from '../statistics';

export async function packed(bench: Bench): Promise<void> {
  const file = await logFile('json', bench.options.sizes.scattered);
  await readPacked(bench, file, 'gz');
  await readPacked(bench, file, 'zst');
}

async function readPacked({ options, report, peers }: Bench, file: LogFile, packing: 'gz' | 'zst'): Promise<void> {
  const figure = packing === 'gz' ? 'gz' : 'zstd';
  const path = await packedFile(file, packing);
  if (path === null) {
    report.missing(figure, `nothing here makes a .${packing}`);
    return;
  }
  const { correlationId: id, records } = file.ids[file.ids.length >> 1]!;
  const engine = await EngineProcess.start([path]);
  try {
    const ripgrep = peers.ripgrep.tool.countIdPacked(file, path, id, records);
    const ours = lookup(engine, file, id, records);
    const samples = await playRounds([ripgrep, ours], options.rounds);
    report.contest(`Look-up in a .${packing} of JSON, bytes unpacked`, [ripgrep, ours], samples, ripgrep.name);
    if (packing === 'gz' || 'createZstdDecompress' in zlib) {
      report.measured(figure, file.bytes / 1000 / median(timesOf(samples, ours.name)));
    } else {
      report.missing(figure, `not judged, Node ${process.versions.node} has none`);
    }
  } finally {
    await engine.stop();
  }
}
