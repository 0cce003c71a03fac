import assert from 'node:assert/strict';
import { type ThemeName, themes } from './timelinePage/pageServer';
import { PageUnderTest } from './timelinePage/pageUnderTest';

/** How each sign is drawn; the rest of them are boxes of that name. */
const selectors: Record<string, string> = {
  failed: '.cross',
  openEnd: '.box.work.open',
  moved: '.box.moved',
  lines: '.record-tick:not([d=""])',
  errors: '.record-error:not([d=""])',
  path: '.path:not(.waiting)',
  pathWait: '.path.waiting',
  stated: '.link-shape.stated',
  joined: '.link-shape.joined',
  linkInferred: '.link-shape.inferred',
  compressed: '.break-ground',
  ahead: '.ahead',
};

describe('What bars and lines of the timeline page mean', function () {
  this.timeout(60_000);
  const timeline = new PageUnderTest();
  const legend = () => timeline.page.locator('.legend > span').allInnerTexts();
  /** Of the signs in a list. */
  const names = (list: string) =>
    timeline.page.locator(`${list} :is(.legend-mark, .legend-links)`).evaluateAll(marks =>
      marks.map(mark =>
        mark
          .getAttribute('class')!
          .replace('legend-links inferred', 'linkInferred')
          .replace(/^legend-\w+ /, ''),
      ),
    );
  const themeNames = Object.keys(themes) as ThemeName[];

  for (const show of ['showcase', 'evidence', 'branches', 'moved', 'idle', 'live12']) {
    it(`is told by a legend of just what is drawn: ${show}`, async () => {
      await timeline.open(show);
      await timeline.page.locator('.legend').waitFor();
      const help = timeline.page.getByRole('button', { name: 'Keyboard Shortcuts and Legend' });
      await help.click();
      const [all, told] = await Promise.all([names('.sign-list'), names('.legend')]);
      const drawn = await timeline.page.evaluate(
        ({ all, selectors }) =>
          all.filter(name => document.querySelector(`.grid ${selectors[name] ?? `.box.${name}`}`) !== null),
        { all, selectors },
      );
      assert.deepEqual(told, drawn);
    });
  }

  it('has folded steps in it only while some are', async () => {
    await timeline.open('agent');
    const folded = timeline.page.locator('.legend', { hasText: 'folded steps' });
    await timeline.page.locator('.legend').waitFor();
    assert.equal(await folded.count(), 0);
    await timeline.page.keyboard.press('Shift+C');
    await folded.waitFor();
    await timeline.page.keyboard.press('Shift+X');
    await folded.waitFor({ state: 'detached' });
  });

  it('has compressed idle time in it only while it is', async () => {
    await timeline.open('idle');
    await timeline.page.locator('.legend').waitFor();
    assert.ok(!(await names('.legend')).includes('compressed'));
    await timeline.page.keyboard.press('i');
    await timeline.page.locator('.legend', { hasText: 'compressed idle time' }).waitFor();
  });

  it('is in the help where there is no room for a legend', async () => {
    await timeline.page.setViewportSize({ width: 320, height: 700 });
    await timeline.open('showcase');
    assert.equal(await timeline.page.locator('.legend').isVisible(), false);
    await timeline.page.keyboard.press('?');
    const signs = timeline.page.locator('.key-help .sign-list');
    assert.match(
      await signs.innerText(),
      /Work, in the colour of its service[\s\S]*Waiting in a queue[\s\S]*Critical path/,
    );
  });

  for (const theme of [...themeNames, 'forced'] as const) {
    it(`can be told apart by shape, and seen, ${theme}`, async () => {
      if (theme === 'forced') await timeline.page.emulateMedia({ forcedColors: 'active' });
      await timeline.open('evidence', theme === 'forced' ? 'hc-dark' : theme);
      await timeline.page.locator('.legend').waitFor();
      await timeline.page.locator('.canvas .row .bars').first().waitFor({ state: 'attached' });
      const looks = await timeline.page.evaluate(() => {
        const row = document.querySelector('.canvas .row .bars')!;
        return ['work', 'inferred', 'running', 'wait', 'idle', 'earlier', 'elapsed', 'folded'].map(kind => {
          const box = row.appendChild(document.createElement('div'));
          box.className = `box ${kind} service-0`;
          const { backgroundImage, borderTopStyle, height } = getComputedStyle(box);
          const pattern = backgroundImage.replace(/rgba?\([^)]*\)|color\([^)]*\)|[\d.]+px/g, '');
          box.remove();
          return [kind, `${pattern} ${borderTopStyle} ${Number.parseInt(height, 10) > 10 ? 'high' : 'low'}`];
        });
      });
      const kinds = new Map<string, string>();
      for (const [kind, look] of looks) {
        assert.equal(kinds.get(look!), undefined, `${kind} looks like ${kinds.get(look!)}: ${look}`);
        kinds.set(look!, kind!);
      }
      const frame = timeline.page.locator('.canvas .box.wait').first();
      const contrast = await frame.evaluate(box =>
        window.devHost.colourContrast(
          getComputedStyle(box).borderTopColor,
          getComputedStyle(document.body).backgroundColor,
        ),
      );
      assert.ok(contrast >= 3, `${contrast}`);
      await timeline.screenshot(`signs-${theme}`);
    });
  }

  it('has no service’s colour in the legend', async () => {
    await timeline.open('evidence');
    await timeline.page.locator('.legend').waitFor();
    await timeline.page.locator('.canvas .bars').first().waitFor({ state: 'attached' });
    const [mark, ...services] = await timeline.page.evaluate(() => {
      const probe = document.querySelector('.canvas .bars')!.appendChild(document.createElement('div'));
      const services = Array.from({ length: 8 }, (_, index) => {
        probe.className = `box work service-${index}`;
        return getComputedStyle(probe).backgroundColor;
      });
      probe.remove();
      return [getComputedStyle(document.querySelector('.legend-mark.work')!).backgroundColor, ...services];
    });
    assert.ok(!services.includes(mark!), mark);
  });

  for (const theme of themeNames) {
    it(`is red in a failed step, which keeps the colour of its service, selected or not, ${theme}`, async () => {
      await timeline.open('showcase', theme);
      const look = () =>
        timeline.row(4).evaluate(row => {
          const [label, bar, swatch] = ['.label', '.box.work', '.cell.service .swatch'].map(part =>
            getComputedStyle(row.querySelector(part)!),
          );
          const grounds = [document.body, row].map(element => getComputedStyle(element).backgroundColor);
          const error = getComputedStyle(row.querySelector('.box.work')!, '::after').borderTopColor;
          return {
            name: label!.color,
            bar: bar!.backgroundColor,
            service: swatch!.backgroundColor,
            cells: [...row.querySelectorAll('.cell')].map(cell => getComputedStyle(cell).backgroundColor),
            text: window.devHost.colourContrast(label!.color, ...grounds),
            frame: window.devHost.colourContrast(error, ...grounds),
          };
        });
      const plain = await look();
      await timeline.row(4).click();
      await timeline.selected(4);
      const selected = await look();
      assert.equal(plain.bar, plain.service);
      assert.equal(selected.bar, plain.bar);
      assert.equal(selected.name, plain.name);
      assert.equal(new Set(selected.cells).size, 1, selected.cells.join());
      for (const { text, frame } of [plain, selected]) assert.ok(text >= 4.5 && frame >= 3, `${text}, ${frame}`);
    });
  }

  it('is told in the legend’s own words', async () => {
    await timeline.open('evidence');
    await timeline.page.locator('.legend').waitFor();
    const words = (await legend()).map(text => text.trim());
    for (const word of ['work or waiting', 'still running', 'earlier attempts', 'link by a shared ID'])
      assert.ok(words.includes(word), words.join());
  });
});
