import type { Browser, Frame, Page } from 'playwright-core';
import { launchBrowser } from '../../host/browser';
import { extensionsDirWith } from '../../host/installExtension';
import { vsixPath } from '../../host/paths';
import { startServer, type VscodeServer } from '../../host/vscodeServer';
import { Editor } from './editor';
import { keepPicture, takesPictures } from './pictures';
import { until } from './poll';
import { QuickInput } from './quickInput';
import { webviewFrame } from './webview';

const colourThemes = ['Dark Modern', 'Light Modern', 'Default High Contrast', 'Default High Contrast Light'];

export interface WorkbenchOptions {
  /** The tests may write into it: give a copy. */
  workspaceFolder: string;
  /** A theme's id, such as `Dark Modern` or `Default High Contrast`. */
  theme?: string;
  viewport?: { width: number; height: number };
  settings?: Record<string, unknown>;
  /** False opens the folder in restricted mode. */
  trust?: boolean;
  /** The package under test, installed as a user would. */
  vsix?: string;
  env?: NodeJS.ProcessEnv;
}

/** A real VS Code in a real browser, with the packaged extension. One server and one browser each: dispose of it. */
export async function openWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const { theme = 'Dark Modern', trust = true, viewport = { width: 1280, height: 800 } } = options;
  const server = await startServer({
    extensionsDir: await extensionsDirWith(options.vsix ?? vsixPath),
    workspaceTrust: !trust,
    settings: {
      'workbench.colorTheme': theme,
      ...(trust ? {} : { 'security.workspace.trust.startupPrompt': 'never' }),
      ...options.settings,
    },
    ...(options.env ? { env: options.env } : {}),
  });
  let browser: Browser | undefined;
  try {
    browser = await launchBrowser();
    const context = await browser.newContext({ viewport, permissions: ['clipboard-read', 'clipboard-write'] });
    // tsx wraps every function with a name in a call of this; functions that run in the page meet it there.
    // Short, since most steps are tried again by `until`.
    context.setDefaultTimeout(5000);
    await context.addInitScript('globalThis.__name = wrapped => wrapped');
    const page = await context.newPage();
    await page.goto(server.page({ folder: options.workspaceFolder }), { timeout: 60_000 });
    const workbench = new Workbench(server, browser, page, theme);
    await workbench.waitUntilReady();
    return workbench;
  } catch (error) {
    await browser?.close();
    await server.stop();
    throw new Error(`The workbench did not open.\n${server.output()}`, { cause: error });
  }
}

export class Workbench {
  readonly page: Page;
  readonly quickInput: QuickInput;
  readonly editor: Editor;
  private readonly server: VscodeServer;
  private readonly browser: Browser;
  private theme: string;

  constructor(server: VscodeServer, browser: Browser, page: Page, theme: string) {
    this.server = server;
    this.browser = browser;
    this.page = page;
    this.theme = theme;
    this.quickInput = new QuickInput(page);
    this.editor = new Editor(page);
  }

  async waitUntilReady(): Promise<void> {
    await this.page.locator('.monaco-workbench .part.statusbar').waitFor({ state: 'visible', timeout: 60_000 });
    await this.page.locator('.explorer-folders-view .monaco-list-row').first().waitFor({ timeout: 60_000 });
    await until('the colour theme', () => this.themeClass());
  }

  /** By its title in the palette. Retried: right after the start, the extension's commands are not there yet. */
  async runCommand(title: string): Promise<void> {
    await until(`the command "${title}" in the palette`, async () => {
      if (!(await this.quickInput.isOpen())) {
        await this.page.keyboard.press('F1');
        await this.quickInput.input.waitFor({ state: 'visible', timeout: 3000 });
      }
      // Not for long: whatever takes the focus closes the palette.
      await this.quickInput.input.fill(`>${title}`, { timeout: 2000 });
      const isListed = async () => (await this.quickInput.items()).some(item => item.label === title);
      return until('the command', isListed, 2);
    });
    await this.quickInput.pick(title);
    // The command may open the same box for a question of its own; the palette has to be gone before that is looked at.
    await until('the palette to close', async () => {
      return !(await this.quickInput.isOpen()) || (await this.quickInput.value()) !== `>${title}`;
    });
  }

