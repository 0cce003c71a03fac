import { join } from 'node:path';
import { PageSuite } from '../support/pageSuite';

/** The page of a log view. */
export class LogViewPageUnderTest extends PageSuite {
  constructor() {
    const hostFile = join(import.meta.dirname, 'logViewHost.ts');
    super({ name: 'logView', hostFile, host: 'logViewHost', viewport: { width: 1000, height: 500 } });
  }

  get list() {
    return this.page.getByRole('listbox');
  }

  /** Numbers of the lines in view, as they are shown. */
  numbers(): Promise<string[]> {
    return this.page.locator('.line .number').allTextContents();
  }

  /** Of a row, in pixels, and rows that fit into the view. */
  async rowHeight(): Promise<{ height: number; rows: number }> {
    const height = await this.page
      .locator('.line')
      .first()
      .evaluate(line => line.getBoundingClientRect().height);
    const room = await this.list.evaluate(list => list.clientHeight);
    return { height, rows: room / height };
  }

  line(number: string) {
    return this.page.locator('.line', { has: this.page.locator('.number', { hasText: new RegExp(`^${number}$`) }) });
  }

  async cursorAt(number: string): Promise<void> {
    await this.page
      .locator('.line[aria-selected=true] .number', { hasText: new RegExp(`^${number}$`) })
      .waitFor({ state: 'visible' });
  }

  protected async shown(show: string): Promise<void> {
    if (show === 'empty') await this.page.locator('.lines[aria-busy=false]').waitFor();
    else await this.page.locator('.line').first().waitFor();
  }
}
