import type { Locator, Page } from 'playwright-core';
import { until } from './poll';

export interface QuickInputItem {
  label: string;
  description: string;
  detail: string;
}

/** VS Code's box at the top: the palette, quick picks, input boxes, and its simple file dialog. */
export class QuickInput {
  readonly widget: Locator;
  readonly input: Locator;
  private readonly rows: Locator;
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
    this.widget = page.locator('.quick-input-widget');
    this.input = this.widget.locator('.quick-input-box input');
    this.rows = this.widget.locator('.quick-input-list .monaco-list-row');
  }

  isOpen(): Promise<boolean> {
    return this.widget.isVisible();
  }

  async waitUntilOpen(): Promise<void> {
    await this.input.waitFor({ state: 'visible', timeout: 20_000 });
  }

  async waitUntilClosed(): Promise<void> {
    await this.widget.waitFor({ state: 'hidden', timeout: 20_000 });
  }

  async value(): Promise<string> {
    return this.input.inputValue();
  }

  async fill(text: string): Promise<void> {
    await this.waitUntilOpen();
    await this.input.fill(text);
  }

  /** The message below an input box, such as the reason why the input is refused. */
  async message(): Promise<string> {
    return plain(await this.widget.locator('.quick-input-message').textContent());
  }

  /** The rows on screen; VS Code draws no others. All of them at once: a palette has many, and may change meanwhile. */
  async items(): Promise<QuickInputItem[]> {
    const texts = await this.rows.evaluateAll(all =>
      all.map(row =>
        [
          '.quick-input-list-label .label-name',
          '.quick-input-list-label .label-description',
          '.quick-input-list-label-meta',
        ].map(part => row.querySelector(part)?.textContent ?? ''),
      ),
    );
    return texts.map(parts => {
      const [label = '', description = '', detail = ''] = parts.map(plain);
      return { label, description, detail };
    });
  }

  /** Boxes follow each other in one widget, and may offer the same items: the title tells which one is open. */
  async waitForTitle(wanted: string | RegExp): Promise<void> {
    await until(`the title ${wanted} on the quick input`, async () =>
      matches(plain(await this.widget.locator('.quick-input-title').innerText()), wanted),
    );
  }

  async waitForItem(label: string | RegExp): Promise<QuickInputItem> {
    return until(`an item ${label} in the quick input`, async () =>
      (await this.items()).find(item => matches(item.label, label)),
    );
  }

  /** Clicks an item. */
  async pick(label: string | RegExp): Promise<void> {
    await this.waitForItem(label);
    await until(`a click on ${label}`, async () => {
      const index = (await this.items()).findIndex(item => matches(item.label, label));
      if (index === -1) return false;
      await this.rows.nth(index).click({ timeout: 2000 });
      return true;
    });
  }

  async accept(): Promise<void> {
    await this.waitUntilOpen();
    await this.page.keyboard.press('Enter');
  }

  async cancel(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.waitUntilClosed();
  }
}

function matches(text: string, wanted: string | RegExp): boolean {
  return typeof wanted === 'string' ? text === wanted : wanted.test(text);
}

/** VS Code writes non-breaking spaces. */
function plain(text: string | null): string {
  return (text ?? '').replaceAll('\u00a0', ' ').trim();
}
