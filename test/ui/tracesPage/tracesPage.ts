import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../../host/browser';
import { resultsDir } from '../../host/paths';
import { type PageServer, servePage, type ThemeName } from '../timelinePage/pageServer';
import type {} from './tracesHost';

/** States without rows. */
const rowless = ['loading', 'starting', 'failed', 'stopped', 'nothing', 'noIds'];

/** A fresh page of the Traces view for each test of a suite; the suite fails on any error or CSP report of the page. */
export class TracesPageUnderTest {
  page!: Page;
  private server!: PageServer;
  private browser!: Browser;
  private errors: string[] = [];
  private readonly shots = join(resultsDir, 'screenshots', 'traces-page');

  constructor() {
    before(async () => {
      mkdirSync(this.shots, { recursive: true });
      const devHost = join(import.meta.dirname, 'tracesHost.ts');
      [this.server, this.browser] = await Promise.all([servePage('traces', devHost), launchBrowser()]);
    });
    after(async () => {
      await this.browser?.close();
      this.server?.close();
    });
    beforeEach(async () => {
      const viewport = { width: 1000, height: 500 };
      const context = await this.browser.newContext({ viewport, reducedMotion: 'reduce' });
      this.errors = [];
      this.page = await context.newPage();
      this.page.on('pageerror', error => this.errors.push(error.message));
      this.page.on('console', message => message.type() === 'error' && this.errors.push(message.text()));
    });
    afterEach(async () => {
      const violations = await this.page.evaluate(() => window.tracesHost.violations);
      await this.page.context().close();
      assert.deepEqual([...this.errors, ...violations], []);
    });
  }

  async open(show: string, theme: ThemeName = 'dark'): Promise<void> {
    await this.page.goto(this.server.url(show, theme));
    await this.page.locator('h1').waitFor({ state: 'attached' });
    if (rowless.includes(show)) await this.page.locator('.message, .progress').first().waitFor();
    else await this.page.locator('.canvas .row[aria-busy=false]').first().waitFor();
  }

  get query() {
    return this.page.getByRole('textbox');
  }

  row(index: number) {
    return this.page.locator(`.canvas .row[data-index="${index}"]`);
  }

  selected(index: number): Promise<void> {
    return this.page.locator(`.canvas .row[data-index="${index}"][aria-selected=true]`).waitFor();
  }

  focused(): Promise<string | null | undefined> {
    return this.page.evaluate(() => document.activeElement?.getAttribute('data-index'));
  }

  ids(): Promise<string[]> {
    return this.page
      .locator('.canvas .row .correlationId')
      .evaluateAll(cells => cells.map(cell => cell.textContent ?? ''));
  }

  async screenshot(name: string): Promise<void> {
    await this.page.waitForTimeout(80);
    await this.page.screenshot({ path: join(this.shots, `${name}.png`) });
  }

  /** What the page has asked for. Messages take a moment: waits for as many as the test knows of. */
  async calls(method: string, atLeast = 0): Promise<unknown[]> {
    const query = { method, atLeast };
    await this.page.waitForFunction(
      ({ method, atLeast }) => window.tracesHost.calls.filter(call => call.method === method).length >= atLeast,
      query,
    );
    return this.page.evaluate(
      ({ method }) => window.tracesHost.calls.filter(call => call.method === method).map(call => call.request),
      query,
    );
  }
}
