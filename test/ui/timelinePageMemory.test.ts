import assert from 'node:assert/strict';
import { PageUnderTest } from './timelinePage/pageUnderTest';

describe('The timeline page comes back exactly as it was left', function () {
  this.timeout(60_000);
  const timeline = new PageUnderTest();
  const steps = '[role=treegrid]';
  const records = '.records-grid';
  /** Until what is kept has been written. */
  const rest = () => timeline.page.waitForTimeout(400);
  const top = (selector: string) => timeline.page.locator(selector).evaluate(element => element.scrollTop);

  /** Everything that a reader has arranged. */
  const look = () =>
    timeline.page.evaluate(() => {
      const [rows = [], scrolled = [], ticks = []] = [
        '.canvas .row[aria-selected=true]',
        '[role=treegrid], .records-grid, .details-body',
        '.tick',
      ].map(selector => [...document.querySelectorAll(selector)]);
      const box = document.querySelector('.details')?.getBoundingClientRect();
      return {
        rows: rows.map(row => row.getAttribute('aria-label')),
        scrolled: scrolled.map(element => element.scrollTop),
        ticks: ticks.map(({ textContent }) => textContent),
        clock: document.querySelector('select')?.value,
        find: document.querySelector<HTMLInputElement>('.find input')?.value,
        found: document.querySelector('#find-count')?.textContent,
        hide: document.querySelector('.find [aria-pressed][aria-label^=Hide]')?.getAttribute('aria-pressed'),
        tab: document.querySelector('[role=tab][aria-selected=true]')?.textContent,
        pane: box && [Math.round(box.width), Math.round(box.height)],
        notes: document.querySelector('#notes') !== null,
      };
    });
  const isBack = async (before: Awaited<ReturnType<typeof look>>) => {
    await rest();
    await timeline.page.reload();
    await timeline.rows();
    await rest();
    assert.deepEqual(await look(), before);
  };
  const dragSash = async (x: number, y: number) => {
    const sash = await timeline.page.getByRole('separator', { name: 'Size of the details' }).boundingBox();
    assert.ok(sash);
    await timeline.page.mouse.move(sash.x + sash.width / 2, sash.y + sash.height / 2);
    await timeline.page.mouse.down();
    await timeline.page.mouse.move(x, y, { steps: 4 });
    await timeline.page.mouse.up();
  };

  it('with selection, scroll, zoom, size of the panes and the place in the details', async () => {
    await timeline.page.setViewportSize({ width: 1400, height: 500 });
    await timeline.open('large');
    await timeline.page.locator(steps).evaluate(grid => grid.scrollTo(0, 5200));
    await timeline.row(203).click();
    await timeline.page.locator('.details-body').waitFor();
    await timeline.page.keyboard.press('f');
    await timeline.page.getByRole('combobox').selectOption('utc');
    await dragSash(700, 300);
    await timeline.page.locator('.details-body').evaluate(body => body.scrollTo(0, 40));
    await timeline.page.locator(steps).evaluate(grid => grid.scrollTo(0, 5300));
    await rest();
    const before = await look();
    assert.deepEqual(before.scrolled, [5300, 40]);
    assert.ok(Math.abs((before.pane?.[0] ?? 0) - 700) < 8, `${before.pane}`);
    await isBack(before);
    // Panes that take their room late move nothing, though the focus is on a row that is not wholly in view.
    assert.equal(await timeline.focused(), '203');
    await timeline.page.setViewportSize({ width: 1400, height: 440 });
    await rest();
    assert.equal(await top(steps), 5300);
  });

  it('with the text that was looked for, what does not fit hidden, and the notes open', async () => {
    await timeline.open('showcase');
    await timeline.page.getByRole('button', { name: '2 notes' }).click();
    await timeline.page.keyboard.press('Control+f');
    await timeline.page.getByRole('textbox').fill('tool');
    await timeline.page.getByRole('button', { name: 'Hide What Does Not Match' }).click();
    await timeline.page.locator('#find-count', { hasText: 'of 2' }).waitFor();
    await rest();
    const before = await look();
    assert.deepEqual([before.find, before.hide, before.notes], ['tool', 'true', true]);
    await isBack(before);
  });

  it('with the record that was selected, and where all of them were scrolled to', async () => {
    await timeline.open('large');
    await timeline.row(3).click();
    await timeline.page.getByRole('tab', { name: 'All Records' }).click();
    const line = (index: number) => timeline.page.locator(`${records} .canvas .row[data-index="${index}"]`);
    await line(7).and(timeline.page.locator('[aria-busy=false]')).waitFor();
    await timeline.page.locator(records).evaluate(grid => grid.scrollTo(0, 42 * 300));
    await line(305).and(timeline.page.locator('[aria-busy=false]')).click();
    await timeline.selected(152);
    await timeline.page.locator(records).evaluate(grid => grid.scrollTo(0, 42 * 300 + 17));
    await rest();
    const before = await look();
    assert.equal(before.tab, 'All Records (20,000)');
    assert.equal(before.rows.length, 2);
    await isBack(before);
  });

  it('although its rows come one after the other', async () => {
    await timeline.open('large');
    await timeline.row(3).click();
    await timeline.page.locator(steps).evaluate(grid => grid.scrollTo(0, 5200));
    await rest();
    await timeline.page.evaluate(() => {
      const state = sessionStorage.getItem(`state of ${location.href}`) ?? '';
      sessionStorage.setItem(`state of ${location.href.replace('large', 'largeGrowing')}`, state);
    });
    await timeline.open('largeGrowing');
    await rest();
    assert.ok((await top(steps)) < 5200, 'there are not so many rows yet');
    await timeline.page.evaluate(() => window.devHost.grow('large'));
    await timeline.page.locator('.header .fact', { hasText: '10,000' }).waitFor();
    await timeline.selected(3);
    assert.equal(await top(steps), 5200);
  });

  it('unless it was scrolled meanwhile', async () => {
    await timeline.open('large');
    await timeline.page.locator(steps).evaluate(grid => grid.scrollTo(0, 5200));
    await rest();
    await timeline.page.evaluate(() => {
      const state = sessionStorage.getItem(`state of ${location.href}`) ?? '';
      sessionStorage.setItem(`state of ${location.href.replace('large', 'largeGrowing')}`, state);
    });
    await timeline.page.setViewportSize({ width: 1400, height: 500 });
    await timeline.open('largeGrowing');
    await timeline.row(19).hover();
    await timeline.page.mouse.wheel(0, -10);
    await timeline.page.evaluate(() => window.devHost.grow('large'));
    await timeline.page.locator('.header .fact', { hasText: '10,000' }).waitFor();
    await rest();
    assert.ok((await top(steps)) < 600);
  });

  it('with the size that the keys gave its panes, below and at the right, until a double click', async () => {
    await timeline.page.setViewportSize({ width: 800, height: 900 });
    await timeline.open('showcase');
    await timeline.row(1).click();
    await timeline.page.locator('.details-body').waitFor();
    const sash = timeline.page.getByRole('separator', { name: 'Size of the details' });
    assert.equal(await sash.getAttribute('aria-orientation'), 'horizontal');
    const height = async () => Math.round((await timeline.page.locator('.details').boundingBox())?.height ?? 0);
    const usual = await height();
    await sash.focus();
    for (let press = 0; press < 5; press++) await timeline.page.keyboard.press('ArrowUp');
    const larger = await height();
    assert.ok(larger > usual + 30, `${usual} ${larger}`);
    await rest();
    await timeline.page.reload();
    await timeline.page.locator('.details-body').waitFor();
    assert.equal(await height(), larger);
    await timeline.page.setViewportSize({ width: 1200, height: 900 });
    await sash.and(timeline.page.locator('[aria-orientation=vertical]')).waitFor();
    await timeline.page.setViewportSize({ width: 800, height: 900 });
    await sash.dblclick();
    assert.equal(await height(), usual);
  });
});
