import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { linkSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { tempFolder } from './support/logs';
import { discover } from './support/readSource';
import { skip } from './support/skip';

describe('discoverSources', () => {
  it('reads a folder recursively and tells what it does not read', async () => {
    const folder = tempFolder({
      'b.log': 'b\n',
      'sub/a.txt': 'a\n',
      'empty.log': '',
      'image.dat': Buffer.from([1, 2, 0, 3]),
      'archive.7z': Buffer.from('377abcaf271c0004', 'hex'),
      'utf16.log': Buffer.from('\ufeffhello\n', 'utf16le'),
      'packed.log.gz': gzipSync('packed\n'),
      'node_modules/x/y.log': 'no\n',
      '.git/z.log': 'no\n',
    });
    const { sources, skipped } = await discover(folder);
    const names = sources.map(({ id, packing, encoding }) => [path.relative(folder, id), packing, encoding]);
    assert.deepEqual(names, [
      ['b.log', 'none', 'utf-8'],
      ['packed.log.gz', 'gzip', 'utf-8'],
      ['utf16.log', 'none', 'utf-16le'],
      [path.join('sub', 'a.txt'), 'none', 'utf-8'],
    ]);
    const reasons = Object.fromEntries(skipped.map(({ source, reason }) => [path.relative(folder, source), reason]));
    assert.equal(reasons['empty.log'], 'empty');
    assert.equal(reasons['image.dat'], 'binary');
    assert.match(reasons['archive.7z'] ?? '', /7-Zip/);
  });

  it('expands globs, and takes a file whose name looks like one as it is', async () => {
    const folder = tempFolder({ 'app[1].log': 'x\n', 'a/b/c.jsonl': '{}\n', 'a/d.log': 'x\n', 'a/e.txt': 'x\n' });
    const globbed = await discover(path.join(folder, '**/*.{log,jsonl}'));
    assert.deepEqual(
      globbed.sources.map(({ id }) => path.relative(folder, id)).sort(),
      ['a/b/c.jsonl', 'a/d.log', 'app[1].log'].map(name => path.normalize(name)),
    );
    assert.equal((await discover(path.join(folder, 'app[1].log'))).sources.length, 1);
    const none = await discover(path.join(folder, '*.none'), path.join(folder, 'gone.log'));
    assert.deepEqual(
      none.skipped.map(({ reason }) => reason),
      ['no file fits this pattern', 'not there'],
    );
  });

  it('never reads a physical file twice and gets out of loops of links', async function () {
    if (process.platform === 'win32') skip(this, 'links, pipes and devices are others on Windows');
    const folder = tempFolder({ 'a.log': 'a\n', 'sub/b.log': 'b\n' });
    symlinkSync(folder, path.join(folder, 'sub/loop'));
    symlinkSync(path.join(folder, 'a.log'), path.join(folder, 'current.log'));
    symlinkSync('self', path.join(folder, 'self'));
    linkSync(path.join(folder, 'a.log'), path.join(folder, 'hard.log'));
    const { sources, skipped } = await discover(folder, path.join(folder, 'a.log'));
    assert.deepEqual(
      sources.map(({ id }) => path.relative(folder, id)),
      ['a.log', path.join('sub', 'b.log')],
    );
    const reasons = skipped.map(({ reason }) => reason).join('\n');
    assert.match(reasons, /the same file as/);
    assert.match(reasons, /a link to/);
    assert.match(reasons, /loop of symbolic links/);
  });

  it('opens no pipe and no device', async function () {
    if (process.platform === 'win32') skip(this, 'links, pipes and devices are others on Windows');
    const folder = tempFolder();
    execFileSync('mkfifo', [path.join(folder, 'pipe.log')]);
    const { sources, skipped } = await discover(path.join(folder, 'pipe.log'), '/dev/zero');
    assert.equal(sources.length, 0);
    assert.deepEqual(
      skipped.map(({ reason }) => reason),
      Array(2).fill('no regular file (a pipe, socket or device)'),
    );
  });
});
