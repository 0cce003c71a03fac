import type { Locator, Page } from 'playwright-core';
import { until } from './poll';

/** The text editor that has the focus, or the one that is shown. */
export class Editor {
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** What the status bar says: `Ln 15, Col 3`. */
  async cursor(): Promise<{ line: number; column: number } | undefined> {
    const [text] = await this.page.locator('#status\\.editor\\.selection').allTextContents();
    const found = /Ln ([\d,.]+), Col ([\d,.]+)/.exec(text ?? '');
    const number = (digits = '') => Number(digits.replace(/[,.]/g, ''));
    return found ? { line: number(found[1]), column: number(found[2]) } : undefined;
  }

  async waitForLine(line: number): Promise<void> {
    await until(`the cursor in line ${line}`, async () => (await this.cursor())?.line === line);
  }

  /** The names on the active tab of every editor group, in reading order. VS Code sets the extension apart. */
  async activeTabs(): Promise<string[]> {
    return this.page.locator('.tab.active .monaco-icon-label-container').evaluateAll(labels => {
      const text = (label: Element, part: string) => label.querySelector(part)?.textContent ?? '';
      return labels.map(label => text(label, '.label-name') + text(label, '.label-suffix'));
    });
  }

  async waitForTab(name: string | RegExp): Promise<void> {
    const isWanted = (tab: string) => (typeof name === 'string' ? tab === name : name.test(tab));
    await until(`an active tab ${name}`, async () => (await this.activeTabs()).some(isWanted));
  }

  /** Puts the pointer on a word and waits for what VS Code shows; retried, since lines are redrawn when tokens arrive. */
  async hoverWord(word: string): Promise<Locator> {
    const hover = this.page.locator('.monaco-hover:visible .monaco-hover-content').filter({ hasText: /\S/ });
    return until(`a hover on "${word}"`, async () => {
      const { x, y } = await this.placeOf(word);
      // From a little aside: a pointer that does not move shows nothing.
      await this.page.mouse.move(x - 3, y);
      await this.page.mouse.move(x, y, { steps: 3 });
      await hover.first().waitFor({ state: 'visible', timeout: 3000 });
      const text = (await hover.first().textContent()) ?? '';
      return /^Loading/.test(text.trim()) ? false : hover.first();
    });
  }

  async clickWord(word: string, options: { button?: 'left' | 'right'; clickCount?: number } = {}): Promise<void> {
    const { x, y } = await this.placeOf(word);
    await this.page.mouse.click(x, y, options);
  }

  /** Opens the context menu on a word and chooses an entry. */
  async contextMenu(word: string, entry: string): Promise<void> {
    const item = this.page.locator('.monaco-menu .action-item').filter({ hasText: entry }).first();
    await until(`"${entry}" in the context menu`, async () => {
      if (await item.isVisible()) return true;
      await this.clickWord(word, { button: 'right' });
      await item.waitFor({ state: 'visible', timeout: 3000 });
      return true;
    });
    // A menu ignores clicks in its first moments, so that the one that opened it does not choose an entry.
    await until(`"${entry}" to be chosen`, async () => {
      await item.click();
      await item.waitFor({ state: 'hidden', timeout: 1000 });
      return true;
    });
  }

  /** The middle of the first place on screen where the text stands. */
  private placeOf(word: string): Promise<{ x: number; y: number }> {
    return until(`"${word}" on screen`, () => this.page.evaluate(findInEditors, word));
  }
}

/** Runs in the page. A word may be cut into several coloured pieces, so it is looked for in the line as a whole. */
function findInEditors(word: string): { x: number; y: number } | undefined {
  for (const line of document.querySelectorAll('.editor-instance .view-line')) {
    const start = (line.textContent ?? '').replaceAll('\u00a0', ' ').indexOf(word);
    if (start < 0) continue;
    const range = document.createRange();
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    let before = 0;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const length = node.textContent?.length ?? 0;
      const end = start + word.length;
      if (start >= before && start < before + length) range.setStart(node, start - before);
      if (end > before && end <= before + length) range.setEnd(node, end - before);
      before += length;
    }
    const shown = line.closest('.editor-scrollable')?.getBoundingClientRect();
    const box = range.getBoundingClientRect();
    if (!shown || box.width === 0) continue;
    const left = Math.max(box.left, shown.left);
    const right = Math.min(box.right, shown.right);
    const y = box.top + box.height / 2;
    if (left < right && y > shown.top && y < shown.bottom) return { x: (left + right) / 2, y };
  }
  return undefined;
}
