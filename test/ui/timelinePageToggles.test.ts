import assert from 'node:assert/strict';
import { settled } from './support/pictures';
import { type ThemeName, themes } from './timelinePage/pageServer';
import { PageUnderTest } from './timelinePage/pageUnderTest';

describe('What is switched on in the timeline page', function () {
  this.timeout(60_000);
  const timeline = new PageUnderTest();
  const toggle = (name: string) => timeline.page.getByRole('button', { name });
  /** Contrast of a button's edge with what is around it, as drawn. */
  const edgeContrast = async (name: string) => {
    await timeline.page.mouse.move(0, 0);
    // What it shows or hides may move it.
    await settled(timeline.page);
    const { x, y, height } = (await toggle(name).boundingBox())!;
    const png = (await timeline.page.screenshot({ animations: 'disabled' })).toString('base64');
    const places = { png, left: Math.ceil(x), middle: Math.round(y + height / 2) };
    return timeline.page.evaluate(
      ({ png, left, middle }) => window.devHost.pixelContrast(png, [left - 2, middle], [left, middle]),
      places,
    );
  };

  it('is the details only while they are there', async () => {
    await timeline.open('showcase');
    const details = timeline.page.locator('.details');
    const isOn = async () => (await toggle('Toggle Details').getAttribute('aria-pressed')) === 'true';
    assert.deepEqual([await details.count(), await isOn()], [0, false]);
    await toggle('Toggle Details').click();
    await details.waitFor();
    await timeline.selected(0);
    assert.equal(await isOn(), true);
    await toggle('Toggle Details').click();
    await details.waitFor({ state: 'detached' });
    assert.equal(await isOn(), false);
  });

  for (const theme of Object.keys(themes) as ThemeName[]) {
    it(`has a line around it that can be seen, ${theme}`, async () => {
      await timeline.open('agent', theme);
      await timeline.page.keyboard.press('Control+f');
      for (const name of ['Agent Lens', 'Toggle Details', 'Hide What Does Not Match']) {
        const off = (await toggle(name).getAttribute('aria-pressed')) === 'false';
        if (off) await toggle(name).click();
        const on = await edgeContrast(name);
        assert.ok(on >= 3, `${name}: ${on}`);
        await toggle(name).click();
        assert.ok((await edgeContrast(name)) < 1.2, `${name}, not pressed`);
        if (off) await toggle(name).click();
      }
    });

    it(`leaves the focus to be seen on it, ${theme}`, async () => {
      await timeline.open('showcase', theme);
      await timeline.row(0).click();
      const outline = () =>
        toggle('Toggle Details').evaluate(button => {
          const { outlineStyle, outlineColor } = getComputedStyle(button);
          return `${outlineStyle} ${outlineColor}`;
        });
      await timeline.page.keyboard.press('Tab');
      const before = await outline();
      await toggle('Toggle Details').focus();
      assert.equal(await toggle('Toggle Details').getAttribute('aria-pressed'), 'true');
      assert.match(await outline(), /^solid/);
      assert.notEqual(await outline(), before);
    });
  }
});
