import assert from 'node:assert/strict';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { repoRoot, tempDir } from '../../host/paths';
import { until } from '../support/poll';
import { openWorkbench, type Workbench } from '../support/workbench';

const id = '5e0c1f7a-18e7-4c7a-bf8c-4d83d13d9c77';
const traceCommand = 'Throughline: Trace Correlation ID';

const record = (index: number, file: string) =>
  `${JSON.stringify({
    timestamp: `2026-03-02T10:15:0${index}.000Z`,
    level: 'INFO',
    service: 'Fetcher',
    correlationId: id,
    stepId: `step-${index}`,
    message: `fetch ${index}`,
    'code.file.path': file,
    'code.line.number': 2,
  })}\n`;

describe('In a workspace that is not trusted', function () {
  this.timeout(180_000);
  const folder = join(tempDir('ui-restricted'), 'sample-logs');
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.end(record(9, '/x'));
  });
  let url = '';
  let workbench: Workbench;

  before(async () => {
    cpSync(join(repoRoot, 'media', 'sample-logs'), folder, { recursive: true });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/app.log`;
    writeFileSync(join(folder, 'code.jsonl'), record(1, '/srv/app/fetch.js') + record(2, '/etc/hostname'));
    for (const part of ['mapped', join('src', 'app')]) {
      mkdirSync(join(folder, part), { recursive: true });
      writeFileSync(join(folder, part, 'fetch.js'), `// ${part}\nfetch();\n`);
    }
    mkdirSync(join(folder, '.vscode'));
    const ofWorkspace = {
      'throughline.sources': ['none/*.log', url.replace('app', 'workspace')],
      'throughline.codePaths': { '/srv/app': 'mapped' },
      'throughline.fields': { correlationId: 'timestamp' },
      'throughline.formats': { mine: { pattern: '(?<message>.*)' } },
      'throughline.codeLens': false,
    };
    writeFileSync(join(folder, '.vscode', 'settings.json'), JSON.stringify(ofWorkspace));
    const vsix = process.env.THROUGHLINE_VSIX;
    workbench = await openWorkbench({
      workspaceFolder: folder,
      trust: false,
      viewport: { width: 1400, height: 900 },
      settings: {
        'workbench.secondarySideBar.defaultVisibility': 'hidden',
        'throughline.sources': ['**/*.log', '**/*.jsonl', '**/*.log.*', url],
      },
      ...(vsix ? { vsix } : {}),
    });
  });
  after(async () => {
    await workbench?.dispose();
    server.close();
  });
  afterEach(async function () {
    await workbench.screenshotOfFailure(this.currentTest);
    if (await workbench.quickInput.isOpen()) await workbench.quickInput.cancel();
  });

  const timeline = () => workbench.webviewFrame('[role=treegrid] .row[aria-busy=false]');
  const openCode = async (step: string, name: string) => {
    const frame = await timeline();
    const row = frame.locator('.canvas .row', { hasText: step });
    await until('its details', async () => {
      await row.click();
      return frame.locator('.details h2', { hasText: step }).isVisible();
    });
    await frame.locator('.details').getByRole('button', { name }).click();
  };

  it('local logs are read as the user says, and no server is asked, which is said', async () => {
    await workbench.runCommand(traceCommand);
    await workbench.quickInput.fill(id);
    await workbench.quickInput.accept();
    const frame = await timeline();
    assert.match(await frame.locator('header').innerText(), /2\s*steps/);
    const message = await workbench.waitForNotification(/not trusted/);
    assert.ok(message.includes(url), message);
    assert.match(message, /asks no server/);
    await page().getByRole('button', { name: 'Manage Workspace Trust' }).waitFor();
    await workbench.screenshot('restricted-server');
    await workbench.clearNotifications();
    assert.deepEqual(asked, []);
  });

  it('code opens in the workspace, by no mapping that came with it, and never outside', async () => {
    await openCode('fetch 1', '/srv/app/fetch.js:2');
    await workbench.editor.waitForTab(/^fetch\.js/);
    const shown = page().locator('.editor-instance .view-line', { hasText: /src/ });
    await shown.first().waitFor();
    await openCode('fetch 2', '/etc/hostname:2');
    const message = await workbench.waitForNotification(/No file of this workspace/);
    assert.match(message, /\/etc\/hostname.*of your user settings; those of this workspace wait for trust/);
    await workbench.screenshot('restricted-code');
    await workbench.clearNotifications();
  });

  it('a log that no text editor shows opens in its view, with its hover', async () => {
    await page().locator('.explorer-folders-view .monaco-list-row', { hasText: 'api.log.1.gz' }).click();
    await workbench.runCommand('View: Reopen Editor With...');
    await workbench.quickInput.pick(/Throughline/);
    const view = await workbench.webviewFrame('.lines .line');
    await view.locator('.line .text').first().hover();
    await view.locator('.hover-card').waitFor();
  });

  it('the views, the text of a trace and the tour are there', async () => {
    await page().locator('.activitybar .action-label[aria-label^="Throughline"]').click();
    const steps = page().locator('.pane', { has: page().locator('.pane-header[aria-label^="Steps"]') });
    await until('the steps', async () => (await steps.locator('.monaco-list-row').count()) === 2);
    await workbench.runCommand('Throughline: Open Trace as Text');
    await page()
      .locator('.editor-instance .view-line', { hasText: /^#\sTrace/ })
      .waitFor();
    await workbench.runCommand('Throughline: Open Sample Logs');
    for (const name of ['Sources', 'Traces', 'Steps'])
      await page().locator(`.pane-header[aria-label^="${name}"]`).click();
    const sources = page().locator('.pane', { has: page().locator('.pane-header[aria-label^="Sources"]') });
    await sources.locator('.monaco-list-row', { hasText: 'sample-logs' }).first().waitFor();
    await workbench.screenshot('restricted-views');
    assert.deepEqual(asked, []);
  });

  const page = () => workbench.page;
});