  /** Asks for a trace as a user does. Again where a timeline that was just found takes the focus and so closes the box. */
  async trace(text: string): Promise<void> {
    await until(`the question for ${text}`, async () => {
      await this.runCommand('Throughline: Trace Correlation ID');
      await this.quickInput.input.waitFor({ state: 'visible', timeout: 3000 });
      await this.quickInput.input.fill(text, { timeout: 1000 });
      await this.quickInput.input.press('Enter', { timeout: 1000 });
      return true;
    });
  }

  /** A path in the workspace or an absolute one; `path:line:column` goes to a place in it. */
  async openFile(path: string): Promise<void> {
    const name = (path.split('/').at(-1) ?? path).replace(/(:\d+)+$/, '');
    await until(`"${path}" in quick open`, async () => {
      if (await this.quickInput.isOpen()) await this.quickInput.cancel();
      await this.page.keyboard.press('Control+P');
      await this.quickInput.fill(path);
      return until('the file', async () => (await this.quickInput.items())[0]?.label === name, 3);
    });
    await this.quickInput.accept();
    await this.editor.waitForTab(name);
  }

  /** The webview that is shown and has this element. */
  webviewFrame(selector: string): Promise<Frame> {
    return webviewFrame(this.page, selector);
  }

  /** As a user reloads the window; what was on show is back after a while. */
  async reload(): Promise<void> {
    // A view keeps how it is left once that has rested for a moment.
    await this.page.waitForTimeout(500);
    await this.page.evaluate(() => Object.assign(window, { isLeft: true }));
    await this.runCommand('Developer: Reload Window');
    await until('a new window', () => this.page.evaluate(() => !('isLeft' in window)));
    await this.waitUntilReady();
  }

  async setTheme(id: string): Promise<void> {
    if (id === this.theme) return;
    const before = await this.themeClass();
    this.server.changeSettings({ 'workbench.colorTheme': id });
    await until(`the theme "${id}" (VS Code ignores an unknown one)`, async () => (await this.themeClass()) !== before);
    this.theme = id;
  }

  /** Names the theme's file; there is none before the theme is loaded. */
  private async themeClass(): Promise<string | undefined> {
    const classes = await this.page.locator('.monaco-workbench').first().getAttribute('class');
    return classes?.split(' ').find(name => name.startsWith('vscode-theme-'));
  }

  changeSettings(settings: Record<string, unknown>): void {
    this.server.changeSettings(settings);
  }

  /** The toasts on screen. */
  async notifications(): Promise<string[]> {
    return this.page.locator('.notifications-toasts .notification-list-item-message').allTextContents();
  }

  async waitForNotification(text: string | RegExp): Promise<string> {
    const isWanted = (message: string) => (typeof text === 'string' ? message.includes(text) : text.test(message));
    return until(`a notification ${text}`, async () => (await this.notifications()).find(isWanted));
  }

  /** So that the next one that is waited for is a new one. */
  async clearNotifications(): Promise<void> {
    await this.runCommand('Notifications: Clear All Notifications');
    await until('no notification', async () => (await this.notifications()).length === 0);
  }

  clipboard(): Promise<string> {
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  /** For whoever wants to look at it. */
  async screenshot(name: string): Promise<void> {
    if (takesPictures) await keepPicture(this.page, name);
  }

  /** The same in each theme. */
  async screenshotInThemes(name: string): Promise<void> {
    if (!takesPictures) return;
    const before = this.theme;
    for (const theme of colourThemes) {
      await this.setTheme(theme);
      await this.screenshot(`${name}-${theme.toLowerCase().replaceAll(' ', '-')}`);
    }
    await this.setTheme(before);
  }

  /** What was on screen when a test failed is always kept. */
  async screenshotOfFailure(test: Mocha.Test | undefined): Promise<void> {
    if (test?.state === 'failed') await keepPicture(this.page, `failed-${test.title.slice(0, 40)}`);
  }

  async dispose(): Promise<void> {
    await this.browser.close();
    await this.server.stop();
  }
}
