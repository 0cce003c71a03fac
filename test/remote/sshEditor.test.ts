import assert from 'node:assert/strict';
import { appendFileSync, chmodSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { repoRoot, tempDir } from '../host/paths';
import { json, others, tempFolder } from '../node/support/logs';
import { skip } from '../node/support/skip';
import { until } from '../ui/support/poll';
import { openWorkbench, type Workbench } from '../ui/support/workbench';
import { SshServer } from './support/sshServer';
import { newUser, removeUser } from './support/users';

const id = 'b7a1c0de-18e7-4c7a-bf8c-4d83d13d9c42';
const step = (ms: number, name: string) =>
  json(ms, { correlationId: id, stepId: name, service: 'remote-api', message: `did ${name}` });

const viewport = { width: 1400, height: 900 };
const isFocused = (element: Element) => element === document.activeElement;

describe('Logs behind SSH in VS Code', function () {
  this.timeout(180_000);
  const folder = join(tempDir('ui-ssh'), 'sample-logs');
  const user = 'throughline-ui';
  let server: SshServer;
  let guarded: SshServer;
  let workbench: Workbench;

  before(async () => {
    server = await SshServer.start(tempFolder());
    writeFileSync(join(server.home, '.ssh', 'known_hosts'), '');
    mkdirSync(join(server.logs, 'app'));
    writeFileSync(join(server.logs, 'app', 'remote.log'), others(300) + step(301, 'first') + others(300, 300));
    guarded = await SshServer.start(tempFolder());
    writeFileSync(join(guarded.logs, 'guarded.log'), others(100) + step(950, 'guarded') + others(100, 100));
    // Its key is known, and none of ours is taken there.
    appendFileSync(join(server.home, '.ssh', 'known_hosts'), readFileSync(join(guarded.home, '.ssh', 'known_hosts')));
    const key = guarded.newKey('locked_key', 'open sesame');
    appendFileSync(join(guarded.folder, 'authorized_keys'), readFileSync(`${key}.pub`));
    writeFileSync(join(guarded.logs, 'locked.log'), others(100));
    const address = ['HostName 127.0.0.1', `Port ${guarded.port}`];
    const config = ['Host guarded', ...address, `User ${user}`, 'Host locked', ...address, `IdentityFile ${key}`];
    appendFileSync(join(server.home, '.ssh', 'config'), `${config.join('\n')}\n`);
    for (const shared of [guarded.folder, guarded.logs]) chmodSync(shared, 0o755);
    if (userInfo().uid === 0) newUser(user, 'right');
    cpSync(join(repoRoot, 'media', 'sample-logs'), folder, { recursive: true });
    const vsix = process.env.THROUGHLINE_VSIX;
    workbench = await openWorkbench({
      workspaceFolder: folder,
      viewport,
      settings: { 'workbench.secondarySideBar.defaultVisibility': 'hidden' },
      env: { HOME: server.home },
      ...(vsix ? { vsix } : {}),
    });
  });
  after(async () => {
    await workbench?.dispose();
    await Promise.all([server.stop(), guarded?.stop()]);
    if (userInfo().uid === 0) removeUser(user);
  });
  afterEach(async function () {
    await workbench.screenshotOfFailure(this.currentTest);
  });

  const page = () => workbench.page;
  const sources = () => page().locator('.pane', { has: page().locator('.pane-header[aria-label^="Sources"]') });
  const textOfSources = async () => (await sources().innerText()).replaceAll('\u00a0', ' ');

  const inAllThemes = async (name: string) => {
    await workbench.screenshotInThemes(name);
    await page().setViewportSize({ width: 800, height: 900 });
    await workbench.screenshot(`${name}-narrow`);
    await page().setViewportSize(viewport);
  };

  /** The other views folded, so that this one has room. */
  const openSources = async () => {
    for (const name of ['Traces', 'Steps']) {
      const header = page().locator(`.pane-header[aria-label^="${name}"]`);
      if ((await header.getAttribute('aria-expanded')) === 'true') await header.click();
    }
  };

  const add = async (place: string) => {
    const box = workbench.quickInput;
    await workbench.runCommand('Throughline: Add Log Source…');
    await box.waitForTitle('Add Log Source');
    await box.pick('SSH');
    await box.waitForTitle('Add Log Source: SSH');
    await box.fill(place);
    await box.accept();
  };

  /** Answers a question for a secret wrongly, then rightly. */
  const answer = async (name: string, title: string, secret: string) => {
    const box = workbench.quickInput;
    await box.waitForTitle(title);
    assert.equal(await box.input.getAttribute('type'), 'password');
    await until('that it waits', async () => /waits for your answer/.test(await textOfSources()));
    await inAllThemes(name);
    await box.fill('wrong');
    await box.accept();
    await until('that it was wrong', async () => /The last one was wrong/.test(await box.message()));
    await inAllThemes(`${name}-wrong`);
    await box.fill(secret);
    await box.accept();
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
    // Nobody waits for the answer to see what is here.
    const list = await workbench.webviewFrame('.canvas .row[aria-busy=false]');
    assert.ok((await list.locator('.canvas .row').count()) > 1);
    await inAllThemes('ssh-host-question');
    // What Enter chooses is the safe answer.
    await until('the focus in the question', () =>
      dialog.getByRole('button', { name: 'Do Not Trust' }).evaluate(isFocused),
    );
    await page().keyboard.press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    await openSources();
    await until('the reason in the Sources view', async () => /was not trusted/.test(await textOfSources()));
    await workbench.screenshot('ssh-not-trusted');
    await workbench.runCommand('Throughline: Refresh Sources');
    await dialog.waitFor({ timeout: 30_000 });
    await dialog.getByRole('button', { name: 'Trust Host' }).click();
    await until('the log among the sources', async () => /remote\.log/.test(await textOfSources()));
    await inAllThemes('ssh-sources');
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

  it('are searched without those of which the user is asked something, which come when it is answered', async function () {
    if (userInfo().uid !== 0) return skip(this, 'only root can make a user with a password');
    await guarded.stop();
    await guarded.run(['PasswordAuthentication yes']);
    const place = `ssh://guarded${guarded.logs}/guarded.log`;
    await workbench.runCommand('View: Close All Editors');
    await add(place);
    await answer('ssh-password', `Password of ${user}@guarded:${guarded.port}`, 'right');
    await until('the log among the sources', async () => /guarded\.log/.test(await textOfSources()));
    await inAllThemes('ssh-password-sources');
    await workbench.trace(id);
    const frame = await workbench.webviewFrame('[role=treegrid] .row[aria-busy=false]');
    await until('the step', async () => (await frame.locator('.row').allInnerTexts()).join().includes('guarded'));
  });

  it('are not asked for a password again', async function () {
    if (userInfo().uid !== 0) return skip(this, 'only root can make a user with a password');
    appendFileSync(join(guarded.logs, 'guarded.log'), step(1_000, 'kept'));
    guarded.dropConnections();
    const frame = await workbench.webviewFrame('[role=treegrid] .row[aria-busy=false]');
    await until('the step', async () => (await frame.locator('.row').allInnerTexts()).join().includes('kept'));
    assert.equal(await workbench.quickInput.isOpen(), false);
  });

  it('are read with a key of which the passphrase is asked', async () => {
    await add(`ssh://locked${guarded.logs}/locked.log`);
    await answer('ssh-passphrase', `Passphrase of ${join(guarded.folder, 'locked_key')}`, 'open sesame');
    await until('the log among the sources', async () => /locked\.log/.test(await textOfSources()));
  });

  it('are followed', async () => {
    appendFileSync(join(server.logs, 'app', 'remote.log'), step(900, 'second'));
    const frame = await workbench.webviewFrame('[role=treegrid] .row[aria-busy=false]');
    await until('the new step', async () => (await frame.locator('.row').allInnerTexts()).join().includes('second'));
    await workbench.screenshot('ssh-followed');
  });
});
