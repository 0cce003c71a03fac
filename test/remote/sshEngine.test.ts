import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { EngineClient } from '../../src/node/engine/engineClient';
import { orderId, others, tempFolder, withEngine } from '../node/support/logs';
import { documentOf, withoutPlaces } from '../node/support/remoteAnswers';
import { engineWorker, remoteWorker, scanWorker } from '../node/support/workers';
import { AskedHost } from './support/askedHost';
import { assertFollowed, newLog, step } from './support/rotatedLog';
import { SshServer } from './support/sshServer';
import { sshEngine } from './support/sshWork';

describe('A trace over SSH', () => {
  let server: SshServer;

  before(async () => {
    server = await SshServer.start(tempFolder());
    const lines = [others(20_000), step(20_001, 'second'), others(20_000, 20_000), step(50_000, 'third')];
    writeFileSync(path.join(server.logs, 'app.log'), lines.join(''));
    writeFileSync(path.join(server.logs, 'app.log.1'), step(1, 'first'));
  });

  after(() => server.stop());

  it('is the same as here', async () => {
    const engine = sshEngine(server);
    await engine.setSources([{ kind: 'path', path: server.url('app.log*') }]);
    const there = await documentOf(engine);
    const here = await withEngine([path.join(server.logs, 'app.log*')], documentOf);
    assert.equal(there?.steps.length, 3);
    assert.deepEqual(withoutPlaces(there, server.url()), withoutPlaces(here, server.logs));
    await engine.dispose();
  });

  it('is read by the workers of the product, which ask the one who owns them', async () => {
    const host = new AskedHost();
    host.trust = 'refused';
    const remote = { worker: remoteWorker, folder: tempFolder(), mostBytes: 2 ** 30 };
    const engine = new EngineClient({ engineWorker, scanWorker, workers: 1, remote }, host);
    try {
      // In a worker the home is the real one, which knows nothing of this server.
      await engine.setSources([{ kind: 'path', path: server.url('app.log*') }]);
      const found = await engine.lookup({ text: orderId });
      const skipped = found.completeness.skippedSources;
      assert.match(skipped[0]?.reason ?? '', /is an unknown host .* was not trusted/);
      assert.deepEqual(
        host.hosts.map(({ fingerprint }) => fingerprint),
        [server.fingerprint()],
      );
      assert.equal(host.states.at(-1)?.phase, 'failed');
    } finally {
      await engine.dispose();
    }
  });

  it('goes on as its logs grow and are rotated, each record once', async () => {
    const file = newLog(path.join(server.logs, 'live'));
    const engine = sshEngine(server);
    try {
      await engine.setSources([{ kind: 'path', path: server.url('live/*') }]);
      await assertFollowed(engine, file);
    } finally {
      await engine.dispose();
    }
  });
});
