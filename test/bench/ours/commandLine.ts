import path from 'node:path';
import { repoRoot } from '../../host/paths';
import type { LogFile } from '../data';
import { mustBe } from '../peers/installed';
import type { Contestant } from '../rounds';
import { timedProcess } from '../timedProcess';

/** The packaged command line, from its start to its end. */
export function traceCommand(file: LogFile, id: string, records: number): Contestant {
  const name = 'ours: trace (process)';
  return {
    name,
    bytes: file.bytes,
    run: async () => {
      const script = path.join(repoRoot, 'dist/throughline.cjs');
      const sample = await timedProcess(process.execPath, [script, 'trace', id, file.path, '--json']);
      const { completeness } = JSON.parse(sample.output) as { completeness: { recordsOfTrace: number } };
      mustBe(name, 'records', completeness.recordsOfTrace, records);
      return sample;
    },
  };
}
