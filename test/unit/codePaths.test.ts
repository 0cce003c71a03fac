import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CodePathError, isFileInside, mappedFiles, parseCodePaths } from '../../src/vscode/code/codePaths';

describe('Folders of code by their names in logs (SEC-16)', () => {
  let root: string;
  let workspace: string;
  before(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'throughline-code-')));
    workspace = join(root, 'ws');
    for (const folder of ['ws/orders/src', 'ws/billing', 'secret']) mkdirSync(join(root, folder), { recursive: true });
    writeFileSync(join(workspace, 'orders/src/a.ts'), '');
    writeFileSync(join(root, 'secret/key.ts'), '');
    symlinkSync(join(root, 'secret'), join(workspace, 'link'));
    symlinkSync(join(root, 'secret/key.ts'), join(workspace, 'orders/src/key.ts'));
  });
  after(() => rmSync(root, { recursive: true }));

  const files = (path: string, value: unknown) => mappedFiles(path, parseCodePaths(value, [workspace], null));

  it('lead to the file, the longest one first', () => {
    const setting = { '/app': 'orders', '/app/src': 'orders/src', '/other': 'orders' };
    assert.deepEqual(files('/app/src/a.ts', setting), [join(workspace, 'orders/src/a.ts')]);
    assert.deepEqual(files('file:///app/src/./a.ts', setting), [join(workspace, 'orders/src/a.ts')]);
    assert.deepEqual(files('C:\\build\\src\\a.ts', { 'C:\\build': 'orders' }), [join(workspace, 'orders/src/a.ts')]);
    for (const path of ['/application/src/a.ts', '/app/src/none.ts', '/app/src', '/app'])
      assert.deepEqual(files(path, setting), []);
  });

  it('lead nowhere outside, neither by a way up nor by a link', () => {
    const setting = { '/app': 'orders' };
    for (const path of ['/app/../../secret/key.ts', '/app/src/../../../secret/key.ts', '/app/src/key.ts'])
      assert.deepEqual(files(path, setting), [], path);
    assert.equal(isFileInside(join(workspace, 'link/key.ts'), workspace), false);
    assert.equal(isFileInside(join(workspace, 'orders/src/a.ts'), workspace), true);
    assert.equal(isFileInside('/dev/null', '/'), false);
  });

  it('are not taken from a workspace where they lead out of it', () => {
    for (const to of ['..', '../secret', join(root, 'secret'), 'link', '~/x', '/']) {
      assert.throws(() => parseCodePaths({ '/app': to }, [workspace], [workspace]), CodePathError, to);
    }
    assert.equal(parseCodePaths({ '/app': 'billing' }, [workspace], [workspace]).length, 1);
    assert.equal(parseCodePaths({ '/app': join(root, 'secret') }, [workspace], null).length, 1);
  });

  it('are checked', () => {
    for (const value of [null, [], 'x', 7, { '/app': 7 }, { '/app': ' ' }, { ' ': 'orders' }])
      assert.throws(() => parseCodePaths(value, [workspace], null), CodePathError);
    assert.deepEqual(parseCodePaths({}, [], null), []);
  });
});
