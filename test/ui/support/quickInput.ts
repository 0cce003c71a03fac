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
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
    this.widget = page.locator('.quick-input-widget');
    this.input = this.widget.locator('.quick-input-box input');
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

  /** The rows on screen; VS Code draws no others. */
  async items(): Promise<QuickInputItem[]> {
    const rows = await this.widget.locator('.quick-input-list .monaco-list-row').all();
    return Promise.all(rows.map(readRow));
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
      for (const row of await this.widget.locator('.quick-input-list .monaco-list-row').all()) {
        if (!matches((await readRow(row)).label, label)) continue;
        await row.click({ timeout: 2000 });
        return true;
      }
      return false;
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

async function readRow(row: Locator): Promise<QuickInputItem> {
  const text = async (selector: string) => {
    const [first] = await row.locator(selector).allTextContents();
    return plain(first ?? '');
  };
  return {
    label: await text('.quick-input-list-label .label-name'),
    description: await text('.quick-input-list-label .label-description'),
    detail: await text('.quick-input-list-label-meta'),
  };
}

function matches(text: string, wanted: string | RegExp): boolean {
  return typeof wanted === 'string' ? text === wanted : wanted.test(text);
}

/** VS Code writes non-breaking spaces. */
function plain(text: string | null): string {
  return (text ?? '').replaceAll('\u00a0', ' ').trim();
}
