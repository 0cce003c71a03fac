import assert from 'node:assert/strict';
import type { LogEngine } from '../../src/common/protocol/logEngine';
import { journalOver } from '../../src/node/remote/commands/farJournal';
import { MirrorStore } from '../../src/node/remote/mirrorStore';
import { RemoteWork } from '../../src/node/remote/remoteWork';
import { commandEngine, commandWork } from '../node/support/commands/fakeCommands';
import { tempFolder, withEngine } from '../node/support/logs';
import { documentOf, whyNotRead } from '../node/support/remoteAnswers';
import { until } from '../node/support/until';
import { AskedHost } from './support/askedHost';
import { JournalFiles } from './support/journalFiles';
import { order, programLines, stepsOf, wholeLines } from './support/orderLines';
import { SshServer } from './support/sshServer';

const texts = programLines(3_000).map(({ text }) => text);

const documentIn = (engine: LogEngine) => documentOf(engine, order);

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
  const messages = (path: string): string[] => wholeLines(path).map(line => JSON.parse(line).MESSAGE);

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
    const reasonOf = (what: string) => whyNotRead(work, what);
    assert.match(await reasonOf('journal:directory=/nowhere/at/all'), /^there is no journal here/);
    assert.match(
      await reasonOf(`journal:directory=${journal.folder}&since=$(id)`),
      /^journalctl says: .*timestamp: \$\(id\)/,
    );
  });
});

describe('The journal of a host that speaks SSH', () => {
  let server: SshServer;
  before(async () => {
    server = await SshServer.start(tempFolder());
  });
  after(() => server.stop());
  const farWork = (host = new AskedHost()) =>
    new RemoteWork({
      store: new MirrorStore(tempFolder(), 2 ** 30),
      host,
      connect: async () => () => journalOver(host, server.home),
      pauses: [50, 100],
      interval: 50,
    });
  const authority = () => /^ssh:\/\/[^/]+/.exec(server.url())?.[0].replace('ssh:', 'journal+ssh:') ?? '';

  it('is read, followed and gone on with after the connection was lost', async () => {
    const journal = new JournalFiles(tempFolder());
    const place = `${authority()}/?directory=${journal.folder}&unit=orders.service`;
    journal.write('orders', texts.slice(0, 500));
    const work = farWork();
    const engine = commandEngine(work);
    await engine.setSources([{ kind: 'path', path: place }]);
    const far = await documentIn(engine);
    assert.equal(far?.steps.length, 5);
    const { files, skipped } = await work.list(place);
    assert.deepEqual(skipped, []);
    const path = files[0]?.path ?? '';
    const messages = () => wholeLines(path).map(line => JSON.parse(line).MESSAGE);
    const stop = new AbortController();
    const watching = work.watch(place, { signal: stop.signal, onProgress: () => {} });
    for (let from = 500; from < 900; from += 100) {
      journal.write('orders', texts.slice(from, from + 100));
      if (from === 700) server.dropConnections();
      await until(() => messages().length === from + 100);
    }
    assert.deepEqual(messages(), texts.slice(0, 900));
    stop.abort();
    await watching;
    await engine.dispose();
  });

  it('says what is wrong, and hands nothing to a shell', async () => {
    const work = farWork();
    const reasonOf = (what: string) => whyNotRead(work, `${authority()}/?${what}`);
    assert.match(await reasonOf('directory=/nowhere/at/all'), /^there is no journal here/);
    assert.match(await reasonOf("since=$(touch /tmp/pwned)';id"), /^journalctl says: .*\$\(touch \/tmp\/pwned\)';id/);
    assert.match(await reasonOf('identifier=a!b'), /cannot be handed to the shell/);
    assert.match(await reasonOf('--help'), /^Say which part of the journal/);
    await work.dispose();
  });
});
