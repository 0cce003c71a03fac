import path from 'node:path';
import { repoRoot } from '../../host/paths';
import type { LogFile } from '../data';
import { mustBe } from '../peers/installed';
import type { Contestant } from '../rounds';
import { timedProcess } from '../timedProcess';

/**
 * The packaged command line, from its start to its end. Certificates that a machine adds for Node are left out: with
 * them Node 20 reads all root certificates at each start, which takes longer than its start.
 */
export function traceCommand(file: LogFile, id: string, records: number): Contestant {
  const name = 'ours: trace (process)';
  const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;
  return {
    name,
    bytes: file.bytes,
    run: async () => {
      const script = path.join(repoRoot, 'dist/throughline.cjs');
      const sample = await timedProcess(process.execPath, [script, 'trace', id, file.path, '--json'], env);
      const { completeness } = JSON.parse(sample.output) as { completeness: { recordsOfTrace: number } };
      mustBe(name, 'records', completeness.recordsOfTrace, records);
      return sample;
    },
  };
}
