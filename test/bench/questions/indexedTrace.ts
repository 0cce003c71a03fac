/** Many IDs looked up with an index, one after the other in no order; in files of local and of scattered traces. */
import { tempDir } from '../../host/paths';
import { type LogFile, logFile } from '../data';
import { withEngine } from '../ours/engineProcess';
import { mustBe } from '../peers/installed';
import type { Bench } from '../question';
import { number } from '../report';
import { shuffled } from '../rounds';
import { median, quantile } from '../statistics';

export async function indexedTrace({ options, report }: Bench): Promise<void> {
  const { full, scattered } = options.sizes;
  const files: [string, LogFile, boolean][] = [
    ['JSON', await logFile('json', full), true],
    ['text', await logFile('bracketed', full), true],
    ['JSON, local', await logFile('json', scattered), false],
    ['JSON, scattered', await logFile('json', scattered, 100_000), false],
  ];
  const cells: string[][] = [];
  for (const [name, file, isJudged] of files) {
    const times = await timesOf(file);
    const [p50, p99] = [median(times), quantile(times, 0.99)];
    const steps = median(file.ids.map(({ records }) => records));
    cells.push([name, String(times.length), number(steps), number(p50), number(quantile(times, 0.95)), number(p99)]);
    if (!isJudged) continue;
    report.measured('indexedMedian', p50, name);
    report.measured('indexedWorst', p99, name);
  }
  report.table('Look-up with an index', ['', 'IDs', 'records each', 'p50 ms', 'p95 ms', 'p99 ms'], cells);
}

/** Of each look-up; what is compiled only when it has run often is by then. */
async function timesOf(file: LogFile): Promise<number[]> {
  const wanted = shuffled(file.ids);
  return withEngine([file.path], { indexFolder: tempDir('index') }, async engine => {
    await engine.call({ call: 'index' });
    await engine.call({ call: 'lookups', ids: wanted.slice(0, 200).map(({ correlationId }) => correlationId) });
    const { facts } = await engine.call({ call: 'lookups', ids: wanted.map(({ correlationId }) => correlationId) });
    const expected = wanted.reduce((sum, { records }) => sum + records, 0);
    mustBe('look-up with an index', 'records', facts.records ?? 0, expected);
    return facts.times ?? [];
  });
}
