import { join } from 'node:path';
import { PageSuite } from '../support/pageSuite';

const rowless = ['empty', 'loading', 'choices', 'notFound', 'failed', 'stopped'];

/** The timeline's page. */
export class PageUnderTest extends PageSuite {
  constructor() {
    const hostFile = join(import.meta.dirname, 'devHost.ts');
    super({ name: 'timeline', hostFile, host: 'devHost', viewport: { width: 1600, height: 900 } });
  }

  protected async shown(show: string): Promise<void> {
    await this.page.locator('h1').waitFor();
    if (!rowless.includes(show)) await this.rows();
  }
}
