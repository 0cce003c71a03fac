import assert from 'node:assert/strict';
import { desktopArguments } from '../host/desktop';
import { browserCommand } from '../host/openInBrowser';
import { serverCanRun } from '../host/serverInstall';
import { parseCodeArguments } from '../host/shim';

describe('the host for desktop VS Code', () => {
  const plan = {
    vsix: '/repo/dist/throughline.vsix',
    opener: '/repo/test/host/opener',
    workspace: '/tmp/work/sample-logs',
    userDataDir: '/tmp/work/user',
    extensionsDir: '/tmp/work/extensions',
  };
  const profile = ['--extensions-dir=/tmp/work/extensions', '--user-data-dir=/tmp/work/user'];

  it('installs the package into a profile of its own', () => {
    const { install } = desktopArguments(plan);
    assert.deepEqual(install, [...profile, '--install-extension', plan.vsix, '--force']);
  });

  it('opens the workspace in the same profile, with the opener from its folder', () => {
    const { open } = desktopArguments(plan);
    assert.equal(open[0], plan.workspace);
    for (const argument of [...profile, '--extensionDevelopmentPath=/repo/test/host/opener']) {
      assert.ok(open.includes(argument), argument);
    }
  });

  it('takes the server build on Linux only', () => {
    const runs = [
      ['linux', 'x64'],
      ['linux', 'arm64'],
      ['darwin', 'arm64'],
      ['win32', 'x64'],
    ].map(([platform, arch]) => serverCanRun(platform, arch));
    assert.deepEqual(runs, [true, true, false, false]);
  });

  it('opens a browser only where a user has a screen', () => {
    assert.equal(browserCommand('linux', { DISPLAY: ':0' }), 'xdg-open');
    assert.equal(browserCommand('linux', { WAYLAND_DISPLAY: 'wayland-0' }), 'xdg-open');
    assert.equal(browserCommand('darwin', {}), 'open');
    assert.equal(browserCommand('linux', {}), undefined);
    assert.equal(browserCommand('linux', { DISPLAY: ':0', CI: 'true' }), undefined);
  });
});

describe('the stand-in for the VS Code executable', () => {
  it('takes what @vscode/test-electron passes, and ignores the rest', () => {
    const argv = [
      '/ws',
      '--no-sandbox',
      '--extensionTestsPath=/repo/dist/test/vscode/index.cjs',
      '--extensionDevelopmentPath=/repo',
      '--extensions-dir=/tmp/e',
      '--user-data-dir=/tmp/u',
    ];
    assert.deepEqual(parseCodeArguments(argv), {
      extension: '/repo',
      tests: '/repo/dist/test/vscode/index.cjs',
      extensionsDir: '/tmp/e',
      userDataDir: '/tmp/u',
      folder: '/ws',
    });
  });

  it('names a missing argument', () => {
    assert.throws(() => parseCodeArguments(['/ws']), /--extensionDevelopmentPath=/);
  });
});
