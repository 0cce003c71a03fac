import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { LogEngine } from '../../src/common/protocol/logEngine';
import { type HttpWorkOptions, httpEngine, httpWork, secretive } from '../node/support/httpSide';
import { others, tempFolder, withEngine } from '../node/support/logs';
import { documentOf, withoutPlaces } from '../node/support/remoteAnswers';
import { until } from '../node/support/until';
import { AskedHost } from './support/askedHost';
import { assertFollowed, newLog, step } from './support/rotatedLog';
import { WebServer } from './support/webServer';

const large = [others(40_000), step(40_001, 'second'), others(20_000, 40_000), step(70_000, 'third')].join('');
const all = [{ from: 0, to: Number.MAX_SAFE_INTEGER }];

const names = ['a b.log', "it's <b>&amp;.log", '#?%20.log', 'ü.log', '$(id).log'];

function write(logs: string): void {
  writeFileSync(path.join(logs, 'app.log'), large);
  writeFileSync(path.join(logs, 'app.log.1'), step(1, 'first'));
  writeFileSync(path.join(logs, 'old.log.gz'), gzipSync(step(61_000, 'packed') + others(10, 70_000)));
  mkdirSync(path.join(logs, 'names'));
  for (const name of names) writeFileSync(path.join(logs, 'names', name), `${others(3)}I am ${name}\n`);
}

async function withPlace<Result>(
  place: string,
  use: (engine: LogEngine) => Promise<Result>,
  options?: HttpWorkOptions,
) {
  const engine = httpEngine(options);
  try {
    await engine.setSources([{ kind: 'path', path: place }]);
    return await use(engine);
  } finally {
    await engine.dispose();
  }
}

async function reasonOf(place: string, options?: HttpWorkOptions): Promise<string> {
  const work = httpWork(options);
  const { files, skipped } = await work.list(place);
  await work.dispose();
  assert.deepEqual(files, []);
  return skipped.map(({ reason }) => reason).join('; ');
}

