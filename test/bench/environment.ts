import { execFileSync } from 'node:child_process';
import os from 'node:os';
import { repoRoot } from '../host/paths';
import type { Options } from './options';
import type { Peers } from './peers/peers';
import { slow } from './rounds';

/** What the figures hold for: machine, versions, sizes, rounds, and how busy the machine was when it began. */
export function environment({ sizes, rounds, quick }: Options, peers: Peers): string {
  const [cpu] = os.cpus();
  const load = os.loadavg().map(value => value.toFixed(1));
  const gigabytes = (bytes: number) => `${bytes / 1e9} GB`;
  const files = [sizes.full, sizes.small, ...(sizes.large === null ? [] : [sizes.large])].map(gigabytes).join(', ');
  const versions = Object.values(peers).map(peer =>
    'tool' in peer ? `${peer.name} ${peer.version}` : `${peer.name} ${peer.missing}`,
  );
  return [
    `- ${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC, revision ${revision()}`,
    `- ${os.cpus().length} × ${cpu?.model ?? 'unknown CPU'}, ${gigabytes(Math.round(os.totalmem() / 1e9) * 1e9)} of memory, ${os.type()} ${os.release()}; load before the run ${load.join(', ')}`,
    `- Node ${process.versions.node}; peers: ${versions.join('; ')}`,
    `- ${quick ? 'QUICK: ' : ''}files of ${files}; scattered and local ${gigabytes(sizes.scattered)}; ${rounds} rounds in random order, ${slow.rounds} for who takes more than ${slow.ms / 1000} s; page cache warm`,
    '- ours uses 2 workers, DuckDB 2 threads; DuckDB is timed without its start, other peers with theirs; our command line starts without NODE_EXTRA_CA_CERTS; MB = 10^6 bytes',
  ].join('\n');
}

function revision(): string {
  try {
    return execFileSync('git', ['describe', '--always', '--dirty'], {
      cwd: repoRoot,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return 'unknown';
  }
}
