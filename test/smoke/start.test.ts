import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../host/browser';
import { repoRoot } from '../host/paths';

/** The README's first command, as its readers run it: it must print the trace, serve VS Code and end on Ctrl-C. */
describe('npm start', () => {
  let child: ChildProcess;
  let browser: Browser;
  let printed = '';

  before(async () => {
    browser = await launchBrowser();
    // Node itself starts npm: a shell's background job would ignore SIGINT.
    child = spawn('npm', ['start'], { cwd: repoRoot, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout!, child.stderr!]) stream.on('data', chunk => (printed += String(chunk)));
  });

  after(async () => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid!, 'SIGKILL');
    await browser.close();
  });

  it('prints the sample trace and a URL', async () => {
    await printing('Ready: ');
    assert.match(printed, /Step 2 +LLM Inference +8\.4s/);
  });

  it('shows the timeline of the sample in VS Code behind that URL', async () => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(urlIn(printed));
    const timeline = page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
    await timeline.getByText('LLM Inference').first().waitFor({ timeout: 60_000 });
    const pictures = join(repoRoot, 'test-results', 'screenshots');
    mkdirSync(pictures, { recursive: true });
    await page.screenshot({ path: join(pictures, 'npm-start.png') });
    await page.close();
  });

  it('refuses whoever does not have the token', async () => {
    const url = new URL(urlIn(printed));
    url.searchParams.delete('tkn');
    assert.equal((await fetch(url)).status, 403);
  });

  it('ends with exit code 0 on SIGINT and leaves nothing that listens', async () => {
    process.kill(-child.pid!, 'SIGINT');
    const [code] = (await once(child, 'exit')) as [number | null];
    assert.equal(code, 0);
    await assert.rejects(fetch(urlIn(printed)));
  });

  const urlIn = (text: string): string => /Ready: (\S+)/.exec(text)![1]!;

  async function printing(text: string): Promise<void> {
    while (!printed.includes(text)) {
      assert.equal(child.exitCode, null, `npm start ended early:\n${printed}`);
      await new Promise(resolve => setTimeout(resolve, 100));
    }
  }
});
