import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import type { LogEngine } from '../../src/common/protocol/logEngine';
import type { RemoteWork } from '../../src/node/remote/remoteWork';
import { commandEngine, commandWork } from '../node/support/commands/fakeCommands';
import { tempFolder, withEngine } from '../node/support/logs';
import { documentOf, whyNotRead } from '../node/support/remoteAnswers';
import { until } from '../node/support/until';
import { type ContainerLine, DockerDaemon } from './support/dockerDaemon';
import { setEnvironment } from './support/environment';
import { order, programLines, stampOf, stepsOf, wholeLines } from './support/orderLines';

const lines = (count: number): ContainerLine[] =>
  programLines(count).map(({ ms, stream, text }) => ({ stamp: stampOf(ms), stream, text: `${text}\n` }));

const stepsIn = async (engine: LogEngine) => stepsOf(await documentOf(engine, order));

describe('The real docker command line', () => {
  let daemon: DockerDaemon;
  let work: RemoteWork;
  let restore: () => void;
  beforeEach(async () => {
    const folder = tempFolder();
    daemon = new DockerDaemon(folder);
    await daemon.start();
    restore = setEnvironment({ DOCKER_HOST: `unix://${daemon.socket}`, DOCKER_CONFIG: folder, DOCKER_CONTEXT: '' });
    work = commandWork(undefined, [50, 100]);
  });
  afterEach(async () => {
    await work.dispose();
    restore();
    await daemon.stop();
  });
  const reasonOf = (place: string) => whyNotRead(work, place);
  const bodies = (path: string): string[] => wholeLines(path).map(line => line.slice(line.indexOf('{')));

  it('gives the trace of the same lines in a file, and opens a line of it', async () => {
    daemon.write(daemon.container('a', 'orders'), lines(3_000));
    const engine = commandEngine(work);
    await engine.setSources([{ kind: 'path', path: 'docker:orders' }]);
    const far = await stepsIn(engine);
    const at = await engine.at({ source: 'docker:orders', line: 8 });
    assert.equal(at.record.message, 'did 7 größe');
    await engine.dispose();
    const text = programLines(3_000)
      .map(each => `${each.text}\n`)
      .join('');
    const here = await withEngine([tempFolder({ 'orders.log': text })], stepsIn);
    assert.equal(far?.length, 30);
    assert.deepEqual(far, here);
  });

  it('resumes a log of which the connection broke in the middle: nothing lost, nothing twice', async () => {
    daemon.write(daemon.container('a', 'orders'), lines(20_000));
    daemon.breakAfter = 1_000_003;
    const { files, skipped } = await work.list('docker:orders');
    assert.deepEqual(skipped, []);
    assert.deepEqual(
      bodies(files[0]?.path ?? ''),
      programLines(20_000).map(({ text }) => text),
    );
  });

  it('follows both streams and a restart within two seconds, and leaves nothing open', async () => {
    const container = daemon.container('a', 'orders', { app: 'orders' });
    const all = lines(4_000);
    daemon.write(container, all.slice(0, 100));
    const stop = new AbortController();
    let path = '';
    const watching = work.watch('docker:label=app=orders', {
      signal: stop.signal,
      onProgress: ({ files }) => {
        path = files[0]?.path ?? path;
      },
    });
    await until(() => daemon.open === 1);
    const lags: number[] = [];
    for (let from = 100; from < all.length; from += 300) {
      if (from === 1_900) {
        container.running = false;
        daemon.changed();
        await delay(300);
        Object.assign(container, { running: true, started: '2026-03-02T10:01:00Z' });
      }
      daemon.write(container, all.slice(from, from + 300));
      const written = performance.now();
      await until(() => path !== '' && bodies(path).length === Math.min(all.length, from + 300));
      lags.push(performance.now() - written);
    }
    console.log(`      lag of docker logs: ${Math.round(Math.max(...lags))} ms at most`);
    assert.deepEqual(
      bodies(path).sort(),
      programLines(4_000)
        .map(({ text }) => text)
        .sort(),
    );
    stop.abort();
    await watching;
    await work.dispose();
    await until(() => daemon.open === 0);
  });

  it('ends at once when nobody wants it any more, also of a daemon that stalls', async () => {
    daemon.container('a', 'orders');
    daemon.stalls = true;
    const stop = new AbortController();
    const listing = work.list('docker:orders', { signal: stop.signal });
    await delay(300);
    stop.abort();
    await assert.rejects(listing, { name: 'AbortError' });
  });

  it('says what is wrong', async () => {
    assert.match(await reasonOf('docker:nobody'), /^there is no container nobody/);
    assert.match(await reasonOf('docker:label=a=$(id)'), /^no container fits/);
    daemon.refuses = { status: 403, message: 'permission denied by the proxy' };
    assert.match(await reasonOf('docker:*'), /^you may not use docker/);
    await daemon.stop();
    assert.match(await reasonOf('docker:*'), /^docker does not run or cannot be reached/);
    await daemon.start();
  });
});
