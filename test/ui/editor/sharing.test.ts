import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { tempDir } from '../../host/paths';
import { until } from '../support/poll';
import type { Workbench } from '../support/workbench';
import { workbenchSuite } from '../support/workbenchSuite';

const showcaseId = '7c2d9f7b-18e7-4c7a-bf8c-4d83d13d9c01';
const otherId = 'f4b44e10-e365-4748-942a-6870b49e91fd';

describe('Timelines that are shared, left and come back to, in VS Code', function () {
  this.timeout(120_000);
  const suite = workbenchSuite({
    folder: 'sample-logs',
    viewport: { width: 1600, height: 900 },
    settings: { 'workbench.secondarySideBar.defaultVisibility': 'hidden' },
    closesAll: true,
  });
  const { folder } = suite;
  let workbench: Workbench;
  before(() => {
    workbench = suite.workbench;
  });

  const timeline = () => workbench.webviewFrame('[role=treegrid] .row[aria-busy=false]');
  const row = (frame: Frame, label: string) =>
    frame.locator('[role=treegrid] .canvas .row', { hasText: label }).first();
  const trace = (text: string) => workbench.trace(text);
  const isTimelineOf = (id: string) =>
    until(`the timeline of ${id}`, async () => {
      const frame = await timeline();
      return (await frame.locator('h1').innerText()).startsWith(id) && frame;
    });
  const copied = (wanted: RegExp) =>
    until(`${wanted} in the clipboard`, async () => {
      const text = await workbench.clipboard();
      return wanted.test(text) && text;
    });
  const timelineTabs = async () =>
    (await workbench.page.locator('.tab .label-name').allTextContents()).filter(name => /^[0-9a-f]{8}-/.test(name));
  let tickets = 0;
  const ticket = () => `ticket-${tickets}.md`;
  /** As a link in a ticket or a note is followed. Each in a file of its own: one that is written anew moves its cursor. */
  const follow = async (link: string) => {
    tickets++;
    writeFileSync(join(folder, ticket()), `# Ticket\n\n[the trace](${link})\n`);
    await workbench.openFile(`${ticket()}:3:16`);
    await workbench.editor.waitForLine(3);
    await workbench.page.locator('.editor-instance .detected-link').first().waitFor({ timeout: 20_000 });
    await workbench.runCommand('Open Link');
  };
  const withoutTicket = async () => {
    await workbench.openFile(ticket());
    await workbench.runCommand('View: Close Editor');
  };

  it('copies a link to the selected step, from the page and from the palette, and opens it at that step', async () => {
    await trace(showcaseId);
    const frame = await isTimelineOf(showcaseId);
    await row(frame, 'Worker3').click();
    await frame.locator('.details h2', { hasText: /^4/ }).waitFor();
    const number = await frame.locator('.details h2 .number').innerText();
    await frame.getByRole('button', { name: 'Copy Link' }).click();
    const link = await copied(/^[\w-]+:\/\/throughline\.throughline\/trace\?id=7c2d9f7b[\w-]+&step=/);
    await frame.getByRole('button', { name: 'Copy as Markdown' }).click();
    await copied(/^### 7c2d9f7b/);
    await frame.locator('h1').click();
    await workbench.runCommand('Throughline: Copy as List');
    await copied(/^7c2d9f7b[\s\S]*^Step 1/m);
    await frame.locator('h1').click();
    await workbench.runCommand('Throughline: Copy Link');
    assert.equal(await copied(/:\/\//), link);
    await workbench.runCommand('View: Close All Editors');

    await follow(link);
    const opened = await isTimelineOf(showcaseId);
    await until('the step', async () => (await opened.locator('.details h2 .number').innerText()) === number);
    await workbench.screenshot('sharing-link');
    await withoutTicket();
  });

  it('says so where a link leads to nothing, and runs nothing', async () => {
    await trace(showcaseId);
    await isTimelineOf(showcaseId);
    const scheme = await (async () => {
      await (await timeline()).getByRole('button', { name: 'Copy Link' }).click();
      return (await copied(/:\/\//)).split(':')[0];
    })();
    await follow(`${scheme}://throughline.throughline/trace?id=ffffffff-0000-4000-8000-123456789abc`);
    await until('what was searched', async () => {
      const text = await (await workbench.webviewFrame('.message h1')).locator('.message').innerText();
      return /Nothing found for ffffffff-0000[\s\S]*Searched \d+ sources/.test(text);
    });
    await workbench.screenshot('sharing-not-found');
    await follow(`${scheme}://throughline.throughline/open?file=%2Fetc%2Fpasswd`);
    await workbench.waitForNotification(/This link names no trace/);
    await workbench.clearNotifications();
    await follow(`${scheme}://throughline.throughline/trace?id=${showcaseId}&step=no-such-step`);
    const frame = await isTimelineOf(showcaseId);
    await frame.getByRole('alert').getByText('The trace has no step “no-such-step”').waitFor({ timeout: 20_000 });
    await withoutTicket();
  });

  it('asks before a link has logs read that lie outside of the workspace', async () => {
    const outside = join(tempDir('outside'), 'elsewhere.log');
    writeFileSync(outside, `[correlationId: ${showcaseId}, service: Elsewhere] hello\n`);
    workbench.changeSettings({ 'throughline.sources': ['**/*.log', outside] });
    try {
      await trace(showcaseId);
      await (await isTimelineOf(showcaseId)).getByRole('button', { name: 'Copy Link' }).click();
      const link = await copied(/:\/\//);
      await workbench.runCommand('View: Close All Editors');
      const dialog = workbench.page.locator('.monaco-dialog-box');
      await follow(link);
      await dialog.getByText('Search logs outside of this workspace for 7c2d9f7b').waitFor({ timeout: 20_000 });
      assert.match(await dialog.innerText(), /elsewhere\.log/);
      await workbench.screenshot('sharing-question');
      await dialog.getByRole('button', { name: 'Cancel' }).click();
      assert.deepEqual(await timelineTabs(), []);
      await workbench.runCommand('Open Link');
      await dialog.getByRole('button', { name: 'Search' }).click();
      await isTimelineOf(showcaseId);
    } finally {
      workbench.changeSettings({ 'throughline.sources': ['**/*.log', '**/*.jsonl', '**/*.ndjson', '**/*.log.*'] });
    }
    await withoutTicket();
  });

  /** What a reader has arranged in a timeline. */
  const look = (frame: Frame) =>
    frame.evaluate(() => {
      const box = document.querySelector('.details')?.getBoundingClientRect();
      const [ticks = [], scrolled = []] = ['.tick', '[role=treegrid], .details-body'].map(selector => [
        ...document.querySelectorAll(selector),
      ]);
      return {
        id: document.querySelector('h1')?.textContent,
        selected: document.querySelector('.canvas .row[aria-selected=true]')?.getAttribute('aria-label'),
        scrolled: scrolled.map(element => element.scrollTop),
        ticks: ticks.map(({ textContent }) => textContent),
        find: document.querySelector<HTMLInputElement>('.find input')?.value,
        found: document.querySelector('#find-count')?.textContent,
        tab: document.querySelector('[role=tab][aria-selected=true]')?.textContent,
        pane: box && Math.round(box.height) + Math.round(box.width),
      };
    });
  const isLike = (wanted: Awaited<ReturnType<typeof look>>) =>
    until('the view as it was', async () => {
      const now = await look(await isTimelineOf(wanted.id ?? ''));
      assert.deepEqual(now, wanted);
      return true;
    });

  it('keep selection, scroll, zoom, find, tab and panes while hidden, over a reload and over a restart', async () => {
    // VS Code tells late that the sources are again what they were before the last test.
    const frame = await until('all lines', async () => {
      await workbench.runCommand('View: Close All Editors');
      await trace(showcaseId);
      const shown = await isTimelineOf(showcaseId);
      return (await shown.locator('.header', { hasText: '41 lines' }).isVisible()) && shown;
    });
    await row(frame, 'LLM Inference').click();
    await workbench.editor.waitForTab('worker1.log');
    await frame.locator('.details h2', { hasText: 'LLM Inference' }).waitFor();
    await row(frame, 'LLM Inference').press('f');
    await frame.getByRole('separator', { name: 'Size of the details' }).press('ArrowUp');
    await frame.getByRole('separator', { name: 'Size of the details' }).press('ArrowUp');
    await frame.locator('.details-body').evaluate(body => body.scrollTo(0, 50));
    await row(frame, 'LLM Inference').press('Control+f');
    await frame.getByRole('textbox').fill('llm');
    await until('what was found', async () => /of/.test((await frame.locator('#find-count').textContent()) ?? ''));
    await workbench.page.waitForTimeout(500);
    const before = await look(frame);
    assert.match(before.selected ?? '', /LLM Inference/);
    assert.ok((before.scrolled[1] ?? 0) > 0, `${before.scrolled}`);

    await trace(otherId);
    await isTimelineOf(otherId);
    await trace(showcaseId);
    await isLike(before);
    await workbench.screenshot('sharing-shown-again');

    await workbench.reload();
    await isLike(before);

    const address = workbench.page.url();
    await workbench.page.goto('about:blank');
    await workbench.page.goto(address, { timeout: 60_000 });
    await workbench.waitUntilReady();
    await isLike(before);
    await workbench.screenshot('sharing-restarted');
  });

  it('stand side by side, one a trace', async () => {
    await trace(showcaseId);
    await isTimelineOf(showcaseId);
    await workbench.runCommand('Throughline: Focus on Traces View');
    const view = await workbench.webviewFrame('.query');
    await view.getByRole('textbox').fill('f4b44e10');
    const listed = view.locator('.canvas .row[aria-busy=false]');
    await until('one trace', async () => (await listed.count()) === 1);
    const entry = workbench.page.locator('.monaco-menu .action-item', { hasText: 'Open Timeline to the Side' });
    await until('the menu of the row', async () => {
      await listed.first().click({ button: 'right' });
      await entry.waitFor({ state: 'visible', timeout: 3000 });
      return true;
    });
    await until('the entry to be chosen', async () => {
      await entry.click();
      await entry.waitFor({ state: 'hidden', timeout: 1000 });
      return true;
    });
    await until(
      'two timelines in view',
      async () => (await workbench.editor.activeTabs()).filter(tab => /^[0-9a-f]{8}-/.test(tab)).length === 2,
    );
    // It takes the focus once it is there.
    const isDrawn = async (frame: Frame) => {
      const title = await frame.locator('h1').allInnerTexts();
      return title.join().startsWith(otherId) && (await frame.locator('.canvas .row[aria-busy=false]').count()) > 0;
    };
    await until('the other one to be drawn', async () => {
      for (const frame of workbench.page.frames()) if (await isDrawn(frame)) return true;
      return false;
    });
    await workbench.screenshot('sharing-side-by-side');
    await trace(showcaseId);
    await trace(otherId);
    const inFront = workbench.page.locator('.editor-group-container.active .tab.active', {
      hasText: otherId.slice(0, 8),
    });
    await inFront.waitFor({ timeout: 20_000 });
    assert.equal((await timelineTabs()).length, 2, 'none is opened twice');
  });

  it('lead from whose request it was to all of their traces', async () => {
    await trace(showcaseId);
    await (await isTimelineOf(showcaseId)).getByRole('button', { name: 'acme', exact: true }).click();
    const view = await workbench.webviewFrame('.query');
    await until('the query', async () => (await view.getByRole('textbox').inputValue()) === 'organization = "acme"');
    await until('its four traces', async () => (await view.locator('.canvas .row[aria-busy=false]').count()) === 4);
    await isTimelineOf(showcaseId);
    await workbench.screenshot('sharing-pivot');
  });
});
