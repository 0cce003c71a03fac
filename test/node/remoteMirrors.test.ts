import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { RemoteListing } from '../../src/node/remote/remoteDoor';
import type { RemoteWork } from '../../src/node/remote/remoteWork';
import { FarSide } from './support/farSide';
import { others, tempFolder } from './support/logs';

const place = 'ssh://far/log/*';
const all = { from: 0, to: Number.MAX_SAFE_INTEGER };
const large = others(60_000);

/** What is here of the one file that a place names. */
function textOf({ files }: RemoteListing, name = files[0]?.url): string {
  const file = files.find(({ url }) => url === name);
  assert.ok(file, `${name} is listed`);
  return readFileSync(file.path, 'utf8').slice(0, file.size);
}

const close = (work: RemoteWork): Promise<void> => work.dispose();

describe('The mirror of a remote file', () => {
  it('holds a small file at once, and asks for it once', async () => {
    const far = new FarSide();
    far.write('/log/app.log', others(100));
    const work = far.work();
    const listing = await work.list(place);
    assert.equal(textOf(listing), others(100));
    assert.equal(listing.files[0]?.held, null);
    const { sent } = far;
    await work.list(place);
    assert.equal(far.sent, sent);
    await close(work);
  });

  it('fetches of a large file only what is asked for, and at last is the same', async () => {
    const far = new FarSide();
    far.write('/log/app.log', large);
    const work = far.work();
    const listing = await work.list(place);
    const [file] = listing.files;
    assert.ok(file?.held);
    assert.ok(far.sent < 300_000, `${far.sent} bytes`);
    await work.hold({ url: file.url, stretches: [{ from: 5_000_000, to: 5_000_100 }] });
    assert.ok(far.sent < 500_000, `${far.sent} bytes`);
    await work.hold({ url: file.url, stretches: [all] });
    assert.ok(textOf(listing) === large);
    assert.equal((await work.list(place)).files[0]?.held, null);
    await close(work);
  });

  it('is there in the next session: what is here does not come again', async () => {
    const far = new FarSide();
    const folder = tempFolder();
    far.write('/log/app.log', large);
    const first = far.work(folder);
    await first.list(place);
    await first.hold({ url: 'ssh://far/log/app.log', stretches: [all] });
    await close(first);
    far.append('/log/app.log', 'one more\n');
    far.sent = 0;
    const second = far.work(folder);
    const listing = await second.list(place);
    assert.ok(textOf(listing) === `${large}one more\n`);
    assert.ok(far.sent < 200_000, `${far.sent} bytes`);
    await close(second);
  });

  it('goes on where a connection broke off, with nothing lost and nothing twice', async () => {
    const far = new FarSide();
    far.write('/log/app.log', large);
    const work = far.work();
    const listing = await work.list(place);
    far.sent = 0;
    far.breakAfter = 3_000_000;
    await work.hold({ url: 'ssh://far/log/app.log', stretches: [all] });
    assert.ok(textOf(listing) === large);
    assert.ok(far.sent < large.length + 200_000, `${far.sent} of ${large.length} bytes`);
    await close(work);
  });

  it('follows a file that is rotated by name to its other name', async () => {
    const far = new FarSide();
    far.write('/log/app.log', large);
    far.write('/log/app.log.1', others(5_000, 100_000));
    const work = far.work();
    const before = await work.list(place);
    await work.hold({ url: 'ssh://far/log/app.log', stretches: [all] });
    const live = before.files.find(({ url }) => url.endsWith('app.log'))?.file;
    far.rename('/log/app.log.1', '/log/app.log.2');
    far.append('/log/app.log', 'the last line\n');
    far.rename('/log/app.log', '/log/app.log.1');
    far.write('/log/app.log', others(10, 200_000));
    far.sent = 0;
    const listing = await work.list(place);
    assert.equal(textOf(listing, 'ssh://far/log/app.log'), others(10, 200_000));
    assert.ok(textOf(listing, 'ssh://far/log/app.log.1') === `${large}the last line\n`);
    assert.ok(textOf(listing, 'ssh://far/log/app.log.2') === others(5_000, 100_000));
    assert.equal(listing.files.find(({ url }) => url.endsWith('.1'))?.file, live, 'it is the same file here, too');
    assert.ok(far.sent < 600_000, `${far.sent} bytes`);
    await close(work);
  });

  it('follows a file that is rotated between the list and the look at it', async () => {
    const far = new FarSide();
    far.write('/log/app.log', others(100));
    const work = far.work();
    const before = await work.list(place);
    far.append('/log/app.log', 'the last line\n');
    far.onRead = () => {
      far.onRead = () => {};
      far.rename('/log/app.log', '/log/app.log.1');
      far.write('/log/app.log', others(10, 200_000));
    };
    const listing = await work.list(place);
    assert.equal(textOf(listing, 'ssh://far/log/app.log'), others(10, 200_000));
    assert.equal(textOf(listing, 'ssh://far/log/app.log.1'), `${others(100)}the last line\n`);
    assert.equal(listing.files.find(({ url }) => url.endsWith('.1'))?.file, before.files[0]?.file);
    await close(work);
  });

  it('follows a file that was renamed while nothing stands at its old place yet', async () => {
    const far = new FarSide();
    far.write('/log/app.log', others(100));
    const work = far.work();
    const before = await work.list(place);
    far.rename('/log/app.log', '/log/app.log.1');
    const between = await work.list(place);
    assert.deepEqual(
      between.files.map(({ url, file }) => [url, file]),
      [['ssh://far/log/app.log.1', before.files[0]?.file]],
    );
    far.write('/log/app.log', others(10, 200_000));
    const after = await work.list(place);
    assert.equal(textOf(after, 'ssh://far/log/app.log'), others(10, 200_000));
    assert.equal(textOf(after, 'ssh://far/log/app.log.1'), others(100));
    await close(work);
  });

  it('begins anew with a file that was replaced, be it longer', async () => {
    const far = new FarSide();
    far.write('/log/app.log', others(100));
    const work = far.work();
    const before = await work.list(place);
    far.write('/log/app.log', others(5_000, 7_000));
    const after = await work.list(place);
    assert.ok(textOf(after) === others(5_000, 7_000));
    assert.notEqual(after.files[0]?.file, before.files[0]?.file);
    far.write('/log/app.log', others(50, 9_000));
    assert.equal(textOf(await work.list(place)), others(50, 9_000));
    await close(work);
  });

  it('takes nothing of a file that is rotated while it is read', async () => {
    const far = new FarSide();
    far.write('/log/app.log', large);
    const work = far.work();
    await work.list(place);
    far.write('/log/app.log', others(60_000, 80_000));
    await assert.rejects(
      work.hold({ url: 'ssh://far/log/app.log', stretches: [all] }),
      /became another file while it was read/,
    );
    const listing = await work.list(place);
    await work.hold({ url: 'ssh://far/log/app.log', stretches: [all] });
    assert.ok(textOf(listing) === others(60_000, 80_000));
    await close(work);
  });

  it('stops at once when nobody wants it any more', async () => {
    const far = new FarSide();
    far.write('/log/app.log', large);
    const work = far.work();
    await work.list(place);
    far.gate = new Promise(() => {});
    const stop = new AbortController();
    far.append('/log/app.log', 'x\n');
    const listing = work.list(place, { signal: stop.signal });
    await delay(20);
    stop.abort();
    await assert.rejects(listing, { name: 'AbortError' });
    await close(work);
  });

  it('keeps no more than it may, tells so, and can be emptied; nobody else may read it', async () => {
    const far = new FarSide();
    const folder = path.join(tempFolder(), 'copies');
    far.write('/log/app.log', large);
    const work = far.work(folder, 1_000_000);
    await work.list(place);
    await assert.rejects(
      work.hold({ url: 'ssh://far/log/app.log', stretches: [all] }),
      /no room for more of it: .* may take 1 MB/,
    );
    assert.equal(statSync(folder).mode & 0o777, 0o700);
    for (const name of readdirSync(folder)) assert.equal(statSync(path.join(folder, name)).mode & 0o777, 0o600, name);
    assert.ok((await work.clear()) > 100_000);
    assert.deepEqual(readdirSync(folder), []);
    assert.ok(textOf(await work.list(place)).startsWith(large.slice(0, 1_000)));
    await close(work);
  });

  it('makes room by what was used least recently', async () => {
    const far = new FarSide();
    const folder = tempFolder();
    far.write('/log/a.log', others(4_000));
    far.write('/other/b.log', others(4_000, 10_000));
    const first = far.work(folder, 2_000_000);
    await first.list('ssh://far/log/*');
    await close(first);
    const second = far.work(folder, 1_200_000);
    const listing = await second.list('ssh://far/other/*');
    assert.ok(textOf(listing) === others(4_000, 10_000));
    assert.equal(readdirSync(folder).filter(name => name.endsWith('.log')).length, 1);
    await close(second);
  });

  it('tells what a watch sees: growth, another file, one that is gone', async () => {
    const far = new FarSide();
    far.write('/log/app.log', others(10));
    const work = far.work();
    const stop = new AbortController();
    const seen: string[] = [];
    const watching = work.watch(place, {
      signal: stop.signal,
      onProgress: ({ files }) => void seen.push(files.map(({ url, size }) => `${url.slice(14)} ${size}`).join(', ')),
    });
    const until = async (count: number) => {
      while (seen.length < count) await delay(5);
    };
    await until(1);
    far.append('/log/app.log', 'x\n');
    await until(2);
    far.write('/log/b.log', 'y\n');
    await until(3);
    far.files.delete('ssh://far/log/app.log');
    await until(4);
    stop.abort();
    await watching;
    const size = others(10).length;
    assert.deepEqual(seen, [`app.log ${size}`, `app.log ${size + 2}`, `app.log ${size + 2}, b.log 2`, 'b.log 2']);
    await close(work);
  });

  it('waits for a connection that comes back, and says in the end that it did not', async () => {
    const far = new FarSide();
    far.write('/log/app.log', others(10));
    far.breakAfter = 0;
    const work = far.work();
    assert.equal(textOf(await work.list(place)), others(10));
    assert.equal((await work.states())[0]?.phase, 'ready');
    const nowhere = await work.list('ssh://far/none/*');
    assert.match(nowhere.skipped[0]?.reason ?? '', /far has no/);
    const state = (await work.states()).find(each => each.place === 'ssh://far/none/*');
    assert.equal(state?.phase, 'failed');
    assert.match(state.error ?? '', /check the path/);
    await close(work);
  });
});
