import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { LogEngine } from '../../src/common/protocol/logEngine';
import type { RemoteWork } from '../../src/node/remote/remoteWork';
import { commandEngine, commandWork } from '../node/support/commands/fakeCommands';
import { tempFolder, withEngine } from '../node/support/logs';
import { until } from '../node/support/until';
import { JournalFiles } from './support/journalFiles';
import { order, programLines, stepsOf } from './support/orderLines';

const texts = programLines(3_000).map(({ text }) => text);

async function documentIn(engine: LogEngine) {
  const found = await engine.lookup({ text: order });
  return found.kind === 'trace' ? engine.document(found.trace.traceId) : null;
}

describe('The real journalctl on a journal of its own', () => {
  let journal: JournalFiles;
  let work: RemoteWork;
  let place: string;
  beforeEach(() => {
    journal = new JournalFiles(tempFolder());
    place = `journal:directory=${journal.folder}&unit=orders.service`;
    work = commandWork(undefined, [50, 100]);
  });
  afterEach(() => work.dispose());
  const messages = (path: string): string[] =>
    readFileSync(path, 'utf8')
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line).MESSAGE);

  it('gives the trace of the same lines in a file, and opens an entry of it', async () => {
    journal.write('orders', texts);
    journal.write('mailer', [`not asked for ${order}`]);
    const engine = commandEngine(work);
    await engine.setSources([{ kind: 'path', path: place }]);
    const far = await documentIn(engine);
    const at = await engine.at({ source: place, line: 8 });
    assert.equal(at.record.message, 'did 7 größe');
    await engine.dispose();
    const folder = tempFolder({ 'orders.log': texts.map(each => `${each}\n`).join('') });
    const here = await withEngine([folder], documentIn);
    assert.equal(far?.steps.length, 30);
    assert.deepEqual(stepsOf(far), stepsOf(here));
  });

  it('finds messages with terminal escapes, and of more than one line', async () => {
    journal.write('orders', [
      `\u001b[32minfo\u001b[0m took correlationId=${order}`,
      `failed correlationId=${order}\n  at a\n  at b`,
      'x'.repeat(10_000),
    ]);
    const { files } = await work.list(place);
    assert.equal(messages(files[0]?.path ?? '')[2]?.length, 10_000);
    const engine = commandEngine(work);
    await engine.setSources([{ kind: 'path', path: place }]);
    const document = await documentIn(engine);
    await engine.dispose();
    const records = document?.steps.flatMap(step => step.records) ?? [];
    assert.deepEqual(
      records.map(({ line, timestamp }) => [line, timestamp?.slice(11, 23)]),
      [
        [1, '10:00:00.000'],
        [2, '10:00:00.010'],
      ],
    );
  });

  it('follows it within two seconds, every entry once', async () => {
    journal.write('orders', texts.slice(0, 100));
    const stop = new AbortController();
    let path = '';
    const watching = work.watch(place, {
      signal: stop.signal,
      onProgress: ({ files }) => {
        path = files[0]?.path ?? path;
      },
    });
    await until(() => path !== '');
    const lags: number[] = [];
    for (let from = 100; from < 1_000; from += 100) {
      journal.write('orders', texts.slice(from, from + 100));
      const written = performance.now();
      await until(() => messages(path).length === from + 100);
      lags.push(performance.now() - written);
    }
    console.log(`      lag of journalctl: ${Math.round(Math.max(...lags))} ms at most`);
    assert.deepEqual(messages(path), texts.slice(0, 1_000));
    stop.abort();
    await watching;
  });

  it('says what is wrong', async () => {
    const reasonOf = async (what: string) => (await work.list(what)).skipped[0]?.reason ?? '';
    assert.match(await reasonOf('journal:directory=/nowhere/at/all'), /^there is no journal here/);
    assert.match(
      await reasonOf(`journal:directory=${journal.folder}&since=$(id)`),
      /^journalctl says: .*timestamp: \$\(id\)/,
    );
  });
});
