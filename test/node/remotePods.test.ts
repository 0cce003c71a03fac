import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { commandSuite } from './support/commands/commandSuite';
import { commandEngine } from './support/commands/fakeCommands';
import { whyNotRead } from './support/remoteAnswers';

const stampOf = (ms: number): string => new Date(Date.UTC(2026, 2, 2, 10) + ms).toISOString().replace('Z', '000001Z');
const written = (ms: number, text: string): string => `${stampOf(ms)} stdout ${text}`;
const kept = (ms: number, text: string): string => `${stampOf(ms)} - F ${text}\n`;

const terminated = (containerID: string) => ({ terminated: { containerID } });
const running = { running: { startedAt: '2026-03-02T10:00:00Z' } };
const pod = (name: string, ...containerStatuses: unknown[]) => ({ metadata: { name }, status: { containerStatuses } });

describe('Pods, told by the command line of kubectl', () => {
  const suite = commandSuite();

  async function textsOf(place: string): Promise<Record<string, string>> {
    const { files, skipped } = await suite.work.list(place);
    assert.deepEqual(skipped, []);
    return Object.fromEntries(files.map(({ url, path }) => [url, readFileSync(path, 'utf8')]));
  }
  const reasonOf = (place: string) => whyNotRead(suite.work, place);

  it('makes a source of each container of each pod, and of the one that ran before', async () => {
    const app = { name: 'app', containerID: 'containerd://2', state: running, lastState: terminated('containerd://1') };
    const proxy = { name: 'proxy', containerID: 'containerd://3', state: running, lastState: {} };
    suite.fake.world({
      pods: [pod('orders-0', app, proxy), pod('orders-1', { ...proxy, containerID: 'containerd://4' })],
    });
    suite.fake.log('orders-0.app.prev', [written(0, 'before')]);
    suite.fake.log('orders-0.app', [written(1, 'after')]);
    suite.fake.log('orders-0.proxy', [written(2, 'GET /')]);
    suite.fake.log('orders-1.proxy', [written(3, 'GET /1')]);
    const expected = {
      'kubectl:shop/orders-0/app.prev': kept(0, 'before'),
      'kubectl:shop/orders-0/app': kept(1, 'after'),
      'kubectl:shop/orders-0/proxy': kept(2, 'GET /'),
      'kubectl:shop/orders-1/proxy': kept(3, 'GET /1'),
    };
    assert.deepEqual(await textsOf('kubectl:shop/app=orders'), expected);
    // The server tells again all of a second.
    suite.fake.log('orders-0.app', [written(900, 'more')]);
    expected['kubectl:shop/orders-0/app'] += kept(900, 'more');
    assert.deepEqual(await textsOf('kubectl:shop/app=orders'), expected);
    assert.deepEqual(Object.keys(await textsOf('kubectl:shop/orders-1/proxy')), ['kubectl:shop/orders-1/proxy']);
    const engine = commandEngine(suite.work);
    await engine.setSources([{ kind: 'path', path: 'kubectl:shop/app=orders' }]);
    const { sources } = await engine.sources({ full: false });
    await engine.dispose();
    assert.deepEqual(
      sources.map(({ path, set, service, wrapper }) => [path, set, service.value, wrapper]),
      [
        ['kubectl:shop/orders-0/app.prev', 'app', 'orders', 'cri'],
        ['kubectl:shop/orders-0/app', 'app', 'orders', 'cri'],
        ['kubectl:shop/orders-0/proxy', null, 'proxy', 'cri'],
        ['kubectl:shop/orders-1/proxy', null, 'proxy', 'cri'],
      ],
    );
  });

  it('goes on with the container that takes the place of one that ended, and loses neither', async () => {
    const first = { name: 'app', containerID: 'containerd://1', state: running, lastState: {} };
    suite.fake.world({ pods: [pod('orders-0', first)] });
    suite.fake.log('orders-0.app', [written(0, 'one')]);
    assert.deepEqual(await textsOf('kubectl:shop/orders-0'), { 'kubectl:shop/orders-0/app': kept(0, 'one') });
    const second = { ...first, containerID: 'containerd://2', lastState: terminated('containerd://1') };
    suite.fake.install('kubectl');
    suite.fake.log('orders-0.app.prev', [written(0, 'one'), written(1, 'last words')]);
    suite.fake.empty('orders-0.app');
    suite.fake.log('orders-0.app', [written(5, 'two')]);
    suite.fake.world({ pods: [pod('orders-0', second)] });
    assert.deepEqual(await textsOf('kubectl:shop/orders-0'), {
      'kubectl:shop/orders-0/app.prev': kept(0, 'one') + kept(1, 'last words'),
      'kubectl:shop/orders-0/app': kept(5, 'two'),
    });
  });

  it('reads the last log of one that waits to be started again, and tells of one that has not begun', async () => {
    const waiting = { waiting: { reason: 'CrashLoopBackOff' } };
    const crashing = { name: 'app', state: waiting, lastState: terminated('containerd://1') };
    const creating = { name: 'init', state: { waiting: { reason: 'ContainerCreating' } }, lastState: {} };
    suite.fake.world({ pods: [pod('orders-0', crashing, creating)] });
    suite.fake.log('orders-0.app', [written(0, 'no database')]);
    const { files, skipped } = await suite.work.list('kubectl:shop/orders-0');
    assert.deepEqual(
      files.map(({ url }) => url),
      ['kubectl:shop/orders-0/app'],
    );
    assert.deepEqual(skipped, [
      { source: 'kubectl:shop/orders-0/init', reason: 'has not started yet (ContainerCreating)' },
    ]);
  });

  it('asks for the pods of a deployment by its selector, in the context that is named', async () => {
    const matchExpressions = [{ key: 'tier', operator: 'In', values: ['a', 'b'] }];
    const deployment = { spec: { selector: { matchLabels: { app: 'orders' }, matchExpressions } } };
    suite.fake.world({ workloads: { 'deployment/orders': deployment }, pods: [] });
    assert.match(await reasonOf('kubectl:prod@eu/1@shop/deploy/orders'), /^no pod fits/);
    const last = suite.fake.calls().at(-1)?.args;
    assert.deepEqual(last, [
      ...['get', '--context=prod@eu/1', '--namespace=shop', '--output=json', '--request-timeout=20s'],
      ...['--selector=app=orders,tier in (a,b)', '--', 'pods'],
    ]);
  });

  it('runs nothing for names that Kubernetes does not allow, wherever they come from', async () => {
    for (const name of ['shop/--help', 'shop/$(id)', '--all/x', 'shop', 'shop/a b', 'shop/a\nb', 'shop/', 'a/b/c/d'])
      assert.match(await reasonOf(`kubectl:${name}`), /^Name the namespace/, name);
    assert.deepEqual(suite.fake.calls(), []);
    const odd = { name: '--follow', containerID: 'x', state: running };
    suite.fake.world({ pods: [pod('--kubeconfig=/x', odd), pod('fine', odd)] });
    const { files, skipped } = await suite.work.list('kubectl:shop/*');
    assert.deepEqual(files, []);
    assert.equal(skipped.length, 2);
    assert.ok(suite.fake.calls().every(({ args }) => args[0] === 'get'));
  });

  it('says in a sentence what is wrong', async () => {
    for (const [complaint, sentence] of [
      ['error: You must be logged in to the server (Unauthorized)', /^kubectl is not logged in to the cluster/],
      [
        'Error from server (Forbidden): pods is forbidden: User "x" cannot list',
        /^you may not read this in the cluster/,
      ],
      ['Error from server (NotFound): pods "x" not found', /^the cluster has no such thing: /],
      ['error: context "x" does not exist', /^kubectl knows no such context/],
      ['The connection to the server localhost:8080 was refused - did you', /^kubectl cannot reach the cluster/],
    ] as const) {
      suite.fake.world({ faults: { all: complaint } });
      assert.match(await reasonOf('kubectl:shop/x'), sentence);
    }
    suite.fake.remove('kubectl');
    assert.match(await reasonOf('kubectl:shop/x'), /^kubectl is not installed: /);
  });

  it('keeps what is here of a cluster that cannot be reached any more', async () => {
    suite.fake.world({ pods: [pod('orders-0', { name: 'app', containerID: '1', state: running })] });
    suite.fake.log('orders-0.app', [written(0, 'one')]);
    await textsOf('kubectl:shop/orders-0');
    suite.fake.world({ faults: { all: 'The connection to the server x was refused' } });
    const { files, skipped } = await suite.work.list('kubectl:shop/orders-0');
    assert.equal(files[0]?.url, 'kubectl:shop/orders-0/app');
    assert.match(skipped[0]?.reason ?? '', /cannot reach the cluster/);
    assert.equal((await suite.work.states())[0]?.phase, 'failed');
  });
});
