import assert from 'node:assert/strict';
import { settled } from './support/pictures';
import { until } from './support/poll';
import { PageUnderTest } from './timelinePage/pageUnderTest';

/** Nothing here touches the mouse. */
describe('The timeline page by keyboard alone', function () {
  this.timeout(60_000);
  const timeline = new PageUnderTest();
  const press = async (...keys: string[]) => {
    for (const key of keys) await timeline.page.keyboard.press(key);
  };
  const button = (name: string | RegExp) => timeline.page.getByRole('button', { name });
  /** Goes on with Tab until something has the focus. */
  const tabTo = async (what: string, key = 'Tab') => {
    for (let tries = 0; tries < 80; tries++) {
      await press(key);
      if (await timeline.page.evaluate(what => document.activeElement?.matches(what), what)) return;
    }
    assert.fail(`Tab does not lead to ${what}`);
  };
  const shown = async () => (await timeline.page.locator('.overview-shown').innerText()).replaceAll('\u00a0', ' ');

  it('leads to every control: by Tab, or by the keys of the row, tab or list that it belongs to', async () => {
    await timeline.open('showcase');
    await timeline.row(4).focus();
    await press('ArrowUp', 'ArrowDown', 'Control+f');
    await timeline.page.locator('.details .record').first().waitFor();
    await timeline.page.evaluate(() => document.body.focus());
    const seen = new Set<string>();
    for (let tries = 0; tries < 120; tries++) {
      await press('Tab');
      seen.add(await timeline.page.evaluate(() => document.activeElement?.outerHTML ?? ''));
    }
    const controls = await timeline.page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('button, a, input, select, [tabindex]')]
        .filter(element => element.checkVisibility())
        .map(element => ({ html: element.outerHTML, tab: element.tabIndex >= 0, what: element.className })),
    );
    assert.ok(controls.length > 25, String(controls.length));
    // What has the focus is another text than without it nowhere: the page marks it by CSS alone.
    const missed = controls.filter(({ html, tab }) => tab && !seen.has(html));
    assert.deepEqual(
      missed.map(({ html }) => html.slice(0, 120)),
      [],
    );
    const inside = controls.filter(({ tab }) => !tab).map(({ what }) => what.split(' ')[0]);
    assert.deepEqual([...new Set(inside)].toSorted(), ['row', 'tab'], 'those have the arrow keys');
  });

  it('does everything', async () => {
    await timeline.open('showcase');
    await timeline.page.locator('.overview-busy').waitFor();
    await timeline.page.evaluate(() => document.querySelector<HTMLElement>('.row[tabindex="0"]')?.blur());
    // Header.
    await tabTo('[aria-label="Copy Correlation ID"]');
    await press('Enter');
    await tabTo('[aria-label="Copy as List"]');
    await press('Space');
    assert.equal((await timeline.calls('copy', 2)).length, 2);
    await tabTo('.fact.status .link');
    await press('Enter');
    await timeline.selected(4);
    await tabTo('.pivot .link', 'Shift+Tab');
    await press('Enter');
    assert.equal((await timeline.calls('pivot', 1)).length, 1);
    await tabTo('.notes-button');
    await press('Enter');
    await timeline.page.locator('#notes').waitFor();
    await press('Enter');
    // Overview.
    await tabTo('[aria-label="End of the time shown"]');
    await press('Shift+ArrowLeft', 'Shift+ArrowLeft');
    assert.doesNotMatch(await shown(), /^All/);
    await tabTo('select');
    await press('ArrowDown');
    await timeline.page.waitForFunction(() => document.querySelector('.overview-shown')?.textContent?.includes('UTC'));
    // Rows, and what is known of one.
    await tabTo('.canvas .row');
    await press('0', 'Home', 'ArrowDown', 'Enter');
    assert.equal((await timeline.calls('openRecord', 1)).length, 1);
    await tabTo('[role=tab]');
    await press('ArrowRight');
    await timeline.page.locator('.records-grid .row[data-index]').first().waitFor();
    await tabTo('.records-grid .row');
    await press('ArrowDown', 'Enter');
    assert.equal((await timeline.calls('openLine', 1)).length, 1);
    await tabTo('[role=tab]', 'Shift+Tab');
    await press('Home');
    await tabTo('.details .record');
    await press('Enter');
    assert.equal((await timeline.calls('openRecord', 2)).length, 2);
    await tabTo('[aria-label="Close Details"]', 'Shift+Tab');
    await press('Enter');
    await timeline.page.locator('.details').waitFor({ state: 'detached' });
    assert.notEqual(await timeline.focused(), null, 'the focus is back in the rows');
    // Find.
    await press('/');
    await timeline.page.keyboard.type('context');
    await timeline.page.locator('.find-count', { hasText: 'of 3' }).waitFor();
    await press('Enter');
    await tabTo('[aria-label="Hide What Does Not Match"]');
    await press('Space');
    await timeline.page.waitForFunction(() => document.querySelectorAll('.canvas .row').length < 7);
    await tabTo('[aria-label="Close (Escape)"]');
    await press('Enter');
    await timeline.page.waitForFunction(() => document.querySelectorAll('.canvas .row').length === 7);
    await press('e');
    await timeline.selected(4);
  });

  it('zooms and pans from anywhere but where somebody writes', async () => {
    await timeline.open('showcase');
    await timeline.page.locator('.overview-busy').waitFor();
    await timeline.page.getByRole('button', { name: 'Copy as Markdown' }).focus();
    await press('w', 'w', 'd');
    const zoomed = await shown();
    assert.doesNotMatch(zoomed, /^All/);
    await press('Shift+A', 'Shift+A', 'Shift+A');
    assert.match(await shown(), /^0 – /);
    await press('s', 's', 's');
    assert.match(await shown(), /^All/);
    await press('Control+f');
    await timeline.page.keyboard.type('was 0+tip?');
    assert.match(await shown(), /^All 12\.10 s$/);
    assert.equal(await timeline.page.getByRole('dialog').count(), 0);
  });

  it('tells all keys on ?, keeps the focus meanwhile, and gives it back', async () => {
    await timeline.open('showcase');
    await timeline.row(2).focus();
    await press('?');
    const dialog = timeline.page.getByRole('dialog', { name: 'Keyboard Shortcuts' });
    await dialog.waitFor();
    const told = await dialog.locator('kbd').allInnerTexts();
    const all = '↑ ↓ Home End → ← Enter Space Ctrl+F / F3 E Shift+E P Shift+P Escape + W − S A D F 0 I T Tab ?'.split(
      ' ',
    );
    assert.deepEqual(
      all.filter(key => !told.includes(key)),
      [],
    );
    await press('w', 'e', 'Control+f');
    assert.match(await shown(), /^All/, 'the page behind it rests');
    assert.equal(await timeline.page.getByRole('textbox').count(), 0);
    await press('Tab', 'Tab', 'Tab');
    assert.equal(await timeline.page.locator('.panes :focus').count(), 0, 'Tab does not leave it');
    await press('Escape');
    await dialog.waitFor({ state: 'detached' });
    assert.equal(await timeline.focused(), '2');
    await button('Keyboard Shortcuts and Legend (?)').focus();
    await press('Enter');
    await dialog.waitFor();
    await press('Enter');
    await dialog.waitFor({ state: 'detached' });
    assert.equal(
      await timeline.page.evaluate(() => document.activeElement?.getAttribute('aria-label')),
      'Keyboard Shortcuts and Legend (?)',
    );
  });

  it('says that its list of keys goes on, and leads on by a key and a click', async () => {
    await timeline.page.setViewportSize({ width: 320, height: 700 });
    await timeline.open('showcase');
    await timeline.row(0).focus();
    await press('?');
    const dialog = timeline.page.getByRole('dialog', { name: 'Keyboard Shortcuts' });
    const more = dialog.getByRole('button', { name: 'More below' });
    await more.waitFor();
    const top = () => dialog.evaluate(({ scrollTop }) => scrollTop);
    await press('PageDown');
    await until('it is scrolled by a key', async () => (await top()) > 0);
    const close = (await dialog.getByRole('button', { name: 'Close (Escape)' }).boundingBox())!;
    assert.ok(close.y > 0, 'the way out stays in view');
    while (await more.isVisible()) {
      const before = await top();
      await more.click({ timeout: 2000 }).catch(() => undefined);
      await until('it is scrolled by a click', async () => (await top()) > before || !(await more.isVisible()));
    }
    const rest = await dialog.evaluate(
      ({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight,
    );
    assert.ok(rest <= 4, `${rest} px below`);
    await timeline.page.setViewportSize({ width: 800, height: 900 });
    await more.waitFor({ state: 'detached' });
  });

  it('tells times from the start, in UTC, here, and as logged; the details and records too', async () => {
    await timeline.open('idle');
    await timeline.row(2).focus();
    await press('ArrowDown', 'ArrowUp');
    const fact = timeline.page.locator('.step-fact', { hasText: 'Start' }).locator('dd').first();
    await fact.waitFor();
    const start = () => timeline.page.locator('.step-fact:has(dt:text-is("Start")) dd').innerText();
    assert.equal(await start(), '2026-08-20T09:14:14.120Z');
    await press('t');
    await timeline.page.waitForFunction(() => document.querySelector('.overview-shown')?.textContent?.endsWith('UTC'));
    await press('t', 't');
    await timeline.page.waitForFunction(() =>
      document.querySelector('.overview-shown')?.textContent?.includes('UTC+05:30'),
    );
    assert.match(await shown(), /: 14:44:02\.12 – 14:44:38\.14 UTC\+05:30$/);
    assert.equal(await start(), '2026-08-20T14:44:14.120+05:30');
    assert.match(await timeline.page.locator('.details .record').first().innerText(), /^14:44:14\.120/);
    await timeline.page.waitForTimeout(400);
    await timeline.page.reload();
    await timeline.page.waitForFunction(() =>
      document.querySelector('.overview-shown')?.textContent?.includes('UTC+05:30'),
    );
    await timeline.rows();
    await timeline.row(2).focus();
    await press('t');
    assert.match(await shown(), /^All 36\.02 s$/);
  });

  it('draws what a key leads to at once, not once more as the list has been scrolled', async () => {
    await timeline.open('large');
    await timeline.row(0).click();
    await timeline.selected(0);
    for (let press = 0; press < 60; press++) await timeline.page.keyboard.press('ArrowDown');
    await timeline.selected(60);
    await settled(timeline.page);
    const drawn = await timeline.page.evaluate(async () => {
      const grid = document.querySelector('[role=treegrid]')!;
      const { scrollTop } = grid;
      const count = { scrolls: 0 };
      grid.addEventListener('scroll', () => count.scrolls++);
      const last = document.querySelector(`.canvas .row[data-index="65"]`) !== null;
      const key = new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true, cancelable: true });
      document.activeElement!.dispatchEvent(key);
      // What follows from it without waiting for anything.
      for (let turn = 0; turn < 20; turn++) await Promise.resolve();
      return {
        ...count,
        by: grid.scrollTop - scrollTop,
        came: !last && document.querySelector(`.canvas .row[data-index="65"]`) !== null,
        focused: document.activeElement?.getAttribute('data-index'),
        selected: document.querySelector('.canvas .row.selected')?.getAttribute('data-index'),
      };
    });
    assert.deepEqual(drawn, { scrolls: 0, by: 26, came: true, focused: '61', selected: '61' });
  });
});
