import assert from 'node:assert/strict';
import { layoutThemes } from './support/pictures';
import { type ThemeName, themes } from './timelinePage/pageServer';
import { PageUnderTest } from './timelinePage/pageUnderTest';

const widths = [320, 620, 800, 900, 1600];
const states = [
  'showcase',
  'failing',
  'evidence',
  'rounds',
  'skewed',
  'moved',
  'large',
  'hostile',
  'untimed',
  'empty',
  'loading',
  'growing',
  'cancelled',
  'choices',
  'notFound',
  'failed',
  'stopped',
];

describe('The timeline page looks as it should', function () {
  this.timeout(60_000);
  const timeline = new PageUnderTest();

  for (const theme of layoutThemes) {
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

  for (const theme of Object.keys(themes) as ThemeName[]) {
    it(`tells services apart by colours that can be seen, ${theme}`, async () => {
      await timeline.open('showcase', theme);
      const contrasts = await timeline.page.evaluate(() => window.devHost.serviceContrasts());
      assert.equal(contrasts.length, 8);
      assert.ok(
        contrasts.every(contrast => contrast >= 3),
        contrasts.join(),
      );
    });
  }

  for (const theme of Object.keys(themes) as ThemeName[]) {
    it(`draws the overview in no service's colour, and so that it can be seen, ${theme}`, async () => {
      await timeline.open('showcase', theme);
      await timeline.page.locator('.overview-busy').waitFor();
      const { hue, onGround, outside } = await timeline.page.evaluate(() => {
        const probe = document.body.appendChild(document.createElement('div'));
        probe.className = 'overview-outside';
        const { backgroundColor: shade } = getComputedStyle(probe);
        probe.remove();
        const { fill } = getComputedStyle(document.querySelector('.overview-busy')!);
        const { backgroundColor: ground } = getComputedStyle(document.body);
        const canvas = new OffscreenCanvas(1, 1).getContext('2d')!;
        canvas.fillStyle = fill;
        canvas.fillRect(0, 0, 1, 1);
        const [red = 0, green = 0, blue = 0] = canvas.getImageData(0, 0, 1, 1).data;
        const { colourContrast } = window.devHost;
        return {
          hue: Math.max(red, green, blue) - Math.min(red, green, blue),
          onGround: colourContrast(fill, ground),
          outside: colourContrast(fill, ground, shade),
        };
      });
      assert.ok(hue < 24, `${hue}: a grey`);
      assert.ok(onGround >= 3 && outside >= 3, `${onGround}, ${outside}`);
    });
  }

  it('keeps a correlation ID in one line wherever it fits beside the actions', async () => {
    await timeline.open('showcase');
    for (const width of [600, 690, 761, 800, 1600]) {
      await timeline.page.setViewportSize({ width, height: 900 });
      const { height } = (await timeline.page.locator('.header h1').boundingBox())!;
      assert.ok(height < 30, `${height} px at ${width} px`);
    }
  });

  it('has titles that keep an ID whole', async () => {
    await timeline.page.setViewportSize({ width: 800, height: 900 });
    for (const show of ['notFound', 'loading']) {
      await timeline.open(show);
      const id = (await timeline.page.locator('h1 .id').boundingBox())!;
      assert.ok(id.height < 40, `${show}: ${id.height} px`);
    }
  });

  it('has notes as wide as the page at 800 px, and below them what can be done', async () => {
    await timeline.page.setViewportSize({ width: 800, height: 900 });
    await timeline.open('clockBehind');
    await timeline.page.locator('.notes-button').click();
    const [list, button] = await Promise.all(
      ['.notes > ul', '.notes > .button'].map(name => timeline.page.locator(name).boundingBox()),
    );
    assert.ok(button!.y >= list!.y + list!.height && list!.width > 650, `${list!.width}`);
  });

  it('has keys of one shortcut side by side in the help', async () => {
    await timeline.open('showcase');
    await timeline.page.keyboard.press('?');
    const keys = timeline.page.locator('.key-help-groups dt');
    await keys.first().waitFor();
    const heights = await keys.evaluateAll(all =>
      all.map(dt => {
        const tops = [...dt.querySelectorAll('kbd')].map(key => Math.round(key.getBoundingClientRect().top));
        return new Set(tops).size;
      }),
    );
    assert.ok(heights.length > 20 && heights.every(lines => lines === 1), heights.join());
  });

  it('puts what stands at the edge of a zoomed axis on the ground of its row', async () => {
    await timeline.open('showcase');
    await timeline.row(1).click();
    for (let press = 0; press < 4; press++) await timeline.page.keyboard.press('w');
    const edge = timeline.row(1).locator('.edge').first();
    await edge.waitFor();
    const [own, row] = await edge.evaluate(element =>
      [element, element.closest('.row')!].map(at => getComputedStyle(at).getPropertyValue('--ground')),
    );
    assert.ok(own !== '' && own === row, own);
  });

  for (const theme of ['dark', 'light'] as const) {
    it(`has secondary text that is weaker and can be read, on a selected row too, ${theme}`, async () => {
      await timeline.open('showcase', theme);
      await timeline.row(1).click();
      const [ratio, onRow, primary] = await timeline.page.evaluate(() => {
        const { backgroundColor: ground, color: plain } = getComputedStyle(document.body);
        const { backgroundColor: row } = getComputedStyle(document.querySelector('.canvas .row.selected')!);
        const { color } = getComputedStyle(document.querySelector('.bottleneck')!);
        const { colourContrast } = window.devHost;
        return [colourContrast(color, ground), colourContrast(color, ground, row), colourContrast(plain, ground)];
      });
      assert.ok(ratio! >= 4.5 && ratio! < 0.75 * primary!, `${ratio} beside ${primary}`);
      if (theme === 'light') assert.ok(onRow! >= 4.5, `${onRow}`);
    });
  }

  for (const theme of ['hc-dark', 'hc-light'] as const) {
    it(`has no grey text, and lines under links, ${theme}`, async () => {
      await timeline.open('showcase', theme);
      await timeline.row(4).click();
      await timeline.page.locator('.record-place').first().waitFor();
      for (const tab of ['Details', 'All Records']) {
        await timeline.page.getByRole('tab', { name: tab }).click();
        if (tab === 'All Records') await timeline.page.locator('.canvas .line-place .log').first().waitFor();
        const grey = await timeline.page.evaluate(() => {
          const probe = document.body.appendChild(document.createElement('p'));
          probe.style.color = 'var(--vscode-descriptionForeground)';
          const { color: muted } = getComputedStyle(probe);
          probe.style.color = 'var(--vscode-panelTitle-inactiveForeground)';
          const { color: inactive } = getComputedStyle(probe);
          const { color: plain } = getComputedStyle(document.body);
          return [...document.querySelectorAll('main *')]
            .filter(element => [...element.childNodes].some(({ nodeType }) => nodeType === Node.TEXT_NODE))
            .filter(element =>
              [muted, inactive].some(grey => grey !== plain && getComputedStyle(element).color === grey),
            )
            .map(element => `${element.className} ${element.textContent}`);
        });
        assert.deepEqual(grey, [], tab);
        const links = timeline.page.locator(tab === 'Details' ? '.record-place' : '.canvas .line-place .log');
        const lines = await links.evaluateAll(all => all.map(link => getComputedStyle(link).textDecorationLine));
        assert.deepEqual([...new Set(lines)], ['underline'], tab);
      }
    });
  }

  for (const theme of Object.keys(themes) as ThemeName[]) {
    it(`tells links of the selected step from others and from the critical path, ${theme}`, async () => {
      await timeline.open('showcase', theme);
      await timeline.row(2).click();
      await timeline.page.locator('.link-shape.selected').first().waitFor({ state: 'attached' });
      const [selected, head, other, path, link] = await timeline.page.evaluate(() => [
        getComputedStyle(document.querySelector('.link-shape.selected .link-line')!).stroke,
        getComputedStyle(document.querySelector('.link-shape.selected .link-head')!).fill,
        getComputedStyle(document.querySelector('.link-shape:not(.selected) .link-line')!).stroke,
        getComputedStyle(document.querySelector('.path')!).backgroundColor,
        getComputedStyle(document.querySelector('.facts .link')!).color,
      ]);
      assert.equal(selected, link);
      assert.equal(head, link);
      assert.notEqual(selected, other);
      assert.notEqual(selected, path);
    });
  }

  for (const theme of layoutThemes) {
    it(`finds steps and says what is wrong with a query, ${theme}`, async () => {
      await timeline.open('showcase', theme);
      await timeline.page.keyboard.press('Control+f');
      for (const [name, query] of [
        ['found', 'context'],
        ['similar', 'inferance'],
        ['wrong', 'status = broken'],
      ] as const) {
        await timeline.page.getByRole('textbox').fill(query);
        await timeline.page.waitForTimeout(300);
        for (const width of widths) {
          await timeline.page.setViewportSize({ width, height: 900 });
          await timeline.screenshot(`find-${name}-${theme}-${width}`);
          assert.deepEqual(await timeline.page.evaluate(() => window.devHost.findDefects()), [], `at ${width} px`);
        }
      }
    });
  }

  for (const theme of layoutThemes) {
    it(`lists all records, ${theme}`, async () => {
      await timeline.open('showcase', theme);
      await timeline.row(4).click();
      await timeline.page.getByRole('tab', { name: 'All Records' }).click();
      for (const width of widths) {
        await timeline.page.setViewportSize({ width, height: 900 });
        await timeline.screenshot(`records-${theme}-${width}`);
        assert.deepEqual(await timeline.page.evaluate(() => window.devHost.findDefects()), [], `at ${width} px`);
      }
    });
  }

  for (const width of [620, 900]) {
    it(`shows names whole, the button of their row too, at ${width} px`, async () => {
      await timeline.page.setViewportSize({ width, height: 900 });
      await timeline.open('showcase');
      for (const [index, name] of ['Context Management', 'LLM Inference'].entries()) {
        const row = timeline.row(index);
        await row.hover();
        assert.ok(await row.getByRole('button', { name: 'Open Log Line' }).isVisible());
        const room = await row.evaluate(element => {
          const label = element.querySelector('.label')!;
          const text = document.createRange();
          text.selectNodeContents(label);
          const action = element.querySelector('.row-actions')!.getBoundingClientRect();
          return {
            name: label.textContent,
            cut: label.scrollWidth > label.clientWidth,
            covered: action.left - text.getBoundingClientRect().right < 0,
          };
        });
        assert.deepEqual(room, { name, cut: false, covered: false });
      }
    });
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
