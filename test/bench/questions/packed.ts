/** Compressed files, read as they are: bytes count as they are once unpacked. */
import zlib from 'node:zlib';
import { type LogFile, logFile, middleId, packedFile } from '../data';
import { coldSearch } from '../ours/contestants';
import { withEngine } from '../ours/engineProcess';
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
    report.missing(figure, `not measured, nothing here makes a .${packing}`);
    return;
  }
  const { id, records } = middleId(file);
  const samples = await withEngine([path], {}, async engine => {
    const ripgrep = peers.ripgrep.tool.countIdPacked(file, path, id, records);
    const contestants = [ripgrep, coldSearch(engine, file, id, records)];
    const played = await playRounds(contestants, options.rounds);
    report.contest(`Look-up in a .${packing} of JSON, bytes unpacked`, contestants, played, ripgrep.name);
    return timesOf(played, contestants[1]!.name);
  });
  if (packing === 'zst' && !('createZstdDecompress' in zlib)) {
    report.missing(figure, `not judged, as Node ${process.versions.node} has none`);
  } else {
    report.measured(figure, file.bytes / 1000 / median(samples));
  }
}
