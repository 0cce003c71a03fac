import assert from 'node:assert/strict';
import { layoutThemes } from './support/pictures';
import { PageUnderTest } from './timelinePage/pageUnderTest';
import { zoo } from './timelinePage/zoo';

const names = [...Object.keys(zoo), 'empty'];
/** Too slow, or too much alike, to be looked at in each theme. */
const inOneTheme = new Set(['fanOut20000', 'series3000', 'oneRecordUntimed', 'selfCycle', 'nanoseconds', 'nested']);
const widths = [320, 800, 1600];

/** What a slip of arithmetic or a missing value looks like. */
const nonsense = /\bNaN\b|undefined|\bnull\b|Infinity|\[object|−0 /;

describe('The timeline page, of traces that nobody thinks of', function () {
  this.timeout(60_000);
  const timeline = new PageUnderTest();

  for (const theme of layoutThemes) {
    for (const show of names.filter(name => theme === 'dark' || !inOneTheme.has(name))) {
      it(`${show}, ${theme}`, async () => {
        await timeline.open(show, theme);
        if (show !== 'empty') {
          await timeline.row(0).click();
          await timeline.page.locator('.details-body').waitFor();
          // The button of a row covers the end of a long name while the pointer is there.
          await timeline.page.mouse.move(0, 0);
        }
        for (const width of widths) {
          await timeline.page.setViewportSize({ width, height: width === 320 ? 800 : 900 });
          await timeline.screenshot(`zoo-${show}-${theme}-${width}`);
          // A name without end is cut, and says so by "…".
          const cut = show === 'longNames' ? /^cut link/ : /^$/;
          const defects = await timeline.page.evaluate(() => window.devHost.findDefects());
          assert.deepEqual(
            defects.filter(defect => !cut.test(defect)),
            [],
            `at ${width} px`,
          );
        }
        if (show !== 'empty') await timeline.page.getByRole('tab', { name: 'All Records' }).click();
        const seen = await timeline.page.evaluate(() => ({
          text: document.body.innerText,
          spoken: [...document.querySelectorAll('[aria-label]')]
            .map(element => element.getAttribute('aria-label'))
            .join('\n'),
          alerts: document.querySelectorAll('[role=alert]').length,
          rows: document.querySelectorAll('[role=treegrid] .canvas .row').length,
          unlabelled: [...document.querySelectorAll('[role=treegrid] .canvas .row .label')].filter(
            label => !label.textContent?.trim(),
          ).length,
          outside: [...document.querySelectorAll<HTMLElement>('.bars')].flatMap(bars =>
            [...bars.querySelectorAll<HTMLElement>('.box')]
              .map(({ style: { left, width } }) => [Number.parseFloat(left), Number.parseFloat(width)])
              .filter(
                ([left = Number.NaN, width = Number.NaN]) =>
                  !(left >= -1 && width >= 0 && left + width <= bars.clientWidth + 1),
              ),
          ),
        }));
        assert.doesNotMatch(seen.text, nonsense);
        assert.doesNotMatch(seen.spoken, nonsense);
        assert.deepEqual([seen.alerts, seen.unlabelled, seen.outside], [0, 0, []]);
        assert.ok(show === 'empty' ? seen.rows === 0 : seen.rows > 0 && seen.rows <= 60, `${seen.rows} rows`);
      });
    }
  }

  it('leaves room for the name of a step, however deep it hangs', async () => {
    await timeline.page.setViewportSize({ width: 800, height: 900 });
    await timeline.open('nested');
    const label = await timeline.row(22).locator('.label').boundingBox();
    assert.ok(label && label.width > 30, `${label?.width} px`);
    const starts = await timeline.page
      .locator('.canvas .row .kind')
      .evaluateAll(kinds => kinds.map(kind => Math.round(kind.getBoundingClientRect().left)));
    assert.deepEqual(
      starts,
      [...starts].sort((a, b) => a - b),
      'none hangs further left than what it hangs below',
    );
  });

  it('counts all of them, and says what is odd', async () => {
    const header = async (show: string) => {
      await timeline.open(show);
      return (await timeline.page.locator('.header').innerText()).replaceAll('\u00a0', ' ');
    };
    assert.match(await header('oneRecord'), /\b0 ms\b[\s\S]*1 step[\s\S]*1 line/);
    assert.match(await header('noTimes'), /no times[\s\S]*4 steps/);
    assert.match(await header('equalTimes'), /\b0 ms\b[\s\S]*5 steps/);
    assert.match(await header('cycle'), /3 steps[\s\S]*1 note/);
    assert.match(await header('series3000'), /120\.00 s|2 min 00 s[\s\S]*3,000 steps/);
    assert.match(await header('fanOut20000'), /20,001 steps/);
    assert.match(await header('gap'), /8 h 00 min[\s\S]*3 steps/);
    assert.match(await header('clockBehind'), /6 steps[\s\S]*note/);
  });
});
