import assert from 'node:assert/strict';
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../support/poll';
import type { Workbench } from '../support/workbench';
import { workbenchSuite } from '../support/workbenchSuite';

const showcaseId = '7c2d9f7b-18e7-4c7a-bf8c-4d83d13d9c01';

describe('The Traces view, in VS Code', function () {
  this.timeout(120_000);
  const suite = workbenchSuite({
    folder: 'sample-logs',
    viewport: { width: 1400, height: 900 },
    settings: { 'workbench.secondarySideBar.defaultVisibility': 'hidden' },
  });
  const { folder } = suite;
  let workbench: Workbench;
  before(() => {
    workbench = suite.workbench;
  });

  const openView = () => workbench.runCommand('Throughline: Focus on Traces View');
  const view = () => workbench.webviewFrame('.query');
  const rows = async () => {
    const frame = await view();
    return frame.locator('.canvas .row[aria-busy=false]');
  };
  const count = async () => (await rows()).count();
  const summary = async () => ((await (await view()).locator('.summary').innerText()) ?? '').replaceAll('\u00a0', ' ');
  const filter = async (text: string) => (await view()).getByRole('textbox').fill(text);
  const timeline = () => workbench.webviewFrame('[role=treegrid] .row[aria-busy=false]');
  const timelineTitles = async () => (await workbench.page.locator('.tab .label-name').allTextContents()).sort();
  const isTimelineOf = (id: string) =>
    until(`the timeline of ${id}`, async () => (await (await timeline()).locator('h1').innerText()).includes(id));

  it('lists every trace once it is shown, failed and slowest first', async () => {
    await openView();
    await (await rows()).first().waitFor();
    await until('the whole list', async () => /\d+ traces · worst first/.test(await summary()));
    const [first] = await (await rows()).evaluateAll(all => all.map(row => row.getAttribute('aria-label')));
    assert.match(first ?? '', /^Failed, /);
    assert.ok((await count()) <= 60);
    await workbench.screenshot('traces-view');
  });

  it('filters, and opens one preview after another in the same timeline', async () => {
    await filter(`user = u-42 and status = recovered`);
    await until('one trace', async () => (await count()) === 1);
    await (await rows()).first().locator('.name', { hasText: 'Context Management started' }).waitFor();
    await (await rows()).first().click();
    await isTimelineOf(showcaseId);
    await workbench.screenshot('traces-view-and-timeline');
    await filter('status = failed');
    await until('the failed ones', async () => {
      const labels = await (await rows()).evaluateAll(all => all.map(row => row.getAttribute('aria-label') ?? ''));
      return labels.length > 1 && labels.every(label => label.startsWith('Failed'));
    });
    const second = (await rows()).nth(1);
    const id = (await second.locator('.correlationId').getAttribute('title')) ?? '';
    await second.click();
    await isTimelineOf(id);
    assert.equal((await timelineTitles()).length, 1, 'a look does not pile up timelines');
    const frame = await view();
    assert.ok(await frame.evaluate(() => document.activeElement?.getAttribute('data-index') === '1'));
    await second.press('Enter');
    await (await rows()).nth(0).click();
    await until('another timeline, since Enter keeps the first', async () => (await timelineTitles()).length === 2);
  });

  it('leads from a trace to all traces of its user', async () => {
    await filter(showcaseId);
    await until('one trace', async () => (await count()) === 1);
    const entry = workbench.page.locator('.monaco-menu .action-item', { hasText: 'Show Traces of This User' });
    await until('the menu of the row', async () => {
      await (await rows()).first().click({ button: 'right' });
      await entry.waitFor({ state: 'visible', timeout: 3000 });
      return true;
    });
    await workbench.screenshot('traces-view-menu');
    await until('the entry to be chosen', async () => {
      await entry.click();
      await entry.waitFor({ state: 'hidden', timeout: 1000 });
      return true;
    });
    const frame = await view();
    await until('the query', async () => (await frame.getByRole('textbox').inputValue()) === 'user = "u-42"');
    await until('traces of the user', async () => {
      const labels = await (await rows()).evaluateAll(all => all.map(row => row.getAttribute('aria-label') ?? ''));
      return labels.length > 0 && labels.every(label => label.includes('user u-42'));
    });
  });

  it('copies an ID, sorts, and shows the failed ones, by its commands', async () => {
    await filter(showcaseId);
    await until('one trace', async () => (await count()) === 1);
    await (await rows()).first().click();
    await workbench.page.keyboard.press('Control+c');
    await until('the ID', async () => (await workbench.clipboard()) === showcaseId);
    await workbench.runCommand('Throughline: Show Failed Traces Only');
    await until('the failed ones', async () => /^[2-9] traces fit · worst/.test(await summary()));
    await workbench.runCommand('Throughline: Show All Traces');
    // The command brings the focus to the view, which would close the palette under the next one.
    await until('all traces', async () => /^\d+ traces · worst/.test(await summary()));
    await workbench.runCommand('Throughline: Sort Traces By…');
    await workbench.quickInput.waitForTitle('Sort Traces By');
    await workbench.quickInput.fill('oldest first');
    await workbench.quickInput.accept();
    await until('the order', async () => /oldest first/.test(await summary()));
  });

  it('comes back as it was left, and reads what is new', async () => {
    await filter('duration > 1ms');
    await until('the list', async () => /^\d\d traces fit/.test(await summary()));
    const before = await summary();
    await workbench.runCommand('View: Show Explorer');
    await openView();
    await (await rows()).first().waitFor();
    const frame = await view();
    assert.equal(await frame.getByRole('textbox').inputValue(), 'duration > 1ms');
    assert.equal(await summary(), before);
    const line = (second: number) =>
      `${JSON.stringify({ time: `2026-03-09T10:00:0${second}Z`, level: 'info', correlationId: 'brand-new-0001', msg: 'x' })}\n`;
    writeFileSync(join(folder, 'new.jsonl'), line(1) + line(3));
    await filter('brand-new-0001');
    await until('the new trace, which nobody asked to be read', async () => (await count()) === 1);
    appendFileSync(join(folder, 'new.jsonl'), line(7));
    await until('its growth', async () =>
      /6\.00 s/.test((await (await rows()).first().innerText()).replaceAll('\u00a0', ' ')),
    );
    await workbench.runCommand('Throughline: Refresh Traces');
    await until('it again', async () => (await count()) === 1);
  });

  it('is at home in every theme, in a narrow side bar and in the wide panel', async () => {
    await filter('');
    await until('all', async () => (await count()) > 3);
    await workbench.runCommand('Throughline: Sort Traces By…');
    await workbench.quickInput.waitForTitle('Sort Traces By');
    await workbench.quickInput.fill('failed and slowest first');
    await workbench.quickInput.accept();
    await until('the worst first', async () => /worst first/.test(await summary()));
    await (await rows()).nth(5).click();
    await until('its timeline', timeline);
    await workbench.screenshotInThemes('traces-view');
    await workbench.runCommand('View: Move View');
    await workbench.quickInput.fill('Traces');
    await workbench.quickInput.accept();
    await workbench.quickInput.fill('New Panel');
    await workbench.quickInput.accept();
    const frame = await until('the columns', async () => {
      const moved = await view();
      return (await moved.locator('.head .steps').isVisible()) && moved;
    });
    assert.ok((await frame.locator('.canvas .row').count()) > 0);
    await workbench.screenshot('traces-view-panel');
  });

  it('says what it searched where there are no logs', async () => {
    workbench.changeSettings({ 'throughline.sources': ['nowhere/*.log'] });
    await workbench.runCommand('View: Close All Editors');
    const message = await until('the message', async () => {
      const text = await (await view()).locator('.message').innerText();
      return /No logs yet/.test(text) && text;
    });
    assert.match(message, /Searched “sample-logs” for “nowhere\/\*\.log”\.[\s\S]*Add Log Files…[\s\S]*Take the Tour/);
    await workbench.screenshot('traces-view-empty');
  });
});
