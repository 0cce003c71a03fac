import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { noHost } from '../../src/common/protocol/sourceHost';
import { MirrorStore } from '../../src/node/remote/mirrorStore';
import { type RemoteParts, RemoteWork } from '../../src/node/remote/remoteWork';
import type { FarFile, LineTransport, Transport } from '../../src/node/remote/transport';
import { FarSide } from './support/farSide';
import { others, tempFolder } from './support/logs';

const patience = { silent: 100, asking: 100 };

const workOf = (transport: Transport, limits: Pick<RemoteParts, 'patience' | 'mostMs'>) =>
  new RemoteWork({
    store: new MirrorStore(tempFolder(), 2 ** 30),
    host: noHost,
    connect: async () => () => transport,
    pauses: [],
    ...limits,
  });

describe('A list of a place on another machine', () => {
  const place = 'ssh://far/log/*';

  /** Tells after 400 ms what it has, and says a word before. */
  function slowly(): Transport {
    const far = new FarSide();
    far.write('/log/app.log', others(10));
    const { transport } = far;
    return {
      ...transport,
      list: async (named, signal, options) => {
        options?.heard?.();
        await delay(400);
        return transport.list(named, signal, options);
      },
    };
  }

  it('waits for one that was heard of', async () => {
    const work = workOf(slowly(), { patience });
    const { files, skipped } = await work.list(place);
    assert.deepEqual([files.length, skipped], [1, []]);
    await work.dispose();
  });

  it('does so for a while, and has what it told the next time', async () => {
    const work = workOf(slowly(), { patience, mostMs: 200 });
    const { files, skipped } = await work.list(place);
    assert.deepEqual(files, []);
    assert.match(skipped[0]?.reason ?? '', /^did not tell within 0.2 s what it has/);
    await delay(400);
    // It is asked anew, and what was told meanwhile is here all the same.
    const again = await work.list(place);
    assert.equal(again.files.length, 1);
    await work.dispose();
  });

  it('ends what it reads of a stream of lines in time, keeps what came, and goes on from there', async () => {
    const far: FarFile = { url: place, size: null, modified: null, version: null, identity: 'one' };
    /** A line each 30 ms, as many as 20. */
    const slow: LineTransport = {
      kind: 'lines',
      list: async () => ({ files: [far], skipped: [] }),
      more: async (_, tail, take, { signal }) => {
        for (let at = Buffer.from(tail).toString().split('\n').length - 1; at < 20; at++) {
          await delay(30, undefined, { signal });
          await take(Buffer.from(`line ${at}\n`));
        }
        return null;
      },
      close: () => {},
    };
    const work = workOf(slow, { mostMs: 250 });
    const lengths: number[] = [];
    for (;;) {
      const { files, skipped } = await work.list(place);
      const lines = readFileSync(files[0]?.path ?? '', 'utf8')
        .split('\n')
        .slice(0, -1);
      assert.deepEqual(
        lines,
        lines.map((_, at) => `line ${at}`),
      );
      lengths.push(lines.length);
      if (skipped.length === 0) break;
      assert.match(skipped[0]?.reason ?? '', /^what is new of it did not all come within 0.25 s/);
      assert.ok(lengths.length < 20, lengths.join());
    }
    assert.equal(lengths.at(-1), 20);
    assert.ok(lengths.length > 2, lengths.join());
    await work.dispose();
  });
});
