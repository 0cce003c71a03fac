import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Frame } from 'playwright-core';
import { tempDir } from '../../host/paths';
import { takesPictures } from '../support/pictures';
import { until } from '../support/poll';
import type { Workbench } from '../support/workbench';
import { workbenchSuite } from '../support/workbenchSuite';

const showcaseId = '7c2d9f7b-18e7-4c7a-bf8c-4d83d13d9c01';
const traceCommand = 'Throughline: Trace Correlation ID';
const themes = ['Dark Modern', 'Light Modern', 'Default High Contrast', 'Default High Contrast Light'];

describe('Throughline in VS Code', function () {
  this.timeout(120_000);
  const suite = workbenchSuite({ folder: 'sample-logs', viewport: { width: 1600, height: 900 }, closesAll: true });
  const { folder } = suite;
  let workbench: Workbench;
  before(() => {
    workbench = suite.workbench;
  });
  // What other tests find in the folder is the sample logs alone.
  afterEach(() => {
    for (const name of ['src', 'frames.log', 'zones.log']) rmSync(join(folder, name), { recursive: true, force: true });
  });

  const timeline = () => workbench.webviewFrame('[role=treegrid] .row[aria-busy=false]');
  const row = (frame: Frame, label: string) => frame.locator('.canvas .row', { hasText: label }).first();
  const trace = (text: string) => workbench.trace(text);
  /** A preview leaves the focus in the timeline, where the status bar names no line: the editor itself does. */
  const waitForLine = (line: number) =>
    until(`line ${line} to be the cursor's`, async () => {
      const numbers = await workbench.page.locator('.editor-instance .active-line-number').allTextContents();
      return numbers.includes(String(line));
    });
  const message = (wanted: RegExp) =>
    until(`the message ${wanted}`, async () => {
      const text = await (await workbench.webviewFrame('.message h1')).locator('.message').innerText();
      return wanted.test(text) && text;
    });

  it('leads from the palette to the timeline, and from a step to its log line', async () => {
    await trace(showcaseId);
    const frame = await timeline();
    const header = await frame.locator('header').innerText();
    for (const fact of [showcaseId, '12.10 s', '7 steps', '4 services', 'u-42', 's-9', 'acme']) {
      assert.ok(header.replaceAll('\u00a0', ' ').includes(fact), `${fact} in ${header}`);
    }
    await row(frame, 'LLM Inference').click();
    await workbench.editor.waitForTab('worker1.log');
    await waitForLine(52);
    await frame.locator('.record', { hasText: 'worker1.log:103' }).click();
    await waitForLine(103);
    await workbench.screenshot('extension-step-in-log');
    await frame.locator('.record', { hasText: 'api.log.1.gz' }).first().click();
    await workbench.editor.waitForTab('api.log.1.gz');
    await workbench.screenshot('extension-step-in-gz');
    const tabs = await workbench.editor.activeTabs();
    assert.ok(
      tabs.some(tab => tab.startsWith('7c2d9f7b')),
      `the timeline is still on show: ${tabs}`,
    );
  });

  it('opens each line of a trace over several files at the right place', async () => {
    await trace(showcaseId);
    const frame = await timeline();
    await row(frame, 'Worker3').click();
    for (const line of [11, 18, 19]) {
      await frame.locator('.record', { hasText: `worker3.log:${line}` }).click();
      await workbench.editor.waitForTab('worker3.log');
      await waitForLine(line);
    }
  });

  it('offers the ID under the cursor, IDs on screen and IDs traced before, ranked', async () => {
    await workbench.openFile('worker1.log:52:110');
    await workbench.page.keyboard.press('Control+K');
    await workbench.page.keyboard.press('Control+Shift+T');
    await workbench.quickInput.waitUntilOpen();
    assert.equal(await workbench.quickInput.value(), showcaseId);
    await workbench.quickInput.fill('');
    await workbench.quickInput.waitForItem(/^[0-9a-f]{8}-/);
    await workbench.quickInput.waitForItem(showcaseId);
    await until('the traces of the logs', async () =>
      (await workbench.quickInput.items()).some(({ description }) => /user u-\d+/.test(description)),
    );
    await workbench.screenshot('extension-picker');
    await workbench.quickInput.fill('7c2d9f7b18');
    await until('typing errors are forgiven', async () => (await workbench.quickInput.items()).length > 0);
    await workbench.quickInput.fill('7c2d');
    const [first] = await workbench.quickInput.items();
    assert.equal(first?.label, showcaseId);
  });

  it('takes a whole log line', async () => {
    const line = readFileSync(join(folder, 'worker1.log'), 'utf8').split('\n')[102] ?? '';
    await trace(line);
    assert.match(await (await timeline()).locator('h1').innerText(), new RegExp(showcaseId));
  });

  it('traces a word of a log by its context menu', async () => {
    await workbench.openFile('seed-example.log');
    await workbench.editor.contextMenu('3f0c6a52', 'Trace Correlation ID');
    assert.match(await (await timeline()).locator('h1').innerText(), /3f0c6a52/);
  });

  it('tells in a hover whose request a line is, with a link to the timeline', async () => {
    await workbench.openFile('worker1.log:52:1');
    // VS Code shows no hover between a context menu and the next click.
    await workbench.editor.clickWord('7c2d9f7b');
    const hover = await workbench.editor.hoverWord('7c2d9f7b');
    await until('the whole trace in the hover', async () => {
      const text = (await (await workbench.editor.hoverWord('7c2d9f7b')).innerText()).replaceAll('\u00a0', ' ');
      return /u-42.*s-9[\s\S]*Recovered · 12\.10 s[\s\S]*2 LLM Inference[\s\S]*Context Management/.test(text);
    });
    await workbench.screenshot('extension-hover');
    await hover.getByText('Show Timeline').click();
    assert.match(await (await timeline()).locator('h1').innerText(), new RegExp(showcaseId));
    // The pointer is still where the link was, over the timeline.
    await until(
      'no hover over the timeline',
      async () => (await workbench.page.locator('.monaco-hover:visible .monaco-hover-content').count()) === 0,
    );
    await workbench.screenshot('extension-hover-link');
  });

  it('makes a stack frame in a log a link to the code, which says so where there is none', async () => {
    mkdirSync(join(folder, 'src'));
    writeFileSync(join(folder, 'src', 'charge.js'), 'one\ntwo\nthree\nfour\n');
    const frames = ['charge (/build/src/charge.js:3:2)', 'main (/build/src/nowhere.js:1:1)'];
    writeFileSync(join(folder, 'frames.log'), `2026-03-04T10:15:00Z ERROR Boom\n    at ${frames.join('\n    at ')}\n`);
    await workbench.openFile('frames.log');
    const follow = async (text: string) => {
      const hover = await workbench.editor.hoverWord(text);
      await until('the link', async () => /Open\sCode/.test(await hover.innerText()));
      await workbench.screenshot(`extension-frame-${text.split('.')[0]}`);
      await workbench.page.keyboard.down('Control');
      await workbench.editor.clickWord(text);
      await workbench.page.keyboard.up('Control');
    };
    await follow('nowhere.js:1:1');
    await workbench.page
      .getByRole('dialog')
      .getByText(/No file of this workspace is the code that the log names: .*nowhere\.js/)
      .waitFor();
    await follow('charge.js:3:2');
    await workbench.editor.waitForTab('charge.js');
    await waitForLine(3);
  });

  it('tells which time zone was taken for a log, and leads to where another one is set', async () => {
    const id = '5b0f2d0e-1c1f-4b39-9b51-0a1b2c3d4e5f';
    const lines = [0, 1, 2].map(second => `2026-03-02 10:15:0${second},001 INFO [correlationId=${id}] [mail] sent\n`);
    writeFileSync(join(folder, 'zones.log'), lines.join(''));
    await trace(id);
    const frame = await timeline();
    await frame.getByRole('button', { name: /^\d+ notes?$/ }).click();
    const note = frame.locator('#notes li', { hasText: 'no time zone' });
    assert.match(
      await note.innerText(),
      /they were read in \S+ \((?:this machine's zone|as the logs themselves suggest)\)/,
    );
    await workbench.screenshot('extension-zone-note');
    await note.getByRole('button', { name: 'How Are My Logs Read?' }).click();
    await workbench.editor.waitForTab('How Are My Logs Read?');
  });

  it('says what was searched where nothing was found, and offers more', async () => {
    await trace('ffffffff-0000-4000-8000-123456789abc');
    assert.match(await message(/Nothing found for ffffffff/), /Searched 8 sources, 0\.\d MB/);
    assert.deepEqual(await workbench.notifications(), [], 'the timeline says it all');
    await workbench.screenshot('extension-not-found');
  });

  it('lets choose where several traces fit', async () => {
    await trace('u-6');
    await workbench.quickInput.waitForTitle(/traces of user u-6/);
    await workbench.quickInput.waitForItem(/^f4b44e10/);
    await workbench.screenshot('extension-choices');
    await workbench.quickInput.pick(/^f4b44e10/);
    assert.match(await (await timeline()).locator('h1').innerText(), /^f4b44e10/);
  });

  it('closes the timeline that nothing was chosen for', async () => {
    await trace('u-6');
    await workbench.quickInput.waitForTitle(/traces of user u-6/);
    await workbench.quickInput.waitForItem(/^f4b44e10/);
    await workbench.quickInput.cancel();
    await until('no tab', async () => (await workbench.editor.activeTabs()).length === 0);
  });

  it('copies the steps as a list', async () => {
    await trace(showcaseId);
    await (await timeline()).getByRole('button', { name: 'Copy as List' }).click();
    const list = await until('a list', async () => {
      const text = await workbench.clipboard();
      return text.startsWith(`${showcaseId}\n`) && text;
    });
    assert.match(list, /^Step 2 +LLM Inference +8\.4s$/m);
  });

  it('reads files that were added by hand, until they are removed', async () => {
    const file = join(tempDir('added'), 'elsewhere.txt');
    const id = 'beef0000-1111-4222-8333-444455556666';
    writeFileSync(file, `[correlationId: ${id}, service: Elsewhere] hello\n`);
    await workbench.runCommand('Throughline: Add Log Files…');
    // The dialog writes its first folder into the box by itself.
    await until('the folder', async () => (await workbench.quickInput.value()).endsWith('sample-logs/'));
    await workbench.quickInput.fill(file);
    await until('the dialog to take the file', async () => {
      // It takes no key while it looks into the folder.
      if (await workbench.quickInput.isOpen()) await workbench.page.keyboard.press('Enter');
      await new Promise(resolve => setTimeout(resolve, 300));
      return !(await workbench.quickInput.isOpen());
    });
    await workbench.page.locator('.statusbar-item', { hasText: 'elsewhere.txt' }).waitFor();
    await trace(id);
    assert.match(await (await timeline()).locator('header').innerText(), /beef0000/);
    await workbench.runCommand('Throughline: Remove Added Log Files…');
    await workbench.quickInput.waitForItem(file);
    await workbench.page.keyboard.press('ArrowDown');
    await workbench.page.keyboard.press('Space');
    await workbench.quickInput.accept();
    await workbench.quickInput.waitUntilClosed();
    await workbench.runCommand('View: Close All Editors');
    await trace(id);
    await message(/Nothing found/);
  });

  it('makes no link of hostile text in a notification', async () => {
    const name = '[Fix](command:workbench.action.files.newUntitledFile).log';
    // A slash would be a folder: a link of the web cannot be a file's name.
    const id = 'feed0000-1111-4222-8333-444455556666';
    const file = join(folder, name);
    writeFileSync(file, `[correlationId: ${id}, service: Evil] one\n`);
    await trace(id);
    const frame = await timeline();
    rmSync(file);
    await row(frame, 'Evil').click();
    const text = await workbench.waitForNotification('The log is no longer there');
    assert.match(text, /\[Fix\] \(command:/);
    const toasts = workbench.page.locator('.notifications-toasts');
    assert.equal(await toasts.locator('.notification-list-item-message a').count(), 0);
    await workbench.screenshot('extension-hostile-toast');
    await toasts.getByText('Search Again').click();
    await message(/Nothing found/);
  });

  it('offers what is in the clipboard, selected, and no secret', async () => {
    const copy = (text: string) =>
      until('the clipboard to be written', async () => {
        await workbench.page.evaluate(async copied => {
          // A view that was closed with the focus in it leaves it nowhere.
          window.focus();
          await navigator.clipboard.writeText(copied);
        }, text);
        return true;
      });
    await copy('hunter2-hunter2');
    await workbench.runCommand(traceCommand);
    await workbench.page.waitForTimeout(500);
    assert.equal(await workbench.quickInput.value(), '');
    await workbench.quickInput.cancel();
    await copy(`X-Correlation-Id: ${showcaseId}`);
    await workbench.runCommand(traceCommand);
    await workbench.quickInput.waitForItem(showcaseId);
    if ((await workbench.quickInput.value()) !== '') {
      await workbench.page.keyboard.type('f4b44');
      assert.equal(await workbench.quickInput.value(), 'f4b44');
    }
  });

  it('reads an untitled text', async () => {
    await workbench.runCommand('File: New Untitled Text File');
    await workbench.page.keyboard.insertText(
      '[correlationId: cafe0000-1111-4222-8333-444455556666, service: API] one\n',
    );
    await workbench.page.keyboard.insertText(
      '[correlationId: cafe0000-1111-4222-8333-444455556666, service: W1] two\n',
    );
    await trace('cafe0000-1111-4222-8333-444455556666');
    const frame = await timeline();
    await row(frame, 'W1').click();
    await waitForLine(2);
    await workbench.runCommand('View: Close All Editors');
    await workbench.page
      .getByRole('button', { name: "Don't Save" })
      .click()
      .catch(() => undefined);
  });

  it('reads on while a log grows, over a rotation, and holds still when it is told to', async () => {
    const file = join(folder, 'growing.log');
    const id = 'feed0000-1111-4222-8333-444455556666';
    let second = 0;
    const line = (message: string) =>
      `2026-03-02T10:20:0${second++}.000Z INFO Grower [correlationId: ${id}, service: Grower] ${message}\n`;
    rmSync(`${file}.1`, { force: true });
    writeFileSync(file, line('takes the order') + line('packs it'));
    await trace(id);
    const frame = await timeline();
    const header = frame.locator('header');
    const records = (count: number) =>
      until(`${count} lines`, async () =>
        (await header.innerText()).replaceAll('\u00a0', ' ').includes(`${count} lines`),
      );
    await records(2);
    const follow = header.getByRole('button', { name: /the Logs$/ });
    assert.equal(await follow.getAttribute('aria-pressed'), 'true');
    appendFileSync(file, line('sends it'));
    await records(3);
    renameSync(file, `${file}.1`);
    writeFileSync(file, line('writes the bill'));
    await records(4);
    await workbench.screenshot('extension-follow');
    await follow.click();
    await until('it to hold still', async () => (await follow.getAttribute('aria-pressed')) === 'false');
    appendFileSync(file, line('closes the order'));
    await follow.click();
    await records(5);
    assert.equal(await follow.getAttribute('aria-pressed'), 'true');
    rmSync(file);
    rmSync(`${file}.1`);
  });

  it('keeps the timeline over a reload', async () => {
    await trace(showcaseId);
    await timeline();
    await workbench.reload();
    assert.match(await (await timeline()).locator('h1').innerText(), new RegExp(showcaseId));
  });

  it('shows the first steps while logs are still read, and can be cancelled', async () => {
    const large = join(folder, 'large.log.gz');
    writeLargeLog(large);
    try {
      await trace(showcaseId);
      const frame = await timeline();
      await frame.getByText('so far').waitFor({ timeout: 20_000 });
      await workbench.page.locator('.statusbar-item', { hasText: 'Tracing 7c2d9f7b' }).waitFor();
      await workbench.screenshot('extension-first-steps');
      await frame.getByRole('button', { name: 'Cancel' }).click();
      await frame.locator('header', { hasText: 'Cancelled' }).waitFor({ timeout: 20_000 });
      // Which steps come first depends on which of the small logs was read by then.
      const step = frame.locator('.canvas .row', { hasText: /Worker|API/ }).first();
      await step.click();
      await frame.locator('.record').first().click();
      await workbench.page.locator('.editor-instance .view-line').first().waitFor();
      await workbench.screenshot('extension-cancelled');
      // Again, and from the palette, with the focus in a log.
      await frame.getByRole('button', { name: 'Search Again' }).click();
      await frame.getByRole('progressbar').waitFor({ timeout: 20_000 });
      await workbench.runCommand('View: Focus Next Editor Group');
      await workbench.runCommand('Throughline: Cancel Search');
      await frame.locator('header', { hasText: 'Cancelled' }).waitFor({ timeout: 20_000 });
      assert.ok(await step.isVisible(), 'the steps are still there');
    } finally {
      rmSync(large);
    }
  });

  it('has a hover that comes before the logs are read come back when they are', async () => {
    const large = join(folder, 'large.log.gz');
    writeLargeLog(large, 40);
    try {
      await workbench.openFile('worker1.log:103:1');
      await workbench.editor.clickWord('7c2d9f7b');
      const early = await workbench.editor.hoverWord('7c2d9f7b');
      await workbench.screenshot('extension-hover-early');
      await early.getByText('Show When Read').click();
      const hover = workbench.page.locator('.monaco-hover:visible .monaco-hover-content').first();
      await until('the hover by itself', async () => /This\sstep/.test(await hover.innerText()), 80);
      await workbench.screenshot('extension-hover-late');
    } finally {
      rmSync(large);
    }
  });

  for (const theme of takesPictures ? themes : ['Default High Contrast Light']) {
    it(`fits the theme ${theme}`, async () => {
      await workbench.setTheme(theme);
      await workbench.openFile('worker1.log:52:1');
      await trace(showcaseId);
      const frame = await timeline();
      await row(frame, 'LLM Inference').click();
      await frame.locator('.record', { hasText: 'worker1.log:103' }).click();
      await waitForLine(103);
      await workbench.screenshot(`extension-${theme.toLowerCase().replaceAll(' ', '-')}`);
    });
  }

  it('shows a line from its beginning, however far in it the ID stands', async () => {
    const wide = '4bf92f35-77b3-4da6-a3ce-929d0e0e4736';
    const line = (second: number) =>
      `${JSON.stringify({ time: `2026-03-02T10:00:0${second}.000Z`, level: 'info', msg: `part ${second}`, pad: 'x'.repeat(400), requestId: wide })}\n`;
    writeFileSync(join(folder, 'wide.jsonl'), line(1) + line(2));
    const editor = workbench.page.locator('.editor-instance', { hasText: 'part 1' }).first();
    const scrolled = () =>
      editor.evaluate(part => {
        const left = (selector: string) => part.querySelector(selector)?.getBoundingClientRect().left ?? Number.NaN;
        return Math.round(left('.editor-scrollable') - left('.view-lines'));
      });
    await trace(wide);
    const frame = await timeline();
    await frame.locator('.canvas .row').first().click();
    await workbench.editor.waitForTab('wide.jsonl');
    await frame.locator('.record', { hasText: 'wide.jsonl:2' }).click();
    await waitForLine(2);
    assert.equal(await scrolled(), 0);
    await editor.locator('.view-line').first().click();
    await workbench.page.keyboard.press('End');
    await until('the end of the line', async () => (await scrolled()) > 100);
    await frame.locator('.record', { hasText: 'wide.jsonl:2' }).click();
    await until('the beginning again', async () => (await scrolled()) === 0);
    rmSync(join(folder, 'wide.jsonl'));
  });
});

/** Gigabytes to read, megabytes on disk: one compressed piece again and again, as `gzip` allows. */
function writeLargeLog(file: string, pieces = 200): void {
  const line = (index: number) =>
    `2026-03-02T10:15:00.${String(index % 1000).padStart(3, '0')}Z INFO request ${index}\n`;
  const piece = gzipSync(Array.from({ length: 300_000 }, (_, index) => line(index)).join(''), { level: 1 });
  for (let count = 0; count < pieces; count++) appendFileSync(file, piece);
}
