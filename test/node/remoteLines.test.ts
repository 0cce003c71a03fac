import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { noHost } from '../../src/common/protocol/sourceHost';
import { MirrorStore } from '../../src/node/remote/mirrorStore';
import { RemoteWork } from '../../src/node/remote/remoteWork';
import { type FarFile, type LineTransport, RemoteError } from '../../src/node/remote/transport';
import { tempFolder } from './support/logs';

const place = 'ssh://far/log';
const far: FarFile = { url: place, size: null, modified: null, version: null, identity: 'one' };

/** What only tells lines, each of which begins with its number. */
class Teller implements LineTransport {
  readonly kind = 'lines';
  lines: string[] = [];
  identity = 'one';
  breakAfter = Number.POSITIVE_INFINITY;

  async list() {
    return { files: [{ ...far, identity: this.identity }], skipped: [] };
  }

  async more(_: FarFile, tail: Uint8Array, take: (lines: Uint8Array) => Promise<void> | void) {
    const last = Buffer.from(tail).toString().trimEnd().split('\n').at(-1) ?? '';
    const from = last === '' ? 0 : Number(last.split(' ')[0]) + 1;
    for (const [at, line] of this.lines.entries()) {
      if (at < from) continue;
      if (at >= this.breakAfter) {
        this.breakAfter = Number.POSITIVE_INFINITY;
        throw new RemoteError('broke off', { passing: true });
      }
      await take(Buffer.from(`${at} ${line}\n`));
    }
    return null;
  }

  close() {}
}

describe('The mirror of a stream of lines', () => {
  it('appends what is new, goes on after a break, and begins anew with another stream', async () => {
    const teller = new Teller();
    const store = new MirrorStore(tempFolder(), 2 ** 20);
    const work = new RemoteWork({ store, host: noHost, connect: async () => () => teller, pauses: [5] });
    const text = async () => {
      const { files, skipped } = await work.list(place);
      assert.deepEqual(skipped, []);
      assert.equal(files[0]?.held, null);
      return readFileSync(files[0]?.path ?? '', 'utf8');
    };
    teller.lines = Array.from({ length: 5_000 }, (_, at) => `line ${'x'.repeat(at % 50)}`);
    const all = () => teller.lines.map((line, at) => `${at} ${line}\n`).join('');
    teller.breakAfter = 3_000;
    assert.ok((await text()) === all());
    teller.lines.push('one more', 'another');
    assert.ok((await text()) === all());
    teller.identity = 'two';
    teller.lines = ['anew'];
    assert.equal(await text(), '0 anew\n');
    await work.dispose();
  });
});
