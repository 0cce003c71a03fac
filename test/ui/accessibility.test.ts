import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../host/browser';
import { assertAccessible } from './support/accessibility';
import { type PageServer, servePage, type ThemeName, themes } from './timelinePage/pageServer';
import { PageUnderTest } from './timelinePage/pageUnderTest';
import { TracesPageUnderTest } from './tracesPage/tracesPage';

/** What a screen reader is given of steps 2, 4a and 4b. */
const threeRows = `- row "Step 2, LLM Inference, service Worker1, 8.40 s, measured from the first to the last log line, waited 240 ms, 8.64 s on the critical path, 9 log lines" [level=1]:
  - gridcell "2 LLM Inference"
  - gridcell "Worker1"
  - gridcell "8.40 s measured"
  - gridcell
- 'row "Step 4a, Tool: search, service Worker2, 2.10 s, measured from the first to the last log line, waited 40 ms, 2.14 s on the critical path, 6 log lines" [level=2]':
  - 'gridcell "4a Tool: search"'
  - gridcell "Worker2"
  - gridcell "2.10 s measured"
  - gridcell
- 'row "Step 4b, Tool: fetch, failed, service Worker3, 600 ms, stated in the log, waited 80 ms, 2 attempts, 5 log lines" [level=2]':
  - 'gridcell "4b Tool: fetch ×2 failed"'
  - gridcell "Worker3"
  - gridcell "600 ms stated"
  - gridcell`;

const themeNames = Object.keys(themes) as ThemeName[];

describe('The timeline page is accessible', function () {
  this.timeout(180_000);
  const timeline = new PageUnderTest();
  const check = (what: string, theme: ThemeName) => assertAccessible(timeline.page, what, theme);
  const press = (key: string) => timeline.page.keyboard.press(key);

  for (const theme of themeNames) {
    it(`steps, details, records, notes, find and keys, ${theme}`, async () => {
      await timeline.open('showcase', theme);
      await timeline.page.locator('.overview-busy').waitFor();
      await check('steps', theme);
      await timeline.row(4).click();
      await timeline.page.locator('.details .record').first().waitFor();
      await timeline.page.getByRole('button', { name: '2 notes' }).click();
      await check('details and notes', theme);
      await timeline.page.getByRole('tab', { name: 'All Records' }).click();
      await timeline.page.locator('.records-grid .row[aria-busy=false]').first().waitFor();
      await press('Control+f');
      await timeline.page.keyboard.type('context');
      await timeline.page.locator('.find-count', { hasText: 'of 3' }).waitFor();
      await check('records and find', theme);
      await timeline.page.getByRole('textbox').fill('status = broken');
      await timeline.page.locator('.find-problem').waitFor();
      await check('a query that is wrong', theme);
      await timeline.row(1).focus();
      await press('?');
      await timeline.page.getByRole('dialog').waitFor();
      await check('keys', theme);
    });

    it(`zoomed and compressed, ${theme}`, async () => {
      await timeline.open('idle', theme);
      await timeline.row(2).click();
      await press('i');
      await timeline.page.locator('.overview .break-band').first().waitFor();
      await press('f');
      await timeline.page.getByRole('button', { name: 'Reset Zoom' }).waitFor();
      await check('zoomed and compressed', theme);
      await timeline.page.setViewportSize({ width: 320, height: 700 });
      await check('at 320 px', theme);
    });

    it(`what it shows while there is no trace, ${theme}`, async () => {
      for (const show of ['loading', 'growing', 'choices', 'notFound', 'failed', 'untimed', 'evidence', 'rounds']) {
        await timeline.open(show, theme);
        await check(show, theme);
      }
    });
  }

  it('says three rows in these words', async () => {
    await timeline.open('showcase');
    await timeline.page.locator('.canvas .cell.time').first().waitFor();
    const rows = await Promise.all([1, 3, 4].map(index => timeline.row(index).ariaSnapshot()));
    assert.equal(rows.join('\n').replaceAll('\u00a0', ' '), threeRows);
  });
});

describe('The Traces view is accessible', function () {
  this.timeout(180_000);
  const traces = new TracesPageUnderTest();

  for (const theme of themeNames) {
    it(`rows, a wrong query, and none, ${theme}`, async () => {
      await traces.open('few', theme);
      await assertAccessible(traces.page, 'rows', theme);
      await traces.row(1).click();
      await traces.query.fill('status = ');
      await traces.page.locator('.query-hint').waitFor();
      await assertAccessible(traces.page, 'what may come next in a query', theme);
      await traces.query.fill('speed > 3');
      await traces.page.locator('.query-problem').waitFor();
      await assertAccessible(traces.page, 'a query that is wrong', theme);
      for (const show of ['many', 'loading', 'again', 'nothing', 'noIds', 'failed']) {
        await traces.open(show, theme);
        await assertAccessible(traces.page, show, theme);
      }
    });
  }
});

describe('The page “How Are My Logs Read?” is accessible', function () {
  this.timeout(180_000);
  let server: PageServer;
  let browser: Browser;
  before(async () => {
    const host = join(import.meta.dirname, 'readingPage', 'readingHost.ts');
    [server, browser] = await Promise.all([servePage('reading', host), launchBrowser()]);
  });
  after(async () => {
    await browser?.close();
    server?.close();
  });

  for (const theme of themeNames) {
    it(`with all of a source open, ${theme}`, async () => {
      const page = await browser.newPage();
      await page.goto(server.url('sources', theme));
      for (const summary of await page.locator('.source > summary').all()) await summary.click();
      await page.locator('.sample').first().waitFor();
      await page.locator('.fields > summary').first().click();
      await assertAccessible(page, 'sources', theme);
      await page.close();
    });
  }
});
