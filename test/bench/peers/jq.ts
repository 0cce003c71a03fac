import type { LogFile } from '../data';
import type { Contestant } from '../rounds';
import { timedProcess } from '../timedProcess';
import { mustBe, notInstalled, type Peer, versionOf } from './installed';

const version = versionOf('jq');

/** Parses every record to find those of one ID. */
export const jq: Peer<typeof select> =
  version === null ? { name: 'jq', missing: notInstalled('jq') } : { name: 'jq', version, tool: select };

function select(file: LogFile, id: string, records: number): Contestant {
  const name = 'jq -c select';
  return {
    name,
    bytes: file.bytes,
    run: async () => {
      const sample = await timedProcess('jq', ['-c', `select(.context.correlationId == "${id}")`, file.path]);
      mustBe(name, 'records', sample.output.split('\n').length - 1, records);
      return sample;
    },
  };
}
