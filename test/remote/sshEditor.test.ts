import assert from 'node:assert/strict';
import { appendFileSync, cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repoRoot, tempDir } from '../host/paths';
import { json, others, tempFolder } from '../node/support/logs';
import { until } from '../ui/support/poll';
import { openWorkbench, type Workbench } from '../ui/support/workbench';
import { SshServer } from './support/sshServer';

const id = 'b7a1c0de-18e7-4c7a-bf8c-4d83d13d9c42';
const step = (ms: number, name: string) =>
  json(ms, { correlationId: id, stepId: name, service: 'remote-api', message: `did ${name}` });

describe('Logs behind SSH in VS Code', function () {
  this.timeout(180_000);
  const folder = join(tempDir('ui-ssh'), 'sample-logs');
  let server: SshServer;
  let workbench: Workbench;

  before(async () => {
    server = await SshServer.start(tempFolder());
    writeFileSync(join(server.home, '.ssh', 'known_hosts'), '');
    mkdirSync(join(server.logs, 'app'));
    writeFileSync(join(server.logs, 'app', 'remote.log'), others(300) + step(301, 'first') + others(300, 300));
    cpSync(join(repoRoot, 'media', 'sample-logs'), folder, { recursive: true });
    const vsix = process.env.THROUGHLINE_VSIX;
    workbench = await openWorkbench({
      workspaceFolder: folder,
      viewport: { width: 1400, height: 900 },
      settings: { 'workbench.secondarySideBar.defaultVisibility': 'hidden' },
      env: { HOME: server.home },
      ...(vsix ? { vsix } : {}),
    });
  });
  after(async () => {
    await workbench?.dispose();
    await server.stop();
  });
  afterEach(async function () {
    await workbench.screenshotOfFailure(this.currentTest);
  });

  const page = () => workbench.page;
  const sources = () => page().locator('.pane', { has: page().locator('.pane-header[aria-label^="Sources"]') });
  const textOfSources = async () => (await sources().innerText()).replaceAll('\u00a0', ' ');

  /** The other views folded, so that this one has room. */
  const openSources = async () => {
    for (const name of ['Traces', 'Steps']) {
      const header = page().locator(`.pane-header[aria-label^="${name}"]`);
      if ((await header.getAttribute('aria-expanded')) === 'true') await header.click();
    }
  };

  it('are added by their place, of which a wrong one is told while it is typed', async () => {
    await workbench.runCommand('Throughline: Add Log Source…');
    await workbench.quickInput.waitForTitle('Add Log Source');
    await workbench.screenshot('ssh-kinds');
    await workbench.quickInput.pick('SSH');
    await workbench.quickInput.waitForTitle('Add Log Source: SSH');
    await workbench.quickInput.fill('ssh://me:secret@host/app.log');
    await until('the reason', async () => /password in a place is refused/.test(await workbench.quickInput.message()));
    await workbench.quickInput.fill(server.url('app/*.log'));
    await workbench.screenshot('ssh-place');
    await workbench.quickInput.accept();
  });

  it('are read once the user has said that the host is the one that is meant', async () => {
    const dialog = page().locator('.monaco-dialog-box');
    await dialog.waitFor({ timeout: 30_000 });
    const text = await dialog.innerText();
    assert.ok(text.includes(server.hostName), text);
    assert.ok(text.includes(server.fingerprint()), text);
    await workbench.screenshot('ssh-host-question');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await openSources();
    await until('the reason in the Sources view', async () => /was not trusted/.test(await textOfSources()));
    await workbench.screenshot('ssh-not-trusted');
    await workbench.runCommand('Throughline: Refresh Sources');
    await dialog.waitFor({ timeout: 30_000 });
    await dialog.getByRole('button', { name: 'Trust Host' }).click();
    await until('the log among the sources', async () => /remote\.log/.test(await textOfSources()));
    await workbench.screenshot('ssh-sources');
  });

  it('are traced, and a click leads to the line', async () => {
    await workbench.trace(id);
    const frame = await workbench.webviewFrame('[role=treegrid] .row[aria-busy=false]');
    await frame.locator('.canvas .row').first().click();
    await frame.locator('.record', { hasText: 'remote.log:301' }).click();
    await workbench.editor.waitForTab('remote.log');
    const view = await workbench.webviewFrame('.lines .line');
    const lit = view.locator('.line.lit');
    await lit.waitFor();
    assert.match((await lit.textContent()) ?? '', /did first/);
    await workbench.screenshot('ssh-line');
  });

  it('are followed', async () => {
    appendFileSync(join(server.logs, 'app', 'remote.log'), step(900, 'second'));
    const frame = await workbench.webviewFrame('[role=treegrid] .row[aria-busy=false]');
    await until('the new step', async () => (await frame.locator('.row').allInnerTexts()).join().includes('second'));
    await workbench.screenshot('ssh-followed');
  });
});
