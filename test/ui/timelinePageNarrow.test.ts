import assert from 'node:assert/strict';
import { PageUnderTest } from './timelinePage/pageUnderTest';

describe('The timeline page at 320 px', function () {
  this.timeout(60_000);
  const timeline = new PageUnderTest();
  const open = async (show: string) => {
    await timeline.page.setViewportSize({ width: 320, height: 760 });
    await timeline.open(show);
  };
  const cut = (selector: string) =>
    timeline.page
      .locator(selector)
      .evaluateAll(all =>
        all
          .filter(({ clientWidth, scrollWidth }) => clientWidth === 0 || scrollWidth > clientWidth)
          .map(({ textContent }) => textContent),
      );

  it('shows services and what is folded whole, however deep they hang', async () => {
    await open('agent');
    await timeline.page.keyboard.press('l');
    await timeline.page.locator('.canvas .row.run').first().waitFor();
    assert.deepEqual(await cut('.canvas :is(.cell.service .log, .fold-rest)'), []);
    assert.match((await timeline.page.locator('.fold-rest').first().innerText()).trim(), /^4 steps$/);
    await open('nested');
    assert.ok((await timeline.page.locator('.canvas .cell.service .log').count()) > 10);
    assert.deepEqual(await cut('.canvas .cell.service .log'), []);
    assert.deepEqual(await timeline.page.evaluate(() => window.devHost.findDefects()), []);
  });

  it('leaves the lines of the tree where they are while there is room', async () => {
    await open('evidence');
    const rows = await timeline.page
      .locator('.canvas .row[aria-level="2"], .canvas .row[aria-level="3"]')
      .evaluateAll(all =>
        all.map(row => [...row.querySelectorAll('.indent')].map(at => Math.round(at.getBoundingClientRect().right))),
      );
    assert.ok(rows.length > 5);
    for (const [name, service] of rows) assert.ok(Math.abs(name! - service!) <= 1, `${name} and ${service} px`);
  });

  it('has the button of a row where it covers nothing', async () => {
    await open('showcase');
    for (const index of [0, 4]) {
      const row = timeline.row(index);
      await row.hover();
      const button = (await row.getByRole('button', { name: 'Open Log Line' }).boundingBox())!;
      const place = (await row.boundingBox())!;
      assert.ok(button.y >= place.y && button.y + button.height <= place.y + place.height && button.x >= place.x);
      const seen = await timeline.page.evaluate(
        ({ x, y }) => document.elementFromPoint(x, y)?.closest('.row-actions') !== null,
        { x: button.x + button.width / 2, y: button.y + button.height / 2 },
      );
      assert.ok(seen, 'can be pressed');
      assert.deepEqual(await timeline.page.evaluate(() => window.devHost.findDefects()), [], `row ${index}`);
    }
    await timeline.row(4).getByRole('button', { name: 'Open Log Line' }).click();
    assert.equal((await timeline.calls('openRecord', 1)).length, 1);
  });

  it('breaks a stamp between date and time only', async () => {
    await open('showcase');
    await timeline.row(1).click();
    const parts = timeline.page.locator('.step-fact', { hasText: 'Start' }).locator('.unparted');
    await parts.first().waitFor();
    assert.deepEqual(await parts.allInnerTexts(), ['2026-08-20T', '09:14:02.480Z']);
    const heights = await parts.evaluateAll(all => all.map(part => part.getBoundingClientRect().height));
    assert.ok(
      heights.every(height => height < 24),
      heights.join(),
    );
  });

  it('lets what the axis counts from stand beside what is shown', async () => {
    await open('showcase');
    const [shown, select] = await Promise.all(
      ['.overview-shown', '.overview-caption .select'].map(name => timeline.page.locator(name).boundingBox()),
    );
    assert.ok(Math.abs(shown!.y - select!.y) < 8);
    // As wide as what it says, not as the longest of its choices.
    assert.ok(select!.width < 170, `${select!.width}`);
  });
});
