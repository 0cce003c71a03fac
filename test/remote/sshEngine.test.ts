import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { LogEngine } from '../../src/common/protocol/logEngine';
import { EngineClient } from '../../src/node/engine/engineClient';
import { json, orderId, others, tempFolder, withEngine } from '../node/support/logs';
import { engineWorker, remoteWorker, scanWorker } from '../node/support/workers';
import { AskedHost } from './support/askedHost';
import { SshServer } from './support/sshServer';
import { sshEngine } from './support/sshWork';

const step = (ms: number, name: string) =>
  json(ms, { correlationId: orderId, stepId: name, service: 'api', message: `did ${name}` });

async function traceOf(engine: LogEngine) {
  const found = await engine.lookup({ text: orderId });
  assert.equal(found.kind, 'trace');
  return found.kind === 'trace' ? engine.document(found.trace.traceId) : null;
}

/** A document without what tells one place from another, or one run. */
const withoutPlaces = (document: unknown, folder: string): unknown =>
  JSON.parse(
    JSON.stringify(document)
      .replaceAll(folder, '')
      .replace(/"elapsedMs":[\d.]+/, '"elapsedMs":0'),
  );

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
    const there = await traceOf(engine);
    const here = await withEngine([path.join(server.logs, 'app.log*')], traceOf);
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
    const folder = path.join(server.logs, 'live');
    mkdirSync(folder);
    const file = path.join(folder, 'app.log');
    writeFileSync(file, others(100) + step(0, 'step-x0'));
    const engine = sshEngine(server);
    await engine.setSources([{ kind: 'path', path: server.url('live/*') }]);
    const found = await engine.lookup({ text: orderId });
    assert.equal(found.kind, 'trace');
    if (found.kind !== 'trace') return;
    const { traceId } = found.trace;
    let { records } = found.trace;
    const stop = new AbortController();
    const following = engine.follow(traceId, {
      signal: stop.signal,
      onProgress: trace => {
        records = trace.records;
      },
    });
    const total = 40;
    for (let at = 1; at <= total; at++) {
      appendFileSync(file, others(50, 1_000 * at) + step(at, `step-x${at}`));
      if (at % 15 === 0) {
        if (at > 15) renameSync(`${file}.1`, `${file}.2`);
        renameSync(file, `${file}.1`);
      }
      await delay(40);
    }
    while (records < total + 1) await delay(20);
    stop.abort();
    await following;
    const { steps } = await engine.document(traceId);
    assert.deepEqual(
      steps.map(({ records }) => records.length),
      steps.map(() => 1),
    );
    assert.equal(steps.length, total + 1);
    await engine.dispose();
  });
});