describe('Logs behind nginx and Apache', () => {
  const servers: { nginx: WebServer; apache: WebServer }[] = [];
  const nginx = () => (servers[0] as (typeof servers)[0]).nginx;
  const apache = () => (servers[0] as (typeof servers)[0]).apache;

  before(async () => {
    // One after the other, as each looks for a free port.
    const one = await WebServer.nginx(tempFolder());
    servers.push({ nginx: one, apache: await WebServer.apache(tempFolder()) });
    write(nginx().logs);
    write(apache().logs);
  });

  after(async () => {
    for (const { nginx, apache } of servers) await Promise.all([nginx.stop(), apache.stop()]);
  });

  it('are found in their listings, whatever they are called', async () => {
    const folders = [`${nginx().origin}/html/`, `${nginx().origin}/json/`];
    for (const way of ['plain', 'fancy', 'table']) folders.push(`${apache().origin}/${way}/`);
    for (const folder of folders) {
      const work = httpWork();
      const { files, skipped } = await work.list(folder);
      assert.deepEqual(skipped, [], folder);
      const found = files.map(({ url }) => decodeURIComponent(url.slice(folder.length)));
      const below = names.map(name => `names/${name}`);
      assert.deepEqual(found.sort(), ['app.log', 'app.log.1', 'old.log.gz', ...below].sort(), folder);
      for (const { url, path: copy } of files.filter(each => each.url.includes('/names/'))) {
        const name = decodeURIComponent(url.slice(folder.length + 'names/'.length));
        assert.ok(readFileSync(copy, 'utf8').endsWith(`I am ${name}\n`), url);
      }
      const { files: some } = await work.list(`${folder}app*`);
      assert.deepEqual(
        some.map(({ url }) => url),
        [`${folder}app.log`, `${folder}app.log.1`],
      );
      await work.dispose();
    }
  });

  it('give the same trace as here', async () => {
    for (const [place, logs] of [
      [`${nginx().origin}/html/`, nginx().logs],
      [`${nginx().origin}/json/`, nginx().logs],
      [`${apache().origin}/table/`, apache().logs],
    ] as const) {
      const there = await withPlace(`${place}*.*`, documentOf);
      const here = await withEngine([`${logs}/*.*`], documentOf);
      assert.equal(there?.steps.length, 4);
      assert.deepEqual(withoutPlaces(there, place), withoutPlaces(here, `${logs}/`));
    }
    const whole = await withPlace(`${nginx().origin}/whole/app.log`, documentOf);
    const here = await withEngine([`${nginx().logs}/app.log`], documentOf);
    assert.deepEqual(withoutPlaces(whole, `${nginx().origin}/whole`), withoutPlaces(here, nginx().logs));
  });

  it('are opened at a line, without the rest of the file', async () => {
    const source = `${apache().origin}/plain/app.log`;
    await withPlace(source, async engine => {
      await engine.sources({ full: false });
      const start = large.lastIndexOf('\n', large.indexOf('"second"')) + 1;
      const at = await engine.at({ source, line: 40_001, offset: start });
      assert.equal(at.record.message, 'did second');
      const { lines } = await engine.lines({ source, at: start, before: 2, after: 3 });
      assert.equal(lines.length, 5);
      const [state] = await engine.remoteStates();
      assert.ok((state?.bytes ?? Number.NaN) < large.length / 4, `${state?.bytes} bytes`);
    });
  });

  it('are followed as they grow and are rotated, each record once', async () => {
    const file = newLog(path.join(nginx().logs, 'live'));
    await withPlace(`${nginx().origin}/html/live/`, engine => assertFollowed(engine, file));
  });

  it('want to know who asks', async () => {
    const { origin } = nginx();
    assert.match(await reasonOf(`${origin}/token/app.log`), /^HTTP 401: .*give a token/);
    const wrong = secretive('wrong', 'wrong too');
    assert.match(await reasonOf(`${origin}/token/app.log`, { host: wrong }), /does not take who asks/);
    assert.deepEqual(
      wrong.asked.map(({ kind, refused }) => [kind, refused]),
      [
        ['token', false],
        ['token', true],
      ],
    );
    const work = httpWork({ host: secretive('right') });
    assert.equal((await work.list(`${origin}/token/app.log`)).files[0]?.size, large.length);
    await work.dispose();
    const login = httpWork({ host: secretive('secret') });
    const named = `${origin.replace('//', '//ann@')}/login/app.log`;
    assert.equal((await login.list(named)).files[0]?.size, large.length);
    await login.dispose();
  });

  it('are never looked for where they are redirected to what is not public', async () => {
    assert.match(await reasonOf(`${nginx().origin}/metadata`), /169\.254\.169\.254, .*not public, which is refused/);
  });

  it('go on where the connection dropped, nothing lost and nothing twice', async () => {
    const host = new AskedHost();
    const work = httpWork({ host, pauses: [50, 200, 500, 1_000] });
    const url = `${nginx().origin}/slow/app.log`;
    const { files } = await work.list(url);
    const holding = work.hold({ url, stretches: all });
    const bytes = async () => (await work.states())[0]?.bytes ?? 0;
    const before = await bytes();
    await until(async () => (await bytes()) > before + 1_000_000);
    nginx().dropConnections();
    await holding;
    assert.ok(readFileSync(files[0]?.path ?? '', 'utf8') === large);
    assert.ok(host.states.some(({ phase, error }) => phase === 'waiting' && /broke off|refuses/.test(error ?? '')));
    await work.dispose();
  });

  it('of a server that stalls are given up for now, and at once when nobody wants them', async () => {
    const host = new AskedHost();
    const url = `${nginx().origin}/html/app.log`;
    const work = httpWork({ host, patience: 300, pauses: Array.from({ length: 20 }, () => 100) });
    const { files } = await work.list(url);
    nginx().signal('SIGSTOP');
    try {
      const stop = new AbortController();
      const given = work.hold({ url, stretches: all }, { signal: stop.signal });
      await delay(50);
      const started = performance.now();
      stop.abort();
      await assert.rejects(given, { name: 'AbortError' });
      assert.ok(performance.now() - started < 250);
      const holding = work.hold({ url, stretches: all });
      await until(() => host.states.some(({ error }) => /does not answer within 0\.3 s/.test(error ?? '')));
      nginx().signal('SIGCONT');
      await holding;
    } finally {
      nginx().signal('SIGCONT');
    }
    assert.ok(readFileSync(files[0]?.path ?? '', 'utf8') === large);
    await work.dispose();
  });
});
