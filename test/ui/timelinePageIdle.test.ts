import assert from 'node:assert/strict';
import { layoutThemes } from './support/pictures';
import { PageUnderTest } from './timelinePage/pageUnderTest';

describe('The timeline page, with idle time compressed', function () {
  this.timeout(60_000);
  const timeline = new PageUnderTest();
  const plain = (text: string) => text.replaceAll('\u00a0', ' ');
  const button = (name: string) => timeline.page.getByRole('button', { name, exact: true });
  const caption = async () => plain(await timeline.page.locator('.overview-caption').innerText());
  const ticks = async (kind: string) => (await timeline.page.locator(kind).allInnerTexts()).map(plain);
  const compress = async () => {
    await button('Compress Idle Time').click();
    await timeline.page.locator('.overview .break-band').first().waitFor();
  };
  /** Left edges and widths of a row's bars, in pixels of the column. */
  const bars = (index: number) =>
    timeline.row(index).evaluate(row => {
      const column = row.querySelector('.cell.time')!.getBoundingClientRect();
      return [...row.querySelectorAll('.box')].map(box => {
        const { left, width } = box.getBoundingClientRect();
        return { left: left - column.left, width };
      });
    });
  const range = async () => {
    const values = ['Start of the time shown', 'End of the time shown'].map(name =>
      timeline.page.getByRole('slider', { name, exact: true }).getAttribute('aria-valuenow'),
    );
    const [from, to] = (await Promise.all(values)).map(Number);
    return { from: from!, to: to! };
  };

  it('offers it where much is idle, and does not begin with it', async () => {
    await timeline.open('idle');
    await button('Compress Idle Time').waitFor();
    assert.match(await caption(), /^All 36\.02 s[\s\S]*99\.5 % idle/);
    assert.equal(await timeline.page.locator('.break-band').count(), 0);
    assert.ok((await bars(1))[0]!.width < 4, 'a short step is a line');
    await timeline.open('showcase');
    await timeline.page.locator('.overview-busy').waitFor();
    assert.equal(
      await button('Compress Idle Time').count(),
      0,
      'a run that works all the time has nothing to compress',
    );
  });

  it('says how long each break is, and keeps its ticks true', async () => {
    await timeline.open('idle');
    await compress();
    assert.match(await caption(), /35\.86 s of idle time in 3 breaks/);
    assert.deepEqual(await ticks('.tick.break'), ['11.94 s', '17.97 s'], 'the last one gives way to the end');
    const times = (await ticks('.tick:not(.break)')).map(text => Number.parseFloat(text));
    assert.ok(times.length > 4);
    assert.deepEqual(
      times.toSorted((a, b) => a - b),
      times,
      'left to right',
    );
    assert.ok(times.includes(12) && times.some(time => time > 30), times.join());
    const begin = await timeline.page.locator('.tick', { hasText: '12.00' }).boundingBox();
    const second = await timeline.row(2).locator('.box.work').boundingBox();
    assert.ok(Math.abs(begin!.x - second!.x) < 1, 'a step that begins at 12 s is below that tick');
    await button('Show True Scale').click();
    await timeline.page.locator('.break-band').first().waitFor({ state: 'detached' });
  });

  it('tells the first and the last time, however narrow it is', async () => {
    await timeline.open('idle');
    await compress();
    for (const clock of ['start', 'utc'] as const) {
      await timeline.page.getByRole('combobox', { name: 'Time axis' }).selectOption(clock);
      for (const width of [320, 800, 1600]) {
        await timeline.page.setViewportSize({ width, height: 700 });
        await timeline.page.waitForTimeout(100);
        const times = await ticks('.tick:not(.break)');
        const [first, last] = clock === 'start' ? [/^0$/, /^36\.0/] : [/^09:14:02/, /^09:14:38/];
        assert.match(times[0] ?? '', first, `${clock} at ${width} px: ${times.join()}`);
        // Two times of day are wider than that column.
        if (clock === 'utc' && width === 320) continue;
        assert.match(times.at(-1)!, last, `${clock} at ${width} px: ${times.join()}`);
      }
    }
  });

  it('gives what works one scale, and shows that a bar runs through a break', async () => {
    await timeline.open('idle');
    await compress();
    const [[first], [second], failed] = await Promise.all([bars(1), bars(2), bars(3)]);
    assert.ok(Math.abs(first!.width / second!.width - 56 / 40) < 0.01, `${first!.width} ${second!.width}`);
    assert.equal(failed.length, 2, 'waiting and work');
    const title = (await timeline.row(3).locator('.box.wait').getAttribute('title'))!;
    assert.match(
      plain(title),
      /^Waiting in a queue: 17\.97 s; 17\.97 s of it run through idle time that is compressed$/,
    );
    const tears = [0, 1, 2, 3, 4].map(index => timeline.row(index).locator('.tear').count());
    assert.deepEqual(await Promise.all(tears), [3, 0, 0, 1, 0], 'only what runs through a break is torn');
    assert.doesNotMatch((await timeline.row(1).locator('.box.work').getAttribute('title'))!, /compressed/);
  });

  it('has nothing torn that is not a bar, and one ground for a break', async () => {
    for (const width of [320, 800]) {
      await timeline.page.setViewportSize({ width, height: 700 });
      await timeline.open('idle', 'hc-dark');
      await compress();
      const over = await timeline.page.evaluate(() => {
        const cross = document.querySelector('.canvas .cross')!.getBoundingClientRect();
        return [...document.querySelectorAll('.canvas .tear')].filter(tear => {
          const { left, right, top, bottom } = tear.getBoundingClientRect();
          return left < cross.right && right > cross.left && top < cross.bottom && bottom > cross.top;
        }).length;
      });
      assert.equal(over, 0, `a failure is whole at ${width} px`);
    }
    const [head, rows] = await timeline.page.evaluate(() => [
      getComputedStyle(document.querySelector('.ticks .break-band')!).backgroundColor,
      getComputedStyle(document.querySelector('.break-ground')!).fill,
    ]);
    assert.equal(head, rows);
    const boxes = await timeline.page
      .locator('.tick')
      .evaluateAll(ticks => ticks.filter(tick => getComputedStyle(tick).backgroundColor !== 'rgba(0, 0, 0, 0)').length);
    assert.equal(boxes, 0, 'labels lie on it without a box of their own');
  });

  it('zooms and pans the compressed axis; rows, overview and caption agree', async () => {
    await timeline.open('idle');
    await compress();
    const { x, y, width } = (await timeline.page.locator('.overview-plot').boundingBox())!;
    const second = (await timeline.row(2).locator('.box.work').boundingBox())!;
    const column = (await timeline.row(2).locator('.bars').boundingBox())!;
    // The unzoomed column is inset by 6 and 22 px: the same place in the overview.
    const place = (left: number) => x + ((left - column.x - 6) / (column.width - 28)) * width;
    await timeline.page.mouse.move(place(second.x), y + 20);
    await timeline.page.mouse.down();
    await timeline.page.mouse.move(place(second.x + second.width / 2), y + 20);
    await timeline.page.mouse.move(place(second.x + second.width), y + 20);
    await timeline.page.mouse.up();
    await button('Reset Zoom').waitFor();
    const brushed = await range();
    assert.ok(Math.abs(brushed.from - 12_000) < 1 && Math.abs(brushed.to - 12_040) < 1, JSON.stringify(brushed));
    const [box] = await bars(2);
    assert.ok(Math.abs(box!.width - column.width) < 30, 'the step fills the column');
    await button('Show True Scale').click();
    await timeline.page.locator('.overview .break-band').first().waitFor({ state: 'detached' });
    const same = await range();
    assert.ok(Math.abs(same.from - brushed.from) < 1e-6 && Math.abs(same.to - brushed.to) < 1e-6, 'the same time');
    await timeline.row(3).focus();
    await timeline.page.keyboard.press('i');
    await timeline.page.locator('.overview .break-band').first().waitFor();
    for (let turn = 0; turn < 12; turn++) await timeline.page.keyboard.press('d');
    assert.ok((await range()).to > 30_000, 'over the break');
    await timeline.page.keyboard.press('0');
    assert.deepEqual(await range(), { from: 0, to: 36_020 });
  });

  it('has its caption in one line at 800 px, select included', async () => {
    await timeline.open('idle');
    await compress();
    await timeline.page.setViewportSize({ width: 800, height: 700 });
    const height = await timeline.page.locator('.overview-caption').evaluate(element => element.clientHeight);
    assert.ok(height < 30, `${height}`);
    await timeline.page.setViewportSize({ width: 1600, height: 700 });
    await timeline.page.getByText('Drag across the overview to zoom').waitFor();
  });

  it('comes back as it was left', async () => {
    await timeline.open('idle');
    await compress();
    await timeline.page.waitForTimeout(400);
    await timeline.page.reload();
    await timeline.page.locator('.overview .break-band').first().waitFor();
    assert.deepEqual((await timeline.calls('overview')).at(-1), { traceId: 'trace-1', columns: 1500, compress: true });
  });

  for (const theme of layoutThemes) {
    it(`looks as it should, ${theme}`, async () => {
      await timeline.open('idle', theme);
      await compress();
      for (const zoomed of [false, true]) {
        if (zoomed) {
          await timeline.row(2).click();
          await timeline.page.keyboard.press('f');
          for (let out = 0; out < 3; out++) await timeline.page.keyboard.press('s');
        }
        for (const width of [320, 800, 1600]) {
          await timeline.page.setViewportSize({ width, height: width === 320 ? 700 : 900 });
          await timeline.screenshot(`idle-${zoomed ? 'zoomed-' : ''}${theme}-${width}`);
          assert.deepEqual(await timeline.page.evaluate(() => window.devHost.findDefects()), [], `at ${width} px`);
        }
      }
    });
  }
});
