import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { commandSuite } from './support/commands/commandSuite';
import { commandEngine } from './support/commands/fakeCommands';
import { tempFolder, withEngine } from './support/logs';
import { whyNotRead } from './support/remoteAnswers';
import { until } from './support/until';

const id = (letter: string): string => letter.repeat(64);
const stampOf = (ms: number): string => new Date(Date.UTC(2026, 2, 2, 10) + ms).toISOString().replace('Z', '000001Z');
const written = (ms: number, text: string, stream = 'stdout'): string => `${stampOf(ms)} ${stream} ${text}`;
const kept = (ms: number, text: string, stream = 'stdout'): string => `${stampOf(ms)} ${stream} F ${text}\n`;

describe('Containers, told by the command line of docker and podman', () => {
  const suite = commandSuite();

  async function textOf(place: string): Promise<string> {
    const { files, skipped } = await suite.work.list(place);
    assert.deepEqual(skipped, []);
    return files.map(({ path }) => readFileSync(path, 'latin1')).join('');
  }
  const reasonOf = (place: string) => whyNotRead(suite.work, place);

  it('merges both streams by their stamps, and appends only what is new, ties included', async () => {
    suite.fake.world({ containers: [{ id: id('a'), name: 'web' }] });
    suite.fake.log(id('a'), [written(0, 'one'), written(1, 'two', 'stderr'), written(2, 'three'), written(2, 'three')]);
    const first = `${kept(0, 'one')}${kept(1, 'two', 'stderr')}${kept(2, 'three')}${kept(2, 'three')}`;
    assert.equal(await textOf('docker:web'), first);
    assert.equal(await textOf('docker:web'), first);
    // One with the stamp of the last, one that was stamped before it, and a third of the same words.
    suite.fake.log(id('a'), [written(2, 'three'), written(1.5, 'late', 'stderr'), written(3, 'four')]);
    const more = `${kept(1.5, 'late', 'stderr')}${kept(2, 'three')}${kept(3, 'four')}`;
    assert.equal(await textOf('docker:web'), first + more);
    assert.equal(await textOf('docker:web'), first + more);
  });

  it('puts a line together that docker cut, and keeps bytes that are no text', async () => {
    suite.fake.world({ containers: [{ id: id('a'), name: 'web' }] });
    const long = 'x'.repeat(16 * 1024);
    suite.fake.log(id('a'), [written(0, `${long}${stampOf(0.1)} rest \xff`)]);
    assert.equal(await textOf('docker:web'), `${stampOf(0)} stdout P ${long}\n${stampOf(0.1)} stdout F rest \xff\n`);
  });

  it('knows what is here of a line that is longer than what is handed back of the end', async () => {
    suite.fake.world({ containers: [{ id: id('a'), name: 'web' }] });
    const long = 'y'.repeat(100_000);
    suite.fake.log(id('a'), [written(0, 'short'), written(1, long)]);
    const first = await textOf('docker:web');
    suite.fake.log(id('a'), [written(1.5, 'more')]);
    assert.ok((await textOf('docker:web')) === first + kept(1.5, 'more'));
  });

  it('lists by label and by wildcard, each container as a source of its own', async () => {
    const containers = [
      { id: id('a'), name: 'web-1', labels: ['app=web'] },
      { id: id('b'), name: 'web-2', labels: ['app=web'] },
      { id: id('c'), name: 'db', labels: ['app=db'] },
    ];
    suite.fake.world({ containers });
    for (const each of containers) suite.fake.log(each.id, [written(0, each.name)]);
    const urls = async (place: string) => (await suite.work.list(place)).files.map(({ url }) => url);
    assert.deepEqual(await urls('docker:label=app=web'), ['docker:web-1', 'docker:web-2']);
    assert.deepEqual(await urls('docker:*2'), ['docker:web-2']);
    assert.deepEqual(await urls('podman:db'), ['podman:db']);
    assert.equal(suite.fake.calls().at(-1)?.program, 'podman');
  });

  it('begins anew with another container of the same name, and reads one that has stopped but once', async () => {
    suite.fake.world({ containers: [{ id: id('a'), name: 'web', running: false }] });
    suite.fake.log(id('a'), [written(0, 'old')]);
    assert.equal(await textOf('docker:web'), kept(0, 'old'));
    const calls = suite.fake.calls().length;
    await textOf('docker:web');
    assert.deepEqual(
      suite.fake
        .calls()
        .slice(calls)
        .map(({ args }) => args[0]),
      ['container'],
    );
    suite.fake.world({ containers: [{ id: id('b'), name: 'web' }] });
    suite.fake.log(id('b'), [written(5, 'new')]);
    assert.equal(await textOf('docker:web'), kept(5, 'new'));
  });

  it('says in a sentence what is wrong', async () => {
    const containers = [{ id: id('a'), name: 'web' }];
    suite.fake.world({ containers });
    assert.match(await reasonOf('docker:api'), /^there is no container api: `docker ps --all` lists/);
    assert.match(await reasonOf('docker:label=app=x'), /^no container fits docker:label=app=x/);
    for (const [complaint, sentence] of [
      ['permission denied while trying to connect to the Docker daemon socket', /^you may not use docker/],
      ['Cannot connect to the Docker daemon at unix:///x. Is the docker daemon running?', /^docker does not run/],
      ['Error response from daemon: configured logging driver does not support reading', /^its log driver keeps/],
      ['something\u001b[31m else\nhappened', /^docker says: something \[31m else happened$/],
    ] as const) {
      suite.fake.world({ containers, faults: { all: complaint } });
      assert.match(await reasonOf('docker:web'), sentence);
    }
    suite.fake.remove('docker');
    assert.match(await reasonOf('docker:web'), /^docker is not installed: /);
  });

  it('refuses names that look like options or commands, and runs nothing for them', async () => {
    for (const name of ['--help', '-f', '$(id)', 'a b', 'a\nb', '', 'label=', 'label=--x', 'label=a\nb', '../x'])
      assert.match(await reasonOf(`docker:${name}`), /^Name a container or a label/);
    assert.deepEqual(suite.fake.calls(), []);
  });

  it('never starts a program of the folder it is in', async () => {
    suite.fake.world({ containers: [{ id: id('a'), name: 'web' }] });
    const before = process.cwd();
    process.chdir(suite.fake.folder);
    process.env.PATH = ['.', '', 'bin'].join(process.platform === 'win32' ? ';' : ':');
    try {
      assert.match(await reasonOf('docker:web'), /^docker is not installed/);
      assert.deepEqual(suite.fake.calls(), []);
    } finally {
      process.chdir(before);
    }
  });

  it('goes on where the connection broke, with nothing lost and nothing twice', async () => {
    const lines = Array.from({ length: 2_000 }, (_, at) =>
      written(at, `line ${at}`, at % 3 === 0 ? 'stderr' : 'stdout'),
    );
    suite.fake.world({ containers: [{ id: id('a'), name: 'web' }], faults: { cutAfter: 30_011 } });
    suite.fake.log(id('a'), lines);
    const text = await textOf('docker:web');
    const got = text.trimEnd().split('\n');
    assert.equal(got.length, 2_000);
    assert.equal(new Set(got).size, 2_000);
  });

  it('ends the program when nobody wants its answer any more', async () => {
    suite.fake.world({ containers: [{ id: id('a'), name: 'web' }], faults: { silent: true } });
    const stop = new AbortController();
    const listing = suite.work.list('docker:web', { signal: stop.signal });
    await until(() => suite.fake.calls().length === 1);
    stop.abort();
    await assert.rejects(listing, { name: 'AbortError' });
    const pid = suite.fake.calls()[0]?.pid ?? 0;
    await until(() => !isAlive(pid));
  });

  it('leaves one command running while a place is watched, takes what it tells, and ends it', async () => {
    suite.fake.world({ containers: [{ id: id('a'), name: 'web' }] });
    suite.fake.log(id('a'), [written(0, 'zero')]);
    const stop = new AbortController();
    let path = '';
    const watching = suite.work.watch('docker:web', {
      signal: stop.signal,
      onProgress: ({ files }) => {
        path = files[0]?.path ?? path;
      },
    });
    let expected = kept(0, 'zero');
    const runs = () => suite.fake.calls().filter(({ args }) => args.includes('--follow'));
    await until(() => runs().length === 1);
    for (let round = 1; round <= 20; round++) {
      suite.fake.log(id('a'), [written(round, `round ${round}`), written(round, `error ${round}`, 'stderr')]);
      expected += kept(round, `error ${round}`, 'stderr') + kept(round, `round ${round}`);
      await delay(30);
    }
    const sorted = (text: string) => text.split('\n').sort().join('\n');
    await until(() => path !== '' && readFileSync(path, 'utf8').length >= expected.length);
    await delay(200);
    assert.equal(sorted(readFileSync(path, 'utf8')), sorted(expected));
    const followers = runs();
    assert.equal(followers.length, 1);
    stop.abort();
    await watching;
    await suite.work.dispose();
    await until(() => !isAlive(followers[0]?.pid ?? 0));
  });

  it('starts a command that dies while it is followed again, later and later, and loses nothing', async () => {
    suite.fake.world({ containers: [{ id: id('a'), name: 'web' }], faults: { dies: true } });
    suite.fake.log(id('a'), [written(0, 'zero')]);
    const stop = new AbortController();
    const paths = new Set<string>();
    const watching = suite.work.watch('docker:web', {
      signal: stop.signal,
      onProgress: ({ files }) => {
        for (const file of files) paths.add(file.path);
      },
    });
    await until(() => suite.fake.calls().filter(({ args }) => args.includes('--follow')).length === 2);
    suite.fake.log(id('a'), [written(1, 'one')]);
    const [path = ''] = paths;
    await until(() => readFileSync(path, 'utf8') === kept(0, 'zero') + kept(1, 'one'));
    stop.abort();
    await watching;
    const logs = suite.fake.calls().filter(({ args }) => args[0] === 'logs').length;
    assert.ok(logs < 8, `${logs} runs`);
  });

  it('leaves no more than two dozen running, and asks the others now and then', async () => {
    const containers = Array.from({ length: 27 }, (_, at) => ({
      id: at.toString(16).padStart(64, '0'),
      name: `web-${at}`,
    }));
    suite.fake.world({ containers });
    for (const each of containers) suite.fake.log(each.id, [written(0, 'zero')]);
    const stop = new AbortController();
    const paths = new Set<string>();
    const watching = suite.work.watch('docker:*', {
      signal: stop.signal,
      onProgress: ({ files }) => {
        for (const file of files) paths.add(file.path);
      },
    });
    const followers = () =>
      new Set(suite.fake.calls().flatMap(({ args }) => (args.includes('--follow') ? [args.at(-1)] : [])));
    await until(() => followers().size === 24, 60);
    for (const each of containers) suite.fake.log(each.id, [written(1, 'one')]);
    const both = kept(0, 'zero') + kept(1, 'one');
    await until(() => [...paths].every(path => readFileSync(path, 'utf8') === both), 60);
    assert.equal(paths.size, 27);
    assert.equal(followers().size, 24);
    stop.abort();
    await watching;
  });

  it('gives the trace of the same lines in a file', async () => {
    const order = 'b9d4c2f1-7a60-4f3e-9a5e-2c1d8e7f6a50';
    const lines = ['first', 'second', 'third'].map(
      (step, at) =>
        `{"time":"${new Date(Date.UTC(2026, 2, 2, 10, 0, at)).toISOString()}","level":"info","correlationId":"${order}","stepId":"${step}","message":"did ${step}"}`,
    );
    suite.fake.world({ containers: [{ id: id('a'), name: 'orders' }] });
    suite.fake.log(
      id('a'),
      lines.map((line, at) => written(at * 1000 + 7, line)),
    );
    const read = async (engine: ReturnType<typeof commandEngine>) => {
      const found = await engine.lookup({ text: order });
      assert.equal(found.kind, 'trace');
      const document = found.kind === 'trace' ? await engine.document(found.trace.traceId) : null;
      return document?.steps.map(({ stepId, start, end, durationMs, status, service, waitMs }) => ({
        ...{ stepId, start, end, durationMs, status, service, waitMs },
      }));
    };
    const engine = commandEngine(suite.work);
    await engine.setSources([{ kind: 'path', path: 'docker:orders' }]);
    const far = await read(engine);
    const at = await engine.at({ source: 'docker:orders', line: 2 });
    assert.equal(at.record.message, 'did second');
    await engine.dispose();
    const folder = tempFolder({ 'orders.log': lines.map(line => `${line}\n`).join('') });
    const here = await withEngine([folder], read);
    assert.equal(far?.length, 3);
    assert.deepEqual(far, here);
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
