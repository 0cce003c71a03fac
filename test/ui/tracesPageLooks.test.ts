import assert from 'node:assert/strict';
import { layoutThemes } from './support/pictures';
import { TracesPageUnderTest } from './tracesPage/tracesPage';

const widths = [180, 320, 800, 1600];
const states = [
  'few',
  'unnamed',
  'many',
  'hostile',
  'loading',
  'again',
  'nothing',
  'noIds',
  'failed',
  'stopped',
  'outdated',
];

describe('The Traces view looks as it should', function () {
  this.timeout(60_000);
  const traces = new TracesPageUnderTest();

  for (const theme of layoutThemes) {
    for (const show of states) {
      it(`${show}, ${theme}`, async () => {
        await traces.open(show, theme);
        for (const width of widths) {
          await traces.page.setViewportSize({ width, height: 480 });
          if (show === 'few') await traces.row(1).click();
          await traces.screenshot(`${show}-${theme}-${width}`);
          const defects = await traces.page.evaluate(() => window.tracesHost.findDefects());
          assert.deepEqual(defects, [], `at ${width} px`);
        }
      });
    }

    it(`offers what may come next in a query, ${theme}`, async () => {
      await traces.open('few', theme);
      await traces.query.fill('errors > 0 and st');
      await traces.page.locator('.query-hint').waitFor();
      for (const width of widths) {
        await traces.page.setViewportSize({ width, height: 480 });
        await traces.screenshot(`query-hint-${theme}-${width}`);
        assert.deepEqual(await traces.page.evaluate(() => window.tracesHost.findDefects()), [], `at ${width} px`);
      }
    });

    it(`says what is wrong with a query below it, ${theme}`, async () => {
      await traces.open('few', theme);
      await traces.query.fill('speed > 3');
      await traces.page.locator('.query-problem').waitFor();
      for (const width of widths) {
        await traces.page.setViewportSize({ width, height: 480 });
        await traces.screenshot(`wrong-query-${theme}-${width}`);
        assert.deepEqual(await traces.page.evaluate(() => window.tracesHost.findDefects()), [], `at ${width} px`);
      }
    });

    it(`shows what is similar, and what fits nothing, ${theme}`, async () => {
      await traces.open('few', theme);
      await traces.query.fill('paymnt');
      await traces.page.getByText(/like it/).waitFor();
      for (const width of widths) {
        await traces.page.setViewportSize({ width, height: 480 });
        await traces.screenshot(`similar-${theme}-${width}`);
        assert.deepEqual(await traces.page.evaluate(() => window.tracesHost.findDefects()), [], `at ${width} px`);
      }
      await traces.query.fill('duration > 400d');
      await traces.page.getByText('No trace fits').waitFor();
      await traces.page.setViewportSize({ width: 180, height: 480 });
      await traces.screenshot(`none-${theme}-180`);
      assert.deepEqual(await traces.page.evaluate(() => window.tracesHost.findDefects()), []);
    });
  }

  it('keeps its shapes where the system forces its colours', async () => {
    await traces.page.emulateMedia({ forcedColors: 'active' });
    await traces.open('few', 'hc-dark');
    await traces.row(1).click();
    await traces.screenshot('few-forced-colours-1000');
    const bar = await traces
      .row(0)
      .locator('.duration-bar')
      .evaluate(element => getComputedStyle(element).backgroundColor);
    const ground = await traces.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    assert.notEqual(bar, ground);
    await traces.page.setViewportSize({ width: 240, height: 480 });
    await traces.screenshot('few-forced-colours-240');
  });
});
