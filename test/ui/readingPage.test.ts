import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../host/browser';
import type {} from './readingPage/readingHost';
import { keepPicture, layoutThemes, settled, takesPictures } from './support/pictures';
import { type PageServer, servePage, type ThemeName } from './timelinePage/pageServer';

describe('The page “How Are My Logs Read?”', function () {
  this.timeout(60_000);
  let server: PageServer;
  let browser: Browser;
  let page: Page;
  let errors: string[] = [];

  before(async () => {
    const devHost = join(import.meta.dirname, 'readingPage', 'readingHost.ts');
    [server, browser] = await Promise.all([servePage('reading', devHost), launchBrowser()]);
  });
  after(async () => {
    await browser?.close();
    server?.close();
  });
  beforeEach(async () => {
    const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, reducedMotion: 'reduce' });
    errors = [];
    page = await context.newPage();
    page.on('pageerror', error => errors.push(error.message));
    page.on('console', message => message.type() === 'error' && errors.push(message.text()));
  });
  afterEach(async () => {
    const violations = await page.evaluate(() => window.readingHost.violations);
    await page.context().close();
    assert.deepEqual([...errors, ...violations], []);
  });

  const open = async (show: string, theme: ThemeName = 'dark') => {
    await page.goto(server.url(show, theme));
    await page.locator('h1').waitFor();
  };
  const look = async (name: string) => {
    await settled(page);
    if (takesPictures) await keepPicture(page, `reading-page/${name}`);
  };
  const calls = (method: string) =>
    page.evaluate(
      wanted => window.readingHost.calls.filter(call => call.method === wanted).map(call => call.request),
      method,
    );

  for (const theme of layoutThemes) {
    it(`looks as it should, ${theme}`, async () => {
      await open('sources', theme);
      for (const summary of await page.locator('.source > summary').all()) await summary.click();
      await page.locator('.sample').first().waitFor();
      await page.locator('.fields > summary').first().click();
      for (const width of [320, 620, 1200]) {
        await page.setViewportSize({ width, height: 900 });
        await look(`sources-${theme}-${width}`);
        const wide = await page.evaluate(() => {
          const root = document.getElementById('page');
          return root === null ? 0 : root.scrollWidth - root.clientWidth;
        });
        assert.ok(wide <= 1, `${wide} px too wide at ${width} px`);
      }
      for (const show of ['many', 'loading', 'none', 'failed']) {
        await open(show, theme);
        await look(`${show}-${theme}`);
      }
    });
  }

  it('shows log text as text, whatever it holds', async () => {
    await open('sources');
    await page.locator('.source > summary').nth(1).click();
    await page.locator('.sample').nth(2).waitFor();
    assert.equal(await page.locator('img, iframe, [onerror]').count(), 0);
    const text = await page.locator('.source-body').innerText();
    assert.ok(text.includes('<img src=x onerror=alert(1)>'));
    assert.doesNotMatch(text, /[\u202e\u001b]/);
  });

  it('asks the extension for what a click is about, by the source’s index', async () => {
    await open('sources');
    await page.locator('.source > summary').first().click();
    await page.getByRole('button', { name: 'Change: Time zone' }).click();
    await page.locator('.fields > summary').first().click();
    await page.getByRole('button', { name: 'Use As… for msg' }).click();
    await page.getByRole('button', { name: 'line 12' }).click();
    await page.getByRole('button', { name: 'Count Every Record' }).click();
    await page.waitForFunction(() => window.readingHost.calls.some(({ method }) => method === 'read'));
    assert.deepEqual(await calls('change'), [{ revision: 3, source: 0, what: 'timezone' }]);
    assert.deepEqual(await calls('assign'), [{ revision: 3, source: 0, field: 'msg' }]);
    assert.deepEqual(await calls('openLine'), [{ revision: 3, source: 0, line: 12 }]);
    assert.deepEqual(await calls('read'), [{ full: true }]);
  });

  it('marks each value by its role, in words too', async () => {
    await open('sources');
    await page.locator('.source > summary').first().click();
    const marks = page.locator('.sample mark');
    await marks.first().waitFor();
    const texts = await marks.evaluateAll(all => all.map(mark => mark.textContent));
    assert.ok(texts.includes('7c2d9f7b-18e7-4c7acorrelation ID'), texts.join());
  });

  it('finds a log among many by typing', async () => {
    await open('many');
    await page.getByRole('searchbox').fill('37.log');
    await page.waitForFunction(() => document.querySelectorAll('.source').length === 1);
  });
});
