/** How late the event loop is of the thread that calls the engine, which then runs in a worker, as in the editor. */
import { logFile } from '../data';
import { EngineProcess } from '../ours/engineProcess';
import type { Bench } from '../question';
import { number } from '../report';
import { median, most } from '../statistics';

export async function delay({ options, report }: Bench): Promise<void> {
  const file = await logFile('json', options.sizes.full);
  const id = file.ids[file.ids.length >> 1]!.correlationId;
  const engine = await EngineProcess.start([file.path], { behindWorker: true });
  try {
    const delays = [];
    for (let round = 0; round <= options.rounds; round++) {
      const { delay } = await engine.call({ call: 'lookup', id });
      if (round > 0) delays.push(delay);
    }
    const p99 = median(delays.map(({ p99 }) => p99));
    const longest = most(delays.map(({ most }) => most));
    report.missing('delay', 'this engine has no index yet');
    report.table(
      'Event-loop delay of the caller while the engine works in its worker',
      ['during', 'rounds', 'median of p99, ms', 'most ms'],
      [['a look-up without an index', String(delays.length), number(p99), number(longest)]],
    );
  } finally {
    await engine.stop();
  }
}
