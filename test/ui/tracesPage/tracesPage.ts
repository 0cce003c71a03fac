import { join } from 'node:path';
import { PageSuite } from '../support/pageSuite';

const rowless = ['loading', 'starting', 'failed', 'stopped', 'nothing', 'noIds'];

/** Names come a moment after the rows. */
const withNames = (show: string) => !rowless.includes(show) && show !== 'unnamed';

/** The page of the Traces view. */
export class TracesPageUnderTest extends PageSuite {
  constructor() {
    const hostFile = join(import.meta.dirname, 'tracesHost.ts');
    super({ name: 'traces', hostFile, host: 'tracesHost', viewport: { width: 1000, height: 500 } });
  }

  get query() {
    return this.page.getByRole('textbox');
  }

  ids(): Promise<string[]> {
    return this.page
      .locator('.canvas .row .correlationId')
      .evaluateAll(cells => cells.map(cell => cell.textContent ?? ''));
  }

  protected async shown(show: string): Promise<void> {
    if (rowless.includes(show)) await this.page.locator('.message, .progress').first().waitFor();
    else await this.rows();
    if (withNames(show)) await this.page.locator('.canvas .row .name-to-come').first().waitFor({ state: 'detached' });
  }
}
