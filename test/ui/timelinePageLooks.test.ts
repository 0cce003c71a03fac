import assert from 'node:assert/strict';
import { type ThemeName, themes } from './timelinePage/pageServer';
import { PageUnderTest } from './timelinePage/pageUnderTest';

const widths = [320, 800, 1600];
const states = [
  'showcase',
  'failing',
  'evidence',
  'large',
  'hostile',
  'untimed',
  'empty',
  'loading',
  'growing',
  'notFound',
  'failed',
];

describe('The timeline page looks as it should', function () {
  this.timeout(60_000);
  const timeline = new PageUnderTest();

  for (const theme of Object.keys(themes) as ThemeName[]) {
    for (const show of states) {
      it(`${show}, ${theme}`, async () => {
        await timeline.open(show, theme);
        for (const width of widths) {
          await timeline.page.setViewportSize({ width, height: width === 320 ? 700 : 900 });
          if (show === 'showcase' || show === 'evidence') await timeline.row(width === 320 ? 4 : 1).click();
          await timeline.screenshot(`${show}-${theme}-${width}`);
          const defects = await timeline.page.evaluate(() => window.devHost.findDefects());
          // What an attacker writes may be cut; it must not cover anything.
          const counted = show === 'hostile' ? defects.filter(defect => !defect.startsWith('cut')) : defects;
          assert.deepEqual(counted, [], `at ${width} px`);
        }
      });
    }
  }

  it('keeps its shapes where the system forces its colours', async () => {
    await timeline.page.emulateMedia({ forcedColors: 'active' });
    await timeline.open('showcase', 'hc-dark');
    await timeline.row(4).click();
    await timeline.screenshot('showcase-forced-colours-1600');
    const bar = await timeline
      .row(1)
      .locator('.box.work')
      .evaluate(element => getComputedStyle(element).backgroundColor);
    const ground = await timeline.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    assert.notEqual(bar, ground);
  });
});
