import assert from 'node:assert/strict';
import { cpSync, mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repoRoot, tempDir } from '../../host/paths';
import { takesPictures } from '../support/pictures';
import { until } from '../support/poll';
import { openWorkbench, type Workbench } from '../support/workbench';

const showcaseId = '7c2d9f7b-18e7-4c7a-bf8c-4d83d13d9c01';
const themes = ['Dark Modern', 'Light Modern', 'Default High Contrast', 'Default High Contrast Light'];

describe('Views, texts and the walkthrough, in VS Code', function () {
  this.timeout(180_000);
  const folder = join(tempDir('ui-views'), 'sample-logs');
  let workbench: Workbench;

  before(async () => {
    cpSync(join(repoRoot, 'media', 'sample-logs'), folder, { recursive: true });
    mkdirSync(join(folder, 'only-here'));
    writeFileSync(
      join(folder, 'only-here', 'part.log'),
      `2026-03-02T10:15:16.100Z INFO [orders] [correlationId=${showcaseId}] only here\n`,
    );
    // Sparse: takes no room, and a while to read. By its name no source of the settings.
    mkdirSync(join(folder, 'huge'));
    const huge = join(folder, 'huge', 'huge.txt');
    writeFileSync(huge, '2026-03-02T10:15:16.100Z INFO [orders] begun\n');
    truncateSync(huge, 60e9);
    const vsix = process.env.THROUGHLINE_VSIX;
    workbench = await openWorkbench({
      workspaceFolder: folder,
      viewport: { width: 1400, height: 900 },
      settings: { 'workbench.secondarySideBar.defaultVisibility': 'hidden' },
      ...(vsix ? { vsix } : {}),
    });
  });
  after(() => workbench?.dispose());
  afterEach(async function () {
    await workbench.screenshotOfFailure(this.currentTest);
    if (await workbench.quickInput.isOpen()) await workbench.quickInput.cancel();
  });

  const { page } = { page: () => workbench.page };
  const pane = (name: string) =>
    page().locator('.pane', { has: page().locator(`.pane-header[aria-label^="${name}"]`) });
  const open = async (name: string) => {
    const header = page().locator(`.pane-header[aria-label^="${name}"]`);
    if ((await header.getAttribute('aria-expanded')) === 'false') await header.click();
    await pane(name).locator('.pane-body').waitFor();
  };
  /** The other views folded, so that this one has room. */
  const openAlone = async (name: string) => {
    await open(name);
    for (const other of ['Traces', 'Steps', 'Sources'].filter(view => view !== name)) {
      const header = page().locator(`.pane-header[aria-label^="${other}"]`);
      if ((await header.getAttribute('aria-expanded')) === 'true') await header.click();
    }
  };
  const rows = (name: string) => pane(name).locator('.monaco-list-row');
  const traceIn = async (name: string) => {
    await workbench.runCommand('View: Show Explorer');
    const entry = page().locator('.explorer-folders-view .monaco-list-row', { hasText: name });
    await entry.click({ button: 'right' });
    await until('the box', async () => {
      // A menu ignores clicks in its first moments.
      await page().getByRole('menuitem', { name: 'Trace in This Folder…' }).click({ timeout: 1000 });
      return until('the box', () => workbench.quickInput.isOpen(), 2);
    });
    await workbench.quickInput.fill(showcaseId);
    await workbench.screenshot(`views-folder-${name}`);
    await workbench.quickInput.accept();
  };

  it('welcome whoever has no trace yet', async () => {
    await page().locator('.activitybar .action-label[aria-label^="Throughline"]').click();
    await open('Steps');
    const welcome = pane('Steps').locator('.welcome-view-content');
    // VS Code makes buttons of links, too.
    await welcome.getByRole('button', { name: 'Take the tour' }).waitFor();
    await welcome.getByRole('button', { name: 'Trace Correlation ID' }).waitFor();
  });

  it('show how each source is read', async () => {
    await openAlone('Sources');
    await rows('Sources').first().waitFor();
    await until('the sources', async () => (await rows('Sources').count()) > 5);
    const texts = await rows('Sources').allTextContents();
    assert.match(texts[0] ?? '', /By setting.*\d+ sources/);
    await rows('Sources').filter({ hasText: 'context.jsonl' }).click();
    await workbench.editor.waitForTab('context.jsonl');
    await workbench.screenshotInThemes('views-sources');
    await openAlone('Steps');
  });

  it('show the steps of a trace, and lead to the step and its log line', async () => {
    await workbench.runCommand('Throughline: Trace Correlation ID');
    await workbench.quickInput.fill(showcaseId);
    await workbench.quickInput.accept();
    await until('the steps', async () => (await rows('Steps').count()) >= 7);
    const labels = await rows('Steps').evaluateAll(all => all.map(row => row.getAttribute('aria-label') ?? ''));
    assert.match(labels[0] ?? '', /^Step 1, /);
    const timeline = await workbench.webviewFrame('[role=treegrid] .row[aria-busy=false]');
    const wanted = rows('Steps').filter({ hasText: 'LLM Inference' }).first();
    for (const step of [wanted, rows('Steps').first(), wanted]) {
      await step.click();
      const number = /^\d+\w*/.exec((await step.innerText()).trim())?.[0] ?? '';
      await until(`step ${number} in the timeline`, async () => {
        const selected = await timeline.locator('.row[aria-selected=true]').first().innerText();
        return selected.trim().startsWith(number);
      });
    }
    // Tried again: a timeline that was asked for takes the focus as soon as its trace is found.
    await until('the focus to stay in the tree', async () => {
      await wanted.click();
      await page().waitForTimeout(300);
      return page().evaluate(() => document.activeElement?.closest('.pane') !== null);
    });
    await page().locator('.editor-instance .view-line').first().waitFor();
    await workbench.screenshotInThemes('views-steps');
  });

  it('show the trace as a text whose times lead to the log', async () => {
    // Of the trace in the Steps view, wherever the cursor is.
    await rows('Steps').first().click();
    await pane('Steps').getByRole('button', { name: 'Open Trace as Text' }).click();
    const text = page().locator('.editor-instance[aria-label^="7c2d9f7b"]');
    await text.locator('.view-line', { hasText: /^#\sTrace/ }).waitFor();
    const link = text.locator('.view-line', { hasText: 'Worker1' }).locator('.detected-link').first();
    await link.waitFor();
    await workbench.screenshotInThemes('views-text');
    await until('the log line', async () => {
      // With the key down, the link is drawn anew: it is clicked by its place.
      const { x = 0, y = 0 } = (await link.boundingBox()) ?? {};
      await page().keyboard.down('ControlOrMeta');
      await page().mouse.move(x + 20, y + 8, { steps: 3 });
      await page().mouse.click(x + 24, y + 8);
      await page().keyboard.up('ControlOrMeta');
      return until('its tab', async () => (await workbench.editor.activeTabs()).some(tab => tab === 'worker1.log'), 3);
    });
    await until('its line', async () => ((await workbench.editor.cursor())?.line ?? 0) > 1);
  });

  it('show in a hover where in its trace a line stands, with a picture', async () => {
    await workbench.runCommand('View: Close All Editors');
    await workbench.openFile('worker2.log');
    for (const theme of takesPictures ? themes : ['Dark Modern', 'Default High Contrast Light']) {
      await workbench.setTheme(theme);
      // On a busy machine the first one may come before the trace is known.
      const hover = await until('a hover that knows the trace', async () => {
        await page().keyboard.press('Escape');
        await page().mouse.move(700, 5);
        const shown = await workbench.editor.hoverWord(showcaseId);
        return (await shown.getByText('This step').isVisible()) && shown;
      });
      assert.match(
        (await hover.innerText()).replaceAll('\u00a0', ' '),
        /Previous step 3 Context Management · began 1\.03 s before/,
      );
      const picture = hover.locator('img[src^="data:image/svg+xml"]');
      await picture.waitFor();
      assert.equal(await picture.evaluate(image => (image as HTMLImageElement).naturalWidth), 332);
      await workbench.screenshot(`views-hover-${theme.toLowerCase().replaceAll(' ', '-')}`);
    }
    await workbench.setTheme('Dark Modern');
  });

  it('tell in the status bar what goes on, and end it there', async () => {
    await traceIn('huge');
    const item = page().locator('#throughline\\.throughline\\.throughline\\.activity');
    await item.filter({ hasText: /Tracing 7c2d9f7b/ }).waitFor({ timeout: 15_000 });
    await workbench.screenshot('views-activity');
    await item.click();
    await until('what goes on', async () => {
      const [first] = await workbench.quickInput.items();
      return /^Tracing 7c2d9f7b/.test(first?.label ?? '');
    });
    await workbench.screenshot('views-activity-list');
    const entry = page().locator('.quick-input-list .monaco-list-row').first();
    await entry.hover();
    await entry.getByRole('button', { name: 'Cancel Search' }).click();
    await workbench.quickInput.cancel();
    await item.waitFor({ state: 'detached' });
  });

  it('search one folder of the explorer alone', async () => {
    await traceIn('only-here');
    await page().locator('.tab', { hasText: 'in only-here' }).waitFor();
  });

  it('search one file of the explorer alone, and offer its IDs by their names', async () => {
    await workbench.runCommand('View: Show Explorer');
    const entry = page().locator('.explorer-folders-view .monaco-list-row', { hasText: 'worker3.log' });
    await entry.click({ button: 'right' });
    const wanted = page().getByRole('menuitem', { name: 'Trace in This File…' });
    await wanted.waitFor();
    assert.equal(await page().getByRole('menuitem', { name: 'Trace in This Folder…' }).count(), 0);
    await until('the box', async () => {
      await wanted.click({ timeout: 1000 });
      return until('the box', () => workbench.quickInput.isOpen(), 2);
    });
    await workbench.quickInput.fill('');
    await until('IDs with names', async () => {
      const items = await workbench.quickInput.items();
      return items.length > 1 && items.every(({ description }) => / · /.test(description));
    });
    await workbench.screenshot('views-file');
    await workbench.quickInput.fill(showcaseId);
    await workbench.quickInput.accept();
    await page().locator('.tab', { hasText: 'in worker3.log' }).waitFor();
  });

  it('take a newcomer through the sample logs', async () => {
    await workbench.runCommand('View: Close All Editors');
    await workbench.runCommand('Welcome: Open Walkthrough...');
    await until('the walkthrough', async () => (await workbench.quickInput.items()).length > 0);
    await workbench.quickInput.fill('Throughline');
    await workbench.quickInput.accept();
    const steps = page().locator('.getting-started-step');
    await until('its steps', async () => (await steps.count()) === 5);
    await page().getByRole('button', { name: 'Open Sample Logs' }).waitFor();
    await workbench.screenshotInThemes('views-walkthrough-sample');
    await page().getByRole('button', { name: 'Open Sample Logs' }).click();
    await until('the step to be done', async () => (await steps.nth(0).locator('.codicon.complete').count()) > 0);
    assert.equal(
      await steps.nth(3).locator('.codicon.complete').count(),
      0,
      'the list is on show, but its step is not done',
    );
    for (const [index, name] of ['sample', 'trace', 'read', 'list', 'own'].entries()) {
      await steps.nth(index).click();
      await page().waitForTimeout(400);
      await workbench.screenshot(`views-walkthrough-${name}`);
    }
    await workbench.setTheme('Default High Contrast Light');
    await steps.nth(2).click();
    await page().waitForTimeout(400);
    await workbench.screenshot('views-walkthrough-read-hc-light');
    await workbench.setTheme('Dark Modern');
    await openAlone('Sources');
    await rows('Sources').filter({ hasText: 'sample-logs' }).first().waitFor();
  });
});
