import assert from 'node:assert/strict';
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { until } from '../support/poll';
import type { Workbench } from '../support/workbench';
import { workbenchSuite } from '../support/workbenchSuite';

const id = '7c2d9f7b-18e7-4c7a-bf8c-4d83d13d9c01';

const lineOf = (
  index: number,
  level = 'INFO',
  request = `0f${String(index).padStart(6, '0')}-18e7-4c7a-bf8c-4d83d13d9c02`,
) =>
  `2026-03-02T10:${String(Math.floor(index / 60_000) % 60).padStart(2, '0')}:${String(Math.floor(index / 1000) % 60).padStart(2, '0')}.${String(index % 1000).padStart(3, '0')}Z ${level} [correlationId: ${request}, service: API] Order ${index} was taken\n`;

/** More than VS Code shows to an extension: 80 MB, with a request in its middle. */
function writeLarge(file: string): void {
  const descriptor = openSync(file, 'w');
  for (let from = 0; from < 700_000; from += 10_000) {
    let text = '';
    for (let index = from; index < from + 10_000; index++) {
      const isOurs = index >= 450_000 && index < 450_003;
      text += lineOf(index, index === 450_002 ? 'ERROR' : 'INFO', isOurs ? id : undefined);
    }
    writeSync(descriptor, text);
  }
  closeSync(descriptor);
}

describe('The log view, from the timeline on', function () {
  this.timeout(120_000);
  const write = (folder: string) => {
    mkdirSync(folder, { recursive: true });
    writeLarge(join(folder, 'large.log'));
    const packed = [0, 1, 2].map(index => lineOf(450_010 + index, 'INFO', id)).join('');
    writeFileSync(join(folder, 'packed.log.gz'), gzipSync(packed + lineOf(450_020)));
  };
  const suite = workbenchSuite({
    folder: 'logs',
    write,
    viewport: { width: 1400, height: 900 },
    settings: { 'workbench.secondarySideBar.defaultVisibility': 'hidden' },
  });
  let workbench: Workbench;
  before(() => {
    workbench = suite.workbench;
  });

  const timeline = () => workbench.webviewFrame('[role=treegrid] .row[aria-busy=false]');
  const view = () => workbench.webviewFrame('.lines .line');
  const cursorAt = (number: string) =>
    until(`the cursor at line ${number}`, async () => {
      const frame = await view();
      const [cursor] = await frame.locator('.line[aria-selected=true] .number').allTextContents();
      return cursor === number;
    });

  it('opens a large log at the record of a step, lit up', async () => {
    await workbench.trace(id);
    const frame = await timeline();
    await frame.locator('.canvas .row').first().click();
    await frame.locator('.record', { hasText: 'large.log:450003' }).click();
    await workbench.editor.waitForTab('large.log');
    await cursorAt('450,003');
    const lines = await view();
    await lines.locator('.line.lit').waitFor();
    assert.match((await lines.locator('.line.lit').textContent()) ?? '', /ERROR.*Order 450002 was taken/);
    assert.equal(await lines.locator('.line.lit.error').count(), 1);
    await workbench.screenshotInThemes('log-view');
  });

  it('finds a text while it is typed, and tells which of how many it is', async () => {
    const frame = await view();
    await frame.locator('.lines').focus();
    await workbench.page.keyboard.press('Control+f');
    const input = frame.getByLabel('Find a text in the whole log');
    await input.waitFor();
    assert.equal(await frame.locator('.find').count(), 1, 'VS Code opens none of its own');
    await input.pressSequentially('order 45000');
    const outcome = (wanted: string) =>
      until(wanted, async () => (await frame.locator('#find-outcome').innerText()) === wanted);
    await outcome('4 of 11');
    await cursorAt('450,003');
    await input.press('Enter');
    await outcome('5 of 11');
    await cursorAt('450,004');
    await workbench.screenshot('log-view-find');
    await input.fill('taken');
    await outcome('450,004 of 700,000');
    await input.fill('ERROR');
    await outcome('1 of 1, from the top again');
    await input.press('Escape');
    await until('the lines have the focus', () =>
      frame.locator('.lines').evaluate(lines => lines === document.activeElement),
    );
  });

  it('goes to another record of the same log in the same tab', async () => {
    const frame = await timeline();
    await frame.locator('.record', { hasText: 'large.log:450001' }).click();
    await cursorAt('450,001');
  });

  it('shows a packed log there too', async () => {
    const frame = await timeline();
    await frame.locator('.record', { hasText: 'packed.log.gz:2' }).click();
    await workbench.editor.waitForTab('packed.log.gz');
    await cursorAt('2');
  });

  it('is opened by hand, goes to a line by VS Code’s own key, and to a timeline by an ID', async () => {
    await workbench.openFile('packed.log.gz').catch(() => undefined);
    const frame = await view();
    await frame.locator('.lines').focus();
    await workbench.page.keyboard.press('Control+g');
    const input = frame.getByLabel(/Line to go to/);
    await input.waitFor();
    assert.equal(await workbench.quickInput.isOpen(), false, 'VS Code asks nothing of its own');
    await input.fill('4');
    await input.press('Enter');
    await cursorAt('4');
    await frame.locator('.line .id').first().hover();
    await frame.locator('.hover-card', { hasText: id }).waitFor();
    await workbench.page.mouse.move(5, 5);
    await frame.locator('.hover-card').waitFor({ state: 'detached' });
    await frame.locator('.line .id').last().click();
    await until('the timeline of that ID', async () =>
      /0f450020/.test(await (await timeline()).locator('h1').innerText()),
    );
  });

  it('keeps its place over a reload', async () => {
    await workbench.openFile('packed.log.gz');
    await cursorAt('4');
    await workbench.reload();
    await workbench.editor.waitForTab('packed.log.gz');
    await cursorAt('4');
  });

  it('holds the text of the log as it is', async () => {
    const frame = await view();
    const [first] = await frame.locator('.line .text').allTextContents();
    assert.equal(`${first}\n`, lineOf(450_010, 'INFO', id));
  });
});
