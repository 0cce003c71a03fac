import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { createEngine } from '../../src/node/engine/createEngine';
import { httpWork } from '../node/support/httpSide';
import { orderId, others, tempFolder } from '../node/support/logs';
import { remoteWorker, scanWorker } from '../node/support/workers';
import { AskedHost } from './support/askedHost';
import { step } from './support/rotatedLog';
import { WebServer } from './support/webServer';

describe('A server that is slow', () => {
  let server: WebServer;
  /** It is sent at 4 MB/s, each connection. */
  const place = () => `${server.origin}/slow/app.log`;
  const log = [step(1, 'first'), others(200_000), step(200_002, 'last')].join('');

  before(async () => {
    server = await WebServer.nginx(tempFolder());
    writeFileSync(path.join(server.logs, 'app.log'), log);
  });

  after(() => server.stop());

  /** @param mostMs that a search has for it */
  function engineOf(mostMs: number, host = new AskedHost()) {
    const work = httpWork({ host, mostMs });
    const remote = { worker: remoteWorker, mostBytes: 2 ** 30, mostMs };
    return createEngine({ scanWorker, workers: 2, assumedZone: 'UTC', remote }, host, work);
  }

  it('is left when its time is over, which is told, and the next search goes on from there', async () => {
    const host = new AskedHost();
    const engine = engineOf(700, host);
    try {
      await engine.setSources([{ kind: 'path', path: place() }]);
      const searched: number[] = [];
      for (let searches = 0; searches < 40; searches++) {
        const found = await engine.lookup({ text: orderId });
        if (found.kind !== 'trace') return assert.fail(found.kind);
        const [left, ...more] = found.completeness.skippedSources;
        assert.deepEqual(more, []);
        if (left) {
          const [, read] = /^only ([\d.]+) of [\d.]+ MB were searched within 0.7 s \(throughline.remoteTime\)/.exec(
            left.reason,
          ) ?? [assert.fail(left.reason)];
          searched.push(Number(read));
          assert.equal(found.trace.records, 1, 'what was found until then is shown');
          assert.equal(found.completeness.lines, null);
          assert.deepEqual(host.states.at(-1)?.notes, [`${place()}: ${left.reason}`], 'it is told at the source, too');
          continue;
        }
        assert.equal(found.trace.records, 2);
        assert.deepEqual(host.states.at(-1)?.notes, []);
        assert.ok(searched.length > 1, `${searched.length} searches came to an end before`);
        assert.ok(
          searched.every((read, at) => read >= (searched[at - 1] ?? 0)),
          searched.join(),
        );
        return;
      }
      assert.fail(`It is never done: ${searched.join()}`);
    } finally {
      await engine.dispose();
    }
  });

  it('is read whole where there is time', async () => {
    const engine = engineOf(60_000);
    try {
      await engine.setSources([{ kind: 'path', path: place() }]);
      const found = await engine.lookup({ text: orderId });
      if (found.kind !== 'trace') return assert.fail(found.kind);
      assert.deepEqual([found.trace.records, found.completeness.skippedSources], [2, []]);
    } finally {
      await engine.dispose();
    }
  });

  it('is listed with what has come of its logs when the time is over', async () => {
    const folder = tempFolder();
    const small = others(18_000);
    writeFileSync(path.join(server.logs, 'small.log'), small);
    const url = `${server.origin}/slow/small.log`;
    const first = httpWork({ mostMs: 300, folder });
    const { files, skipped } = await first.list(url);
    await first.dispose();
    assert.deepEqual(files, []);
    assert.match(skipped[0]?.reason ?? '', /^what is new of it did not all come within 0.3 s/);
    const second = httpWork({ mostMs: 300, folder });
    const again = await second.list(url);
    await second.dispose();
    assert.deepEqual([again.files.length, again.skipped], [1, []]);
  });
});
