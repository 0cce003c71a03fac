/** Compressed files, read as they are: bytes count as they are once unpacked. */
import zlib from 'node:zlib';
import { type LogFile, logFile, middleId, packedFile } from '../data';
import { coldSearch } from '../ours/contestants';
import { withEngine } from '../ours/engineProcess';
import { notInstalled, versionOf } from '../peers/installed';
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
    const ours = coldSearch(engine, file, id, records);
    const ripgrep = peers.ripgrep.tool.countIdPacked(file, path, id, records);
    // It has another program unpack.
    const unpacker = packing === 'gz' ? 'gzip' : 'zstd';
    const [rivals, remark] = versionOf(unpacker)
      ? [[ripgrep], '']
      : [[], `; no ${ripgrep.name}: ${notInstalled(unpacker)}`];
    const contestants = [...rivals, ours];
    const played = await playRounds(contestants, options.rounds);
    const title = `Look-up in a .${packing} of JSON, bytes unpacked${remark}`;
    report.contest(title, contestants, played, ripgrep.name);
    return timesOf(played, ours.name);
  });
  if (packing === 'zst' && !('createZstdDecompress' in zlib)) {
    report.missing(figure, `not judged, as Node ${process.versions.node} has none`);
  } else {
    report.measured(figure, file.bytes / 1000 / median(samples));
  }
}
