import assert from 'node:assert/strict';
import { PageUnderTest } from './timelinePage/pageUnderTest';

describe('The timeline page while its trace grows', function () {
  this.timeout(60_000);
  const timeline = new PageUnderTest();
  const extend = (show: string) => timeline.page.evaluate(name => window.devHost.extend(name), show);
  const scroll = (grid: string, top: number) =>
    timeline.page.locator(grid).evaluate((element, to) => element.scrollTo(0, to), top);

  /** The first whole row in view of a grid: what it says, and how far below the grid's edge it stands. */
  const atTop = (grid: string, text: string) =>
    timeline.page.locator(grid).evaluate((element, label) => {
      const edge = element.getBoundingClientRect().top + 40;
      const rows = [...element.querySelectorAll<HTMLElement>('.canvas .row[aria-busy=false]')];
      const row = rows
        .filter(row => row.getBoundingClientRect().top >= edge)
        .sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)[0];
      return row && [row.querySelector(label)?.textContent, Math.round(row.getBoundingClientRect().top)].join(' at ');
    }, text);
  const selected = (grid: string, text: string) =>
    timeline.page.locator(`${grid} .canvas .row[aria-selected=true] ${text}`).innerText();
  const steps = '[role=treegrid]';
  const records = '.records-grid';
  const count = (text: string) => timeline.page.locator('.header .fact', { hasText: text }).waitFor();

  it('keeps the steps in view where they are, and the selected one, when earlier ones come', async () => {
    await timeline.open('late');
    await scroll(steps, 26 * 500);
    await timeline.row(505).and(timeline.page.locator('[aria-busy=false]')).click();
    await timeline.selected(505);
    const before = await atTop(steps, '.number');
    const number = await selected(steps, '.number');
    await extend('whole');
    await count('2,000');
    await timeline.selected(545);
    assert.equal(await atTop(steps, '.number'), before);
    assert.equal(await selected(steps, '.number'), number);
  });

  it('stays at the very top, where the trace begins', async () => {
    await timeline.open('late');
    await extend('whole');
    await count('2,000');
    await timeline.row(0).locator('.number', { hasText: /^1$/ }).waitFor();
    assert.equal(await timeline.page.locator(steps).evaluate(element => element.scrollTop), 0);
  });

  it('keeps the selected record, and the records in view where they are', async () => {
    await timeline.open('late');
    await timeline.row(0).click();
    await timeline.page.getByRole('tab', { name: 'All Records' }).click();
    const line = (index: number) => timeline.page.locator(`${records} .canvas .row[data-index="${index}"]`);
    await line(0).and(timeline.page.locator('[aria-busy=false]')).waitFor();
    await scroll(records, 42 * 700);
    await line(705).and(timeline.page.locator('[aria-busy=false]')).click();
    await line(705).and(timeline.page.locator('[aria-selected=true]')).waitFor();
    const before = await atTop(records, '.line-place');
    const text = await selected(records, '.line-text');
    await extend('whole');
    await timeline.page.getByRole('tab', { name: 'All Records (4,000)' }).waitFor();
    await line(785).and(timeline.page.locator('[aria-selected=true]')).waitFor();
    assert.equal(await selected(records, '.line-text'), text);
    assert.equal(await atTop(records, '.line-place'), before);
    await line(785).press('Enter');
    assert.deepEqual((await timeline.calls('openLine', 2)).at(-1), { traceId: 'trace-1', index: 785, preview: false });
  });

  it('keeps the stretch of time that is zoomed to', async () => {
    await timeline.open('late');
    await timeline.row(3).click();
    await timeline.page.locator('.details h2').waitFor();
    await timeline.page.keyboard.press('f');
    const ticks = () => timeline.page.locator('.tick').allInnerTexts();
    await timeline.page.waitForTimeout(200);
    const before = await ticks();
    await extend('whole');
    await count('2,000');
    assert.deepEqual(await ticks(), before);
  });

  it('has its axis at rest while a trace grows, with room ahead of what is known', async () => {
    await timeline.open('live10');
    await timeline.page.locator('.tick').first().waitFor();
    const box = () => timeline.row(3).locator('.box.work').getAttribute('style');
    const ahead = timeline.page.locator('rect.ahead');
    assert.equal(await ahead.count(), 0, 'one that has not grown yet is shown from end to end');
    const first = await box();
    await extend('live11');
    await count('55');
    await ahead.waitFor({ state: 'attached' });
    const aheadWidth = (name: string) =>
      timeline.page.locator(name).evaluate(element => element.getBoundingClientRect().width);
    const plotWidth = await aheadWidth('.overview-plot');
    // Room for a quarter more than was known at 11 s: a fifth of the axis.
    assert.ok(Math.abs((await aheadWidth('.overview-ahead')) / plotWidth - 0.2) < 0.01, 'the overview shades it, too');
    const then = await box();
    assert.notEqual(then, first);
    await extend('live12');
    await count('60');
    assert.equal(await box(), then, 'nothing moves');
    const shown = (await timeline.page.locator('.overview-shown').innerText()).replaceAll('\u00a0', ' ');
    assert.equal(shown, 'All 11.97 s', 'not the room ahead');
    await extend('live15');
    await count('75');
    assert.notEqual(await box(), then, 'until the room is used up');
    await extend('whole');
    await count('2,000');
    await ahead.waitFor({ state: 'detached' });
  });

  it('ends its axis where the trace ends, once all logs are read', async () => {
    await timeline.open('largeGrowing');
    await timeline.page.locator('.tick').first().waitFor();
    await extend('largeGrown');
    await count('60');
    const ahead = timeline.page.locator('rect.ahead');
    await ahead.waitFor({ state: 'attached' });
    await extend('live12');
    await timeline.page.getByRole('progressbar').waitFor({ state: 'detached' });
    await ahead.waitFor({ state: 'detached' });
    await extend('live15');
    await ahead.waitFor({ state: 'attached' });
  });

  it('renews the details of the selected step together with its row, not after it', async () => {
    await timeline.open('rounds2');
    await timeline.row(2).click();
    const loop = timeline.page.locator('.details .step-fact', { hasText: 'Loop' }).locator('dd');
    await loop.filter({ hasText: 'round 2 of 2' }).waitFor();
    /** What the details say in the first frames in which the row says more. */
    const apart = timeline.page.evaluate(async () => {
      const seen: string[] = [];
      while (seen.length < 5) {
        await new Promise(requestAnimationFrame);
        const row = document.querySelector('.canvas .row[data-index="2"] .round')?.textContent;
        const details = document.querySelector('.details')?.textContent ?? '';
        if (row === '2/3') seen.push(/round 2 of \d/.exec(details)?.[0] ?? 'no details');
      }
      return seen;
    });
    await extend('rounds3');
    assert.deepEqual(await apart, Array(5).fill('round 2 of 3'));
    await timeline.page
      .locator('.details section', { hasText: 'Next step' })
      .getByRole('button', { name: /^4 Tool/ })
      .waitFor();
  });
});
