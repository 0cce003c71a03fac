import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { traceDocument } from '../../../src/common/export/traceDocument';
import { joinKey } from '../../../src/common/profile/ids';
import { assembleTrace } from '../../../src/common/trace/assembleTrace';
import { differences } from '../../simulation/compareTrace';
import { readFolder } from '../../simulation/readFolder';
import { writeLogs } from '../../simulator/index';

const c: any = {
  sources: 1,
  bytesRead: 0,
  lines: null,
  records: null,
  recordsOfTrace: null,
  unparsed: 0,
  skippedSources: [],
  elapsedMs: 0,
};
const opts = JSON.parse(process.argv[2]!);
const dir = mkdtempSync(join(tmpdir(), 'zz-sim-'));
(async () => {
  const w = await writeLogs({ directory: join(dir, 'logs'), truthPath: null, ...opts });
  const groups = await readFolder(join(dir, 'logs'));
  let bad = 0;
  const kinds = new Map<string, { n: number; eg: string[] }>();
  for (const truth of w.traces) {
    const all = groups.get(joinKey(truth.correlationId)) ?? [];
    const trace = assembleTrace({ correlationId: truth.correlationId, records: all });
    const d = differences(traceDocument(trace, c), truth).filter(x => !x.startsWith('mentions'));
    if (d.length) {
      bad++;
      for (const x of d) {
        const k = x
          .replace(/^.*?(: )/, m => (/^(status|rows|end step|failed step|duration|records)/.test(m) ? m : 'step: '))
          .slice(0, 40)
          .replace(/[0-9a-f]{6,}/g, '#');
        const e = kinds.get(k) ?? { n: 0, eg: [] };
        e.n++;
        if (e.eg.length < 2) e.eg.push(truth.correlationId + ' ' + x.slice(0, 400));
        kinds.set(k, e);
      }
    }
  }
  console.log(JSON.stringify(opts), 'traces', w.traces.length, 'bad', bad);
  for (const [k, e] of kinds) console.log('  ', k, e.n, e.eg);
  rmSync(dir, { recursive: true });
})();
