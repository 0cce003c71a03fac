import { rgPath } from '@vscode/ripgrep';
import type { LogFile } from '../data';
import type { Contestant } from '../rounds';
import { timedProcess } from '../timedProcess';
import { type Installed, mustBe, versionOf } from './installed';

const tool = { countId, countKey, countIdPacked };

/** The one that this package brings for development, so that it is there and of a known version everywhere. */
export const ripgrep: Installed<typeof tool> = { name: 'ripgrep', version: versionOf(rgPath) ?? 'unknown', tool };

function countId(file: LogFile, id: string, records: number): Contestant {
  return count('rg -c ID', file, file.path, id, records);
}

/** Every line has the key. */
function countKey(file: LogFile): Contestant {
  return count('rg -c key', file, file.path, 'correlationId', file.lines);
}

function countIdPacked(file: LogFile, packed: string, id: string, records: number): Contestant {
  return count('rg -z -c ID', file, packed, id, records, ['-z']);
}

function count(
  name: string,
  file: LogFile,
  at: string,
  text: string,
  expected: number,
  options: string[] = [],
): Contestant {
  return {
    name,
    bytes: file.bytes,
    run: async () => {
      const sample = await timedProcess(rgPath, ['-c', '--no-config', ...options, '--', text, at]);
      mustBe(name, 'lines', Number(sample.output), expected);
      return sample;
    },
  };
}
