import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../../host/browser';
import type {} from '../logViewPage/logViewHost';
import type {} from '../timelinePage/devHost';
import { type PageServer, servePage, type ThemeName } from '../timelinePage/pageServer';
import type {} from '../tracesPage/tracesHost';
import { keepPicture, settled, takesPictures } from './pictures';

export interface PageSuiteOptions {
  /** Folder of the page in `media`. */
  name: string;
  /** What stands in for VS Code: its file, and its name on `window`. */
  hostFile: string;
  host: 'devHost' | 'tracesHost' | 'logViewHost';
  viewport: { width: number; height: number };
}

/** A fresh page for each test of a suite; the suite fails on any error or CSP report of the page. */
export abstract class PageSuite {
  page!: Page;
  private server!: PageServer;
  private browser!: Browser;
  private errors: string[] = [];
  private readonly host: PageSuiteOptions['host'];
  private readonly shots: string;

  constructor({ name, hostFile, host, viewport }: PageSuiteOptions) {
    this.host = host;
    this.shots = `${name}-page`;
    before(async () => {
      [this.server, this.browser] = await Promise.all([servePage(name, hostFile), launchBrowser()]);
    });
    after(async () => {
      await this.browser?.close();
      this.server?.close();
    });
    beforeEach(async () => {
      const context = await this.browser.newContext({ viewport, reducedMotion: 'reduce' });
      this.errors = [];
      this.page = await context.newPage();
      this.page.on('pageerror', error => this.errors.push(error.message));
      this.page.on('console', message => message.type() === 'error' && this.errors.push(message.text()));
    });
    const suite = this;
    afterEach(async function () {
      // A test that failed has said so already; it is tried again, whatever state its page is in.
      const isPassed = this.currentTest?.state === 'passed';
      const read = suite.page.evaluate(host => window[host]?.violations ?? [], host);
      const violations = isPassed ? await read : await read.catch(() => []);
      await suite.page.context().close();
      if (isPassed) assert.deepEqual([...suite.errors, ...violations], []);
    });
  }

  /** Waits until what a fixture shows is there. */
  protected abstract shown(show: string): Promise<void>;

  async open(show: string, theme: ThemeName = 'dark'): Promise<void> {
    await this.page.goto(this.server.url(show, theme));
    await this.page.locator('h1').waitFor({ state: 'attached' });
    await this.shown(show);
  }

  rows(): Promise<void> {
    return this.page.locator('.canvas .row[aria-busy=false]').first().waitFor();
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

  /** Waits until the page is at rest, as it is to be looked at; keeps a picture of it where pictures are wanted. */
  async screenshot(name: string): Promise<void> {
    await settled(this.page);
    if (takesPictures) await keepPicture(this.page, `${this.shots}/${name}`);
  }

  /** What the page has asked for. Messages take a moment: waits for as many as the test knows of. */
  async calls(method: string, atLeast = 0): Promise<unknown[]> {
    const query = { host: this.host, method, atLeast };
    await this.page.waitForFunction(
      ({ host, method, atLeast }) => window[host].calls.filter(call => call.method === method).length >= atLeast,
      query,
    );
    return this.page.evaluate(
      ({ host, method }) => window[host].calls.filter(call => call.method === method).map(call => call.request),
      query,
    );
  }
}
