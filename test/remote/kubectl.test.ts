import assert from 'node:assert/strict';
import type { LogEngine } from '../../src/common/protocol/logEngine';
import type { RemoteWork } from '../../src/node/remote/remoteWork';
import { commandEngine, commandWork } from '../node/support/commands/fakeCommands';
import { tempFolder, withEngine } from '../node/support/logs';
import { documentOf, whyNotRead } from '../node/support/remoteAnswers';
import { until } from '../node/support/until';
import { setEnvironment } from './support/environment';
import { KubeServer } from './support/kubeServer';
import { order, programLines, stampOf, stepsOf, wholeLines } from './support/orderLines';

const all = programLines(6_000).map(({ ms, text }) => ({ stamp: stampOf(ms), text }));
const texts = all.map(({ text }) => text);

const stepsIn = async (engine: LogEngine) => stepsOf(await documentOf(engine, order));

describe('The real kubectl command line', () => {
  let server: KubeServer;
  let work: RemoteWork;
  let restore: () => void;
  let folder: string;
  beforeEach(async () => {
    folder = tempFolder();
    server = new KubeServer();
    restore = setEnvironment({ KUBECONFIG: await server.start(folder), HOME: folder });
    work = commandWork(undefined, [50, 100]);
  });
  afterEach(async () => {
    await work.dispose();
    restore();
    await server.stop();
  });
  const reasonOf = (place: string) => whyNotRead(work, place);
  const bodies = (path: string): string[] => wholeLines(path).map(line => line.slice(line.indexOf('{')));

  it('gives the trace of the same lines in files, over several pods and a restart', async () => {
    const first = server.pod('orders-7d9f8c6b5-x2x4z');
    const second = server.pod('orders-7d9f8c6b5-b7b8c');
    server.write(first, all.slice(0, 1_000));
    server.restart(first);
    server.write(first, all.slice(1_000, 2_000));
    server.write(second, all.slice(2_000, 3_000));
    const engine = commandEngine(work);
    await engine.setSources([{ kind: 'path', path: 'kubectl:test@shop/deployment/orders' }]);
    const far = await stepsIn(engine);
    const source = 'kubectl:test@shop/orders-7d9f8c6b5-x2x4z/app.prev';
    const at = await engine.at({ source, line: 8 });
    assert.equal(at.record.message, 'did 7 größe');
    await engine.dispose();
    const text = (from: number, to: number) =>
      texts
        .slice(from, to)
        .map(each => `${each}\n`)
        .join('');
    const files = {
      'orders.log.1': text(0, 1_000),
      'orders.log': text(1_000, 2_000),
      'a/orders.log': text(2_000, 3_000),
    };
    const here = await withEngine([tempFolder(files)], stepsIn);
    assert.equal(far?.length, 30);
    assert.deepEqual(far, here);
  });

  it('resumes a log of which the connection broke in the middle: nothing lost, nothing twice', async () => {
    server.write(server.pod('orders-0'), all);
    server.breakAfter = 500_003;
    const { files, skipped } = await work.list('kubectl:shop/orders-0');
    assert.deepEqual(skipped, []);
    assert.deepEqual(bodies(files[0]?.path ?? ''), texts);
  });

  it('follows a pod, and one whose container is restarted, within two seconds', async () => {
    const pod = server.pod('orders-0');
    server.write(pod, all.slice(0, 100));
    const stop = new AbortController();
    const paths = new Map<string, string>();
    const watching = work.watch('kubectl:shop/app=orders', {
      signal: stop.signal,
      onProgress: ({ files }) => {
        for (const { url, path } of files) paths.set(url, path);
      },
    });
    const got = () => [...paths.values()].flatMap(bodies);
    await until(() => server.open === 1);
    const lags: number[] = [];
    for (let from = 100; from < 2_500; from += 300) {
      server.write(pod, all.slice(from, from + 300));
      const written = performance.now();
      await until(() => got().length === from + 300);
      lags.push(performance.now() - written);
    }
    server.restart(pod);
    server.write(pod, all.slice(2_500, 2_600));
    const restarted = performance.now();
    await until(() => got().length === 2_600);
    const lag = Math.round(Math.max(...lags));
    console.log(
      `      lag of kubectl logs: ${lag} ms at most, ${Math.round(performance.now() - restarted)} ms over a restart`,
    );
    assert.deepEqual(got().sort(), texts.slice(0, 2_600).sort());
    assert.deepEqual([...paths.keys()].sort(), ['kubectl:shop/orders-0/app', 'kubectl:shop/orders-0/app.prev']);
    stop.abort();
    await watching;
    await work.dispose();
    await until(() => server.open === 0);
  });

  it('says what is wrong', async () => {
    assert.match(await reasonOf('kubectl:shop/nobody'), /^the cluster has no such thing: .*"nobody" not found/);
    assert.match(await reasonOf('kubectl:else@shop/orders-0'), /^kubectl knows no such context/);
    assert.match(await reasonOf('kubectl:$(id)@shop/orders-0'), /^kubectl knows no such context/);
    server.pod('--kubeconfig=x');
    assert.match(await reasonOf('kubectl:shop/*'), /^its name is none that Kubernetes allows/);
    server.refuses = { status: 401, reason: 'Unauthorized', message: 'Unauthorized' };
    assert.match(await reasonOf('kubectl:shop/orders-0'), /^kubectl is not logged in to the cluster/);
    server.refuses = {
      status: 403,
      reason: 'Forbidden',
      message: 'pods is forbidden: User "x" cannot list resource "pods"',
    };
    assert.match(await reasonOf('kubectl:shop/orders-0'), /^you may not read this in the cluster/);
    await server.stop();
    assert.match(await reasonOf('kubectl:shop/orders-0'), /^kubectl cannot reach the cluster/);
    await server.start(folder);
  });
});
