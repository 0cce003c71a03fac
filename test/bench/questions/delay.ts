/** How late the event loop is of the thread that calls the engine, which then runs in a worker, as in the editor. */
import { tempDir } from '../../host/paths';
import { logFile, middleId } from '../data';
import type { EngineCall } from '../ours/engineCalls';
import { withEngine } from '../ours/engineProcess';
import type { Bench } from '../question';
import { number } from '../report';
import { median, most } from '../statistics';

export async function delay({ options, report }: Bench): Promise<void> {
  const file = await logFile('json', options.sizes.full);
  const cells: string[][] = [];
  await withEngine([file.path], { behindWorker: true, indexFolder: tempDir('index') }, async engine => {
    const during = async (name: string, call: EngineCall, before: EngineCall) => {
      const delays = [];
      for (let round = 0; round <= options.rounds; round++) {
        await engine.call(before);
        const { delay } = await engine.call(call);
        if (round > 0) delays.push(delay);
      }
      const p99 = median(delays.map(({ p99 }) => p99));
      cells.push([name, String(delays.length), number(p99), number(most(delays.map(({ most }) => most)))]);
      return p99;
    };
    const forget: EngineCall = { call: 'clearIndex' };
    await during('a look-up without an index', { call: 'lookup', id: middleId(file).id }, forget);
    report.measured('delay', await during('indexing', { call: 'index' }, forget));
  });
  report.table(
    'Event-loop delay of the caller while the engine works in its worker',
    ['during', 'rounds', 'median of p99, ms', 'most ms'],
    cells,
  );
}
