import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import path from 'node:path';
import type { LogEngine } from '../../src/common/protocol/logEngine';
import type { SourceHost } from '../../src/common/protocol/sourceHost';
import { createEngine } from '../../src/node/engine/createEngine';
import type { RemoteWork } from '../../src/node/remote/remoteWork';
import { httpWork } from '../node/support/httpSide';
import { orderId, others, tempFolder } from '../node/support/logs';
import { until } from '../node/support/until';
import { scanWorker } from '../node/support/workers';
import { AskedHost } from './support/askedHost';
import { step } from './support/rotatedLog';
import { freePort, SshServer } from './support/sshServer';
import { sshWork } from './support/sshWork';
import { WebServer } from './support/webServer';

const patience = { silent: 300, asking: 100 };
const here = () => tempFolder({ 'here.log': others(100) + step(1, 'here') });

/** A user who takes their time. */
class SlowHost extends AskedHost {
  answer = () => {};
  private readonly answered = new Promise<void>(resolve => {
    this.answer = resolve;
  });

  override async trustsHost(...args: Parameters<SourceHost['trustsHost']>) {
    await this.answered;
    return super.trustsHost(...args);
  }

  override async secret(...args: Parameters<SourceHost['secret']>) {
    await this.answered;
    return super.secret(...args);
  }
}

async function withBoth(place: string, work: RemoteWork, host: SourceHost, use: (engine: LogEngine) => Promise<void>) {
  const engine = createEngine({ scanWorker, workers: 2, assumedZone: 'UTC' }, host, work);
  try {
    await engine.setSources([here(), place].map(path => ({ kind: 'path', path })));
    await use(engine);
  } finally {
    await engine.dispose();
  }
}

async function traceOf(engine: LogEngine) {
  const found = await engine.lookup({ text: orderId });
  if (found.kind !== 'trace') return assert.fail(found.kind);
  const { sources, skippedSources } = found.completeness;
  return { ...found.trace, sources, left: skippedSources.map(({ reason }) => reason).join('; ') };
}

/** Traces while a question is open, then answers it: what follows the trace gets what is there. */
async function assertAdded(engine: LogEngine, host: SlowHost): Promise<void> {
  const trace = await traceOf(engine);
  assert.deepEqual([trace.records, trace.sources], [1, 1]);
  assert.match(trace.left, /^left out so far, as a question about it waits for your answer/);
  assert.equal(host.states.at(-1)?.phase, 'asking');
  let { records } = trace;
  const stop = new AbortController();
  const following = engine.follow(trace.traceId, {
    signal: stop.signal,
    onProgress: next => {
      records = next.records;
    },
  });
  host.trust = 'trusted';
  host.answer();
  await until(() => records === 2);
  stop.abort();
  await following;
  assert.ok(host.states.some(({ phase, missed }) => phase === 'ready' && missed));
  const again = await traceOf(engine);
  assert.deepEqual([again.records, again.left], [2, '']);
}

describe('A search over logs here and at a place that is not reached', () => {
  it('does not wait for the answer to a question about a host, and goes on with it later', async () => {
    const server = await SshServer.start(tempFolder());
    try {
      writeFileSync(path.join(server.home, '.ssh', 'known_hosts'), '');
      writeFileSync(path.join(server.logs, 'app.log'), others(100) + step(2, 'there'));
      const host = new SlowHost();
      const work = sshWork(server, host, { patience });
      await withBoth(server.url('app.log'), work, host, engine => assertAdded(engine, host));
      assert.equal(host.hosts.length, 1, 'it is asked once');
    } finally {
      await server.stop();
    }
  });

  it('does not wait for a token, either', async () => {
    const server = await WebServer.nginx(tempFolder());
    try {
      writeFileSync(path.join(server.logs, 'app.log'), others(100) + step(2, 'there'));
      const host = new SlowHost();
      host.answers = ['right'];
      const work = httpWork({ host, patience: 30_000, search: patience });
      await withBoth(`${server.origin}/token/app.log`, work, host, engine => assertAdded(engine, host));
    } finally {
      await server.stop();
    }
  });

  describe('as nobody answers', () => {
    let silent: Server;
    const sockets: Socket[] = [];
    let port = 0;

    before(async () => {
      port = await freePort();
      silent = createServer(socket => void sockets.push(socket));
      await new Promise<void>(resolve => silent.listen(port, '127.0.0.1', resolve));
    });

    after(() => {
      for (const socket of sockets) socket.destroy();
      silent.close();
    });

    for (const scheme of ['ssh', 'http']) {
      it(`goes on without it, and says so (${scheme})`, async () => {
        const host = new AskedHost();
        const home = { home: tempFolder() };
        const work = scheme === 'ssh' ? sshWork(home, host, { patience }) : httpWork({ host, search: patience });
        await withBoth(`${scheme}://127.0.0.1:${port}/var/log/app.log`, work, host, async engine => {
          const trace = await traceOf(engine);
          assert.deepEqual([trace.records, trace.sources], [1, 1]);
          assert.match(trace.left, /^not reached within 0.3 s, and left out so far/);
          assert.equal(host.states.at(-1)?.phase, 'connecting', 'it is still tried');
        });
      });
    }

    it('waits for whoever is asked at a terminal', async () => {
      const server = await SshServer.start(tempFolder());
      try {
        writeFileSync(path.join(server.home, '.ssh', 'known_hosts'), '');
        writeFileSync(path.join(server.logs, 'app.log'), others(100));
        const host = new SlowHost();
        host.trust = 'trusted';
        const work = sshWork(server, host, { patience: { silent: 300, asking: Number.POSITIVE_INFINITY } });
        const listed = work.list(server.url('app.log'));
        await until(() => host.states.at(-1)?.phase === 'asking');
        setTimeout(host.answer, 600);
        assert.deepEqual((await listed).skipped, []);
        await work.dispose();
      } finally {
        await server.stop();
      }
    });
  });
});
