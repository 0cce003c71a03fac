import assert from 'node:assert/strict';
import { until } from './support/poll';
import { PageUnderTest } from './timelinePage/pageUnderTest';

describe('All records in the timeline page', function () {
  this.timeout(60_000);
  const timeline = new PageUnderTest();
  const lines = () => timeline.page.locator('.records-grid .canvas .row');
  const line = (index: number) => timeline.page.locator(`.records-grid .canvas .row[data-index="${index}"]`);
  const step = (index: number) => timeline.page.locator(`[role=treegrid] .canvas .row[data-index="${index}"]`);
  const selected = (index: number) =>
    timeline.page.locator(`.records-grid .canvas .row[data-index="${index}"][aria-selected=true]`).waitFor();
  const tab = (name: string) => timeline.page.getByRole('tab', { name });

  it('stand in a tab of their own, which the arrow keys lead to and a reload brings back', async () => {
    await timeline.open('showcase');
    await step(1).click();
    await tab('Details').focus();
    await timeline.page.keyboard.press('ArrowRight');
    await lines().first().waitFor();
    assert.equal(await tab('All Records (31)').getAttribute('aria-selected'), 'true');
    assert.equal(await timeline.page.evaluate(() => document.activeElement?.id), 'tab-records');
    assert.equal(await timeline.page.getByRole('tabpanel').getAttribute('aria-labelledby'), 'tab-records');
    await timeline.page.keyboard.press('Home');
    await timeline.page.locator('.details h2', { hasText: 'LLM Inference' }).waitFor();
    await timeline.page.keyboard.press('End');
    await lines().first().waitFor();
    await timeline.page.waitForTimeout(300);
    await timeline.page.reload();
    await lines().first().waitFor();
  });

  it('share the selection with the steps, both ways, and open their lines', async () => {
    await timeline.open('showcase');
    await step(1).click();
    await tab('All Records').click();
    await selected(2);
    await step(3).click();
    await selected(15);
    await line(17).click();
    await step(3).and(timeline.page.locator('[aria-selected=true]')).waitFor();
    await selected(17);
    await timeline.page.keyboard.press('ArrowUp');
    await timeline.page.keyboard.press('ArrowUp');
    await timeline.page.keyboard.press('ArrowUp');
    await selected(14);
    await step(2).and(timeline.page.locator('[aria-selected=true]')).waitFor();
    await timeline.page.keyboard.press('Enter');
    assert.deepEqual(await timeline.calls('openLine', 2), [
      { traceId: 'trace-1', index: 17, preview: true },
      { traceId: 'trace-1', index: 14, preview: false },
    ]);
    await selected(14);
  });

  it('say everything of a record in words, in one line where there is room', async () => {
    await timeline.page.setViewportSize({ width: 880, height: 900 });
    await timeline.open('showcase');
    await step(1).click();
    await tab('All Records').click();
    await timeline.page.getByRole('columnheader', { name: 'Since Previous' }).waitFor();
    await line(2).locator('.line-text').waitFor();
    const spoken = await line(2).getAttribute('aria-label');
    assert.equal(
      spoken,
      'INFO, Step started 1 of LLM Inference, service Worker1, 09:14:02.480, +12.5 ms since the line before, worker1.log:41',
    );
    assert.equal(await line(2).evaluate(element => element.querySelectorAll('[role=gridcell]').length), 6);
    await timeline.page.setViewportSize({ width: 1600, height: 900 });
    await timeline.page.getByRole('columnheader', { name: 'Since Previous' }).waitFor({ state: 'detached' });
  });

  it('are there only while in view, of however many', async () => {
    await timeline.open('large');
    await step(1).click();
    await tab('All Records').click();
    await lines().first().waitFor();
    await line(2).focus();
    await timeline.page.keyboard.press('End');
    await selected(19_999);
    await line(19_999).locator('.line-text').waitFor();
    assert.ok((await lines().count()) < 60);
    await step(9_999).and(timeline.page.locator('[aria-selected=true]')).waitFor();
  });

  it('stand in one line, with a sign for each line break that fonts have', async () => {
    await timeline.open('showcase');
    await step(4).click();
    await tab('All Records').click();
    const text = () =>
      timeline.page.locator('.records-grid .line-text', { hasText: 'ETIMEDOUT' }).first().textContent();
    await until('the stack', async () => ((await text()) ?? '').includes('↵    at Socket.connect'));
    assert.doesNotMatch((await text()) ?? '', /[\u2400-\u2426\n]/);
  });

  it('tell messages that begin alike apart where there is little room', async () => {
    for (const width of [320, 800]) {
      await timeline.page.setViewportSize({ width, height: 900 });
      await timeline.open('showcase');
      await step(2).click();
      await tab('All Records').click();
      await selected(11);
      const parts = line(11).locator('.line-text .parted > span');
      await parts.nth(1).waitFor();
      assert.deepEqual(await parts.allTextContents(), ['Step started ', '1 of Context Management']);
      const cut = await parts.evaluateAll(all => all.map(part => part.scrollWidth > part.clientWidth));
      assert.deepEqual(cut, [true, false], `what differs is whole at ${width} px`);
      assert.equal(await line(11).locator('.line-text').getAttribute('title'), 'Step started 1 of Context Management');
    }
  });

  it('come with what was logged around them', async () => {
    await timeline.page.setViewportSize({ width: 800, height: 900 });
    await timeline.open('showcase');
    await step(4).click();
    await tab('All Records').click();
    await selected(21);
    await until('lines before and after it', async () => {
      const list = (await timeline.page.locator('.records-grid').boundingBox())!;
      const { y, height } = (await line(21).boundingBox())!;
      return y - list.y > 3 * height && list.y + list.height - y > 3 * height;
    });
  });

  it('keep hostile text as text', async () => {
    await timeline.open('hostile');
    await step(1).click();
    await tab('All Records').click();
    await lines().locator('.line-text').first().waitFor();
    assert.match(await lines().locator('.line-text').first().innerText(), /<img src=x/);
    assert.equal(await timeline.page.locator('main img, main b, main script').count(), 0);
  });
});
