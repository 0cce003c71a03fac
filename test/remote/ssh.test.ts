import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { RemoteListing } from '../../src/node/remote/remoteDoor';
import { others, tempFolder } from '../node/support/logs';
import { AskedHost } from './support/askedHost';
import { SshServer } from './support/sshServer';
import { sshWork } from './support/sshWork';

const all = { from: 0, to: Number.MAX_SAFE_INTEGER };
const large = others(150_000);

const namesOf = ({ files }: RemoteListing): string[] => files.map(({ url }) => path.basename(url));
const reasonOf = ({ skipped }: RemoteListing): string => skipped.map(({ reason }) => reason).join('; ');

describe('Logs behind SSH', () => {
  let server: SshServer;

  before(async () => {
    server = await SshServer.start(tempFolder());
    writeFileSync(path.join(server.logs, 'app.log'), large);
    writeFileSync(path.join(server.logs, 'app.log.1'), others(10, 500_000));
    writeFileSync(path.join(server.logs, '.hidden.log'), 'hidden\n');
    mkdirSync(path.join(server.logs, 'sub/deep'), { recursive: true });
    writeFileSync(path.join(server.logs, 'sub/deep/b.log'), others(5));
    symlinkSync('..', path.join(server.logs, 'sub/loop'));
  });

  after(() => server.stop());

  it('are found by name, folder and glob', async () => {
    const work = sshWork(server);
    assert.deepEqual(namesOf(await work.list(server.url('app.log'))), ['app.log']);
    assert.deepEqual(namesOf(await work.list(server.url('*.log*'))), ['app.log', 'app.log.1']);
    assert.deepEqual(namesOf(await work.list(server.url('**/*.log'))), ['app.log', 'b.log']);
    assert.deepEqual(namesOf(await work.list(server.url())), ['.hidden.log', 'app.log', 'app.log.1', 'b.log']);
    assert.match(reasonOf(await work.list(server.url('none.log'))), /has no .*none\.log: check the path/);
    assert.match(reasonOf(await work.list(server.url('*.txt'))), /no file fits this pattern/);
    await work.dispose();
  });

  it('come byte for byte', async () => {
    const work = sshWork(server);
    const url = server.url('app.log');
    const { files } = await work.list(url);
    await work.hold({ url, stretches: [all] });
    assert.ok(readFileSync(files[0]?.path ?? '', 'utf8') === large);
    await work.dispose();
  });

  it('are found whatever they are called', async () => {
    const folder = path.join(server.logs, 'names');
    mkdirSync(folder);
    const names = [
      'a b.log',
      `it's "q".log`,
      '$(touch pwned).log',
      'new\nline.log',
      '-rf.log',
      '`id`.log',
      '!x\\y.log',
      'ü%20#?.log',
    ];
    for (const name of names)
      writeFileSync(path.join(folder, name), `${others(20)}needle in ${JSON.stringify(name)}\n`);
    const work = sshWork(server);
    const listing = await work.list(server.url('names'));
    assert.deepEqual(namesOf(listing).sort(), [...names].sort());
    for (const { url, path: copy } of listing.files) {
      assert.match(readFileSync(copy, 'utf8'), /needle in/, url);
      const hits = await work.search({ url, texts: ['NEEDLE'] });
      const there = readFileSync(copy, 'utf8');
      const expected = [{ at: Buffer.byteLength(there.slice(0, there.indexOf('needle'))), line: 21 }];
      // What no shell can be trusted with is not searched there, but read.
      assert.deepEqual(hits, /[\n\\!]/.test(path.basename(url)) ? null : expected, url);
    }
    const url = server.url('names/it\'s "q".log');
    assert.equal(await work.countLines({ url, to: others(20).length }), 20);
    assert.equal(await work.countLines({ url, to: 1e9 }), null, 'the file is shorter');
    assert.deepEqual(await work.search({ url: server.url('names/a b.log'), texts: ['nowhere', "it's $(id)"] }), []);
    await work.dispose();
  });

  it('go on where the connection broke off', async () => {
    const host = new AskedHost();
    const work = sshWork(server, host);
    const url = server.url('app.log');
    const { files } = await work.list(url);
    const holding = work.hold({ url, stretches: [all] });
    const dropped = (async () => {
      while (((await work.states())[0]?.bytes ?? 0) < 2_000_000) await delay(1);
      server.dropConnections();
    })();
    await Promise.all([holding, dropped]);
    assert.ok(readFileSync(files[0]?.path ?? '', 'utf8') === large);
    assert.ok(host.states.some(({ phase, error }) => phase === 'waiting' && /broke off/.test(error ?? '')));
    assert.equal((await work.states())[0]?.phase, 'ready');
    await work.dispose();
  });

  it('end at once when nobody wants them, also of a server that stalls', async () => {
    const work = sshWork(server);
    const url = server.url('app.log');
    await work.list(url);
    server.signalConnections('SIGSTOP');
    const stop = new AbortController();
    const holding = work.hold({ url, stretches: [all] }, { signal: stop.signal });
    await delay(50);
    const started = performance.now();
    stop.abort();
    await assert.rejects(holding, { name: 'AbortError' });
    assert.ok(performance.now() - started < 500);
    server.signalConnections('SIGCONT');
    await work.dispose();
  });

  it('come from a server that stalls as soon as another connection is served', async () => {
    const host = new AskedHost();
    const work = sshWork(server, host);
    const url = server.url('app.log');
    const { files } = await work.list(url);
    server.signalConnections('SIGSTOP');
    await work.hold({ url, stretches: [all] });
    assert.ok(readFileSync(files[0]?.path ?? '', 'utf8') === large);
    assert.ok(host.states.some(({ error }) => /silent for 1 s/.test(error ?? '')));
    server.signalConnections('SIGCONT');
    await work.dispose();
  });

  it('are followed through a rotation', async () => {
    const folder = path.join(server.logs, 'live');
    mkdirSync(folder);
    const file = path.join(folder, 'a.log');
    writeFileSync(file, others(10));
    const work = sshWork(server);
    const first = await work.list(server.url('live/*'));
    writeFileSync(file, others(20));
    renameSync(file, `${file}.1`);
    writeFileSync(file, others(3, 50));
    const { files } = await work.list(server.url('live/*'));
    assert.deepEqual(
      files.map(({ url, path: copy }) => [path.basename(url), readFileSync(copy, 'utf8')]),
      [
        ['a.log', others(3, 50)],
        ['a.log.1', others(20)],
      ],
    );
    assert.equal(files[1]?.file, first.files[0]?.file);
    await work.dispose();
  });
});
