import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { Looks } from '../support/looks';
import { until } from '../support/poll';
import type { Workbench } from '../support/workbench';
import { workbenchSuite } from '../support/workbenchSuite';
import { growingFile, growingLater, traces, writeScenarioLogs } from './scenarioLogs';

/** One VS Code for all of them; of each the state that it has led to is looked at in every theme and width. */
describe('Every part of the timeline, in VS Code', function () {
  this.timeout(120_000);
  const suite = workbenchSuite({
    folder: 'scenarios',
    write: writeScenarioLogs,
    viewport: { width: 1600, height: 900 },
    settings: {
      'workbench.activityBar.location': 'hidden',
      'workbench.secondarySideBar.defaultVisibility': 'hidden',
      'breadcrumbs.enabled': false,
    },
  });
  let workbench: Workbench;
  let looks: Looks;
  before(async () => {
    workbench = suite.workbench;
    looks = new Looks(workbench);
    await workbench.runCommand('View: Close Primary Side Bar');
  });

  const press = async (...keys: string[]) => {
    for (const key of keys) await workbench.page.keyboard.press(key);
  };
  const shown = (id: string) =>
    until(`the timeline of ${id}`, async () => {
      const frame = await workbench.webviewFrame('[role=treegrid] .row[aria-busy=false]');
      return (await frame.locator('h1').innerText()).startsWith(id) && frame;
    });
  /** Alone in the window. */
  const open = async (id: string) => {
    await workbench.runCommand('View: Close All Editors');
    await workbench.trace(id);
    return shown(id);
  };
  const text = async (frame: Frame, selector: string) =>
    (await frame.locator(selector).first().innerText()).replace(/\s+/g, ' ');
  const says = (frame: Frame, selector: string, wanted: RegExp) =>
    until(`${wanted} in ${selector}`, async () => wanted.test(await text(frame, selector)));
  const rows = (frame: Frame) => frame.locator('.canvas .row[aria-busy=false]');
  const selected = (frame: Frame, wanted: RegExp) =>
    until(`${wanted} to be selected`, async () =>
      wanted.test((await frame.locator('.canvas .row.selected').first().getAttribute('aria-label')) ?? ''),
    );
  /** With the keys of the tree: a click would open a log beside it. */
  const select = async (frame: Frame, wanted: RegExp) => {
    await frame.locator('.canvas .row[tabindex="0"]').focus();
    await press('Home');
    await until(`the row ${wanted}`, async () => {
      const label = await frame.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
      if (wanted.test(label)) return true;
      await press('ArrowDown');
      return false;
    });
    await selected(frame, wanted);
  };
  const button = (frame: Frame, name: string | RegExp) => frame.getByRole('button', { name });
  const copied = (wanted: RegExp) =>
    until(`${wanted} in the clipboard`, async () => {
      const copy = await workbench.clipboard();
      return wanted.test(copy) && copy;
    });
  /** What a click in the timeline has opened beside it goes again. */
  const closeTab = async (name: string) => {
    await workbench.editor.waitForTab(name);
    await workbench.page.locator('.tab.active', { hasText: name }).click();
    await workbench.runCommand('View: Close Editor');
  };

  it('header: what became of whose request, and what one must know of it', async () => {
    const frame = await open(traces.showcase);
    for (const fact of ['Recovered', '12.10 s', '7 steps', '4 services', 'user u-42', 'LLM Inference']) {
      await says(frame, '.header', new RegExp(fact));
    }
    await button(frame, 'Copy Correlation ID').click();
    await copied(new RegExp(`^${traces.showcase}$`));
    await frame.locator('.sentence').first().click();
    await selected(frame, /LLM Inference/);
    await frame.locator('.notes-button').click();
    await frame.locator('.notes li button[aria-expanded]').first().click();
    await looks.check('header', frame);
    const line = frame.locator('.note-records button').first();
    const file = /^[^:]+/.exec(await line.innerText())?.[0] ?? '';
    await line.click();
    await closeTab(file.split('/').at(-1) ?? '');
  });

  it('tree and bars: branches, failures, steps without an end, and what a collapsed step hides', async () => {
    const frame = await open(traces.fanOut);
    const labels = await rows(frame).evaluateAll(all => all.map(row => row.getAttribute('aria-label') ?? ''));
    for (const number of ['2a', '2b', '2c'])
      assert.ok(
        labels.some(label => label.includes(number)),
        labels.join('\n'),
      );
    await select(frame, /Tool: fetch/);
    await looks.check('tree', frame);
    await frame.locator('.canvas .row[tabindex="0"]').focus();
    const all = await rows(frame).count();
    await press('Shift+C');
    await until('less rows', async () => (await rows(frame).count()) < all);
    await says(frame, '.canvas .fold-errors', /1 error/);
    await looks.check('tree-collapsed', frame);
  });

  it('overview: idle time is compressed on request; zoom and clock go by keys', async () => {
    const frame = await open(traces.idle);
    await says(frame, '.idle-offer', /^99\.\d % idle/);
    await frame.locator('.canvas .row[tabindex="0"]').focus();
    await press('i');
    await says(frame, '.idle-offer', /idle time in 2 breaks/);
    await press('t');
    await says(frame, '.overview-shown', /UTC/);
    await looks.check('overview-compressed', frame);
    await button(frame, 'Show True Scale').click();
    const track = (await frame.locator('.overview-plot').boundingBox())!;
    const at = (share: number) => [track.x + share * track.width, track.y + track.height / 2] as const;
    await workbench.page.mouse.move(...at(0.6));
    await workbench.page.mouse.down();
    await workbench.page.mouse.move(...at(0.95), { steps: 3 });
    await workbench.page.mouse.up();
    await button(frame, 'Reset Zoom').waitFor();
    const brushed = await text(frame, '.overview-shown');
    await frame.locator('.canvas .row[tabindex="0"]').focus();
    await press('+', 'd');
    await until('another window', async () => (await text(frame, '.overview-shown')) !== brushed);
    await looks.check('overview-zoomed', frame);
    await press('0');
    await says(frame, '.overview-shown', /^All 10/);
  });

  it('details: all that is known of a step, its code and its copies, and all records', async () => {
    const frame = await open(traces.fanOut);
    await select(frame, /Tool: fetch/);
    await says(frame, '.details', /Failed[\s\S]*archive\.example[\s\S]*TimeoutError/);
    await button(frame, 'Copy Step as JSON').click();
    assert.equal(JSON.parse(await copied(/^\{/)).stepType, 'Tool: fetch');
    await button(frame, 'src/fetch.py:12').click();
    await closeTab('fetch.py');
    await frame.getByRole('tab', { name: /All Records/ }).click();
    await says(frame, '.records-grid .row.selected', /Tool: fetch/);
    await looks.check('details-records', frame);
  });

  it('find: what matches, the next error, the next step of the critical path', async () => {
    const frame = await open(traces.showcase);
    await select(frame, /LLM Inference/);
    await until('the box to find by', async () => {
      await press('Control+f');
      return until('it', () => frame.getByRole('textbox').isVisible(), 3);
    });
    await frame.getByRole('textbox').fill('service = Worker3 or context');
    await says(frame, '#find-count', /of \d/);
    const count = await text(frame, '#find-count');
    await press('Enter');
    await until('the next one', async () => (await text(frame, '#find-count')) !== count);
    const all = await rows(frame).count();
    await button(frame, 'Hide What Does Not Match').click();
    await until('less rows', async () => (await rows(frame).count()) < all);
    await looks.check('find', frame);
    await frame.getByRole('textbox').press('Escape');
    await press('e');
    await selected(frame, /failed/);
    await press('Home', 'p');
    await selected(frame, /LLM Inference/);
  });

  it('agent lens: plumbing is folded and keeps its errors, rounds and tokens are counted', async () => {
    const frame = await open(traces.agent);
    await says(frame, '.header', /[\d,]+ tokens/);
    await frame.locator('.canvas .row[tabindex="0"]').focus();
    await press('l');
    await says(frame, '.canvas .fold-summary.run', /4 steps/);
    await says(frame, '.canvas .fold-errors', /1 error/);
    await says(frame, '.canvas .round.first', /1\/3/);
    await looks.check('lens', frame);
    await press('Home', 'ArrowRight');
    await says(frame, '.canvas', /Rate limit/);
    await press('l');
  });

  it('clocks: offsets are suggested, applied and taken back', async () => {
    const frame = await open(traces.skewed);
    await frame.locator('.notes-button').click();
    await button(frame, 'Apply Suggested Clock Offsets').click();
    await says(frame, '.moved-clocks', /worker1-1 .*later/);
    await looks.check('clocks', frame);
    await frame.locator('.moved-clocks').getByRole('button', { name: 'Show Raw Times' }).click();
    await frame.locator('.moved-clocks').waitFor({ state: 'detached' });
  });

  it('state: timelines come back as they were left', async () => {
    const tab = (id: string) => workbench.page.locator('.tab', { hasText: id.slice(0, 8) });
    const left = await open(traces.idle);
    await says(left, '.idle-offer', /idle/);
    await left.locator('.canvas .row[tabindex="0"]').focus();
    await press('i', 't', 'End');
    await selected(left, /Book the flight/);
    await workbench.trace(traces.fanOut);
    const folded = await shown(traces.fanOut);
    await folded.locator('.canvas .row[tabindex="0"]').focus();
    await press('Shift+C');
    await says(folded, '.canvas .fold-errors', /1 error/);
    // The pages tell VS Code a moment after the last key.
    await workbench.page.waitForTimeout(300);
    await workbench.page.evaluate(() => document.body.classList.add('before-reload'));
    await workbench.runCommand('Developer: Reload Window');
    await workbench.page.locator('.monaco-workbench:not(.before-reload *)').first().waitFor({ timeout: 60_000 });
    await says(await shown(traces.fanOut), '.canvas .fold-errors', /1 error/);
    await tab(traces.idle).first().click();
    const frame = await shown(traces.idle);
    await says(frame, '.overview-caption', /UTC .*idle time in 2 breaks/);
    await selected(frame, /Book the flight/);
    await looks.check('state', frame);
  });

  it('live: a trace grows, and what one reads stays where it is', async () => {
    const frame = await open(traces.growing);
    await says(frame, '.header', /3 steps/);
    await select(frame, /Page 2/);
    appendFileSync(join(suite.folder, growingFile), growingLater(3, 30));
    await says(frame, '.header', /30 steps/);
    await selected(frame, /Page 2/);
    assert.equal(await frame.locator('[role=treegrid]').evaluate(grid => grid.scrollTop), 0);
    await looks.check('live', frame);
  });

  it('accessible: by keys alone, which `?` lists', async () => {
    const frame = await open(traces.showcase);
    await frame.locator('.canvas .row[tabindex="0"]').focus();
    await press('?');
    const dialog = frame.getByRole('dialog', { name: 'Keyboard Shortcuts' });
    await dialog.waitFor();
    await looks.check('keys', frame);
    await press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await until('the focus back in the tree', () => frame.evaluate(() => document.activeElement?.matches('.row')));
  });

  it('scale: thousands of steps, of which only those in view are there', async () => {
    const frame = await open(traces.long);
    await says(frame, '.header', /3,000 steps/);
    await frame.locator('.canvas .row[tabindex="0"]').focus();
    await press('End');
    await selected(frame, /3,?000/);
    await press('e');
    await selected(frame, /2,?223.*failed/);
    // The error's log has opened beside it.
    await until('the log', () => workbench.page.locator('.tab', { hasText: 'long.jsonl' }).isVisible());
    await workbench.runCommand('View: Close Editors in Other Groups');
    await looks.check('scale', frame);
    assert.ok((await frame.locator('.canvas .row').count()) <= 60);
  });
});
