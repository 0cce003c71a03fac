import assert from 'node:assert/strict';
import { LogViewPageUnderTest } from './logViewPage/logViewPage';
import { layoutThemes } from './support/pictures';

const widths = [320, 800, 1600];

describe('The log view looks as it should', function () {
  this.timeout(60_000);
  const view = new LogViewPageUnderTest();
  const check = async (name: string, theme: string, prepare = async () => {}) => {
    for (const width of widths) {
      await view.page.setViewportSize({ width, height: 480 });
      await prepare();
      await view.screenshot(`${name}-${theme}-${width}`);
      assert.deepEqual(await view.page.evaluate(() => window.logViewHost.findDefects()), [], `${name} at ${width} px`);
    }
  };

  for (const theme of layoutThemes) {
    it(`lines, cursor, a lit record and a match, ${theme}`, async () => {
      await view.open('few', theme);
      await view.page.evaluate(() => window.logViewHost.show({ offset: 1_000, line: null }));
      await view.page.locator('.line.lit').first().waitFor();
      await view.page.keyboard.press('Control+f');
      await view.page.keyboard.type('order 14');
      await view.page.keyboard.press('Enter');
      await view.cursorAt('14');
      await view.page.keyboard.press('Enter');
      await view.page.locator('#find-outcome', { hasText: '1 of 1, from the top again' }).waitFor();
      await check('lines', theme);
    });

    it(`details and the question for a line, ${theme}`, async () => {
      await view.open('few', theme);
      await view.page.keyboard.press('Control+g');
      await view.page.keyboard.type('43');
      await view.page.keyboard.press('Enter');
      await view.cursorAt('43');
      await view.page.keyboard.press('Enter');
      await view.page.locator('.details .facts').waitFor();
      await view.page.keyboard.press('Control+g');
      await check('details', theme);
    });

    it(`a hover, a note and hostile text, ${theme}`, async () => {
      await view.open('noted', theme);
      await check('hover', theme, async () => {
        await view.page.mouse.move(5, 400);
        await view
          .line('2')
          .locator('.text')
          .hover({ position: { x: 200, y: 5 } });
        await view.page.locator('.hover-card').waitFor();
      });
      await view.open('hostile', theme);
      await check('hostile', theme);
    });
  }

  it('keeps its marks where the system forces its colours', async () => {
    await view.page.emulateMedia({ forcedColors: 'active' });
    await view.open('few', 'hc-dark');
    await view.list.focus();
    await view.page.keyboard.press('ArrowDown');
    await view.screenshot('lines-forced-colours');
    const mark = await view.page
      .locator('.line.error .number')
      .first()
      .evaluate(cell => getComputedStyle(cell, '::after').backgroundColor);
    const ground = await view.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    assert.notEqual(mark, ground);
  });
});
