import assert from 'node:assert/strict';
import { until } from './support/poll';
import { PageUnderTest } from './timelinePage/pageUnderTest';

describe('The timeline page and the room that it has', function () {
  this.timeout(60_000);
  const timeline = new PageUnderTest();
  const openIn = async (width: number, show: string) => {
    await timeline.page.setViewportSize({ width, height: 700 });
    await timeline.open(show);
  };
  const open = async () => {
    await openIn(320, 'showcase');
    await timeline.page.locator('.bottleneck').waitFor();
  };
  const widthOf = async (selector: string) => (await timeline.page.locator(selector).first().boundingBox())!.width;
  const headerHeight = async () => (await timeline.page.locator('.header').boundingBox())!.height;
  const plain = (text: string) => text.replaceAll('\u00a0', ' ');
  const button = (name: string) => timeline.page.getByRole('button', { name });

  it('leaves the height to the rows: what is asked for less is folded', async () => {
    await open();
    assert.ok((await headerHeight()) <= 125, `${await headerHeight()} px`);
    const sentence = (await timeline.page.locator('.sentence .words').boundingBox())!;
    assert.ok(sentence.height < 24, `${sentence.height} px: one line`);
    assert.match(await timeline.page.locator('.facts').innerText(), /Recovered[\s\S]*12\.10.s[\s\S]*2.notes/);
    assert.deepEqual(await timeline.page.evaluate(() => window.devHost.findDefects()), []);
  });

  for (const width of [320, 420, 560]) {
    it(`has all that can be done in view, and the ID in one piece, at ${width} px`, async () => {
      await openIn(width, 'showcase');
      const names = ['Copy Correlation ID', 'Copy as List', 'Copy as Markdown', 'Copy Link', 'Find', 'Toggle Details'];
      for (const name of [...names, 'Keyboard Shortcuts']) {
        const box = (await button(name).boundingBox())!;
        assert.ok(box.x >= 0 && box.x + box.width <= width, `${name} at ${box.x} px`);
      }
      const lines = await timeline.page.locator('h1').evaluate(title => {
        const text = document.createRange();
        text.selectNodeContents(title);
        return { tops: new Set(Array.from(text.getClientRects(), ({ top }) => top)).size, text: title.textContent };
      });
      assert.deepEqual(lines, { tops: 1, text: '7c2d9f7b-18e7-4c7a-bf8c-4d83d13d9c01' });
      assert.deepEqual(await timeline.page.evaluate(() => window.devHost.findDefects()), []);
    });
  }

  it('shows all of the header on request, and still after a reload', async () => {
    await open();
    const folded = ['organisation', '4 services', 'Time is counted up to'].map(text => timeline.page.getByText(text));
    for (const one of folded) assert.equal(await one.isVisible(), false);
    await button('More').click();
    for (const one of folded) assert.equal(await one.isVisible(), true);
    const words = timeline.page.locator('.sentence .words');
    assert.equal(await words.evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight), 0);
    assert.deepEqual(await timeline.page.evaluate(() => window.devHost.findDefects()), []);
    await timeline.page.waitForFunction(() => Object.values(sessionStorage).join().includes('"header":true'));
    await timeline.open('showcase');
    assert.equal(await button('Less').getAttribute('aria-expanded'), 'true');
    await button('Less').click();
    assert.equal(await folded[0]!.isVisible(), false);
  });

  for (const width of [1400, 1600]) {
    it(`shows long names whole, and still bars, at ${width} px`, async () => {
      await openIn(width, 'longNames');
      const cut = await timeline.page
        .locator('.canvas .row :is(.label, .service .log)')
        .evaluateAll(names => names.filter(name => name.scrollWidth > name.clientWidth).map(name => name.textContent));
      assert.deepEqual(cut, []);
      assert.ok((await widthOf('.head .cell.time')) > width * 0.25);
    });
  }

  it('gives to the bars what names leave, and to long names no more than their share', async () => {
    await openIn(1600, 'idle');
    assert.ok((await widthOf('.head .cell.step')) < 320);
    await openIn(1600, 'hostile');
    assert.ok((await widthOf('.head .cell.time')) > 250);
  });

  it('has service and duration below the name where there is little room, and room for names and bars', async () => {
    await openIn(320, 'showcase');
    await timeline.page.locator('.canvas .box.work').nth(1).waitFor();
    assert.ok((await widthOf('.head .cell.time')) >= 112);
    const [row, label, service, duration, bar] = await Promise.all(
      ['', '.label', '.cell.service .log', '.duration-value', '.box.work'].map(async part => {
        const place = part === '' ? timeline.row(4) : timeline.row(4).locator(part);
        return (await place.boundingBox())!;
      }),
    );
    assert.ok(service!.y >= label!.y + label!.height && duration!.x > service!.x + service!.width, 'below the name');
    assert.ok(Math.abs(service!.x - label!.x) <= 3, `${service!.x} ${label!.x}`);
    const off = bar!.y + bar!.height / 2 - row!.y - row!.height / 2;
    assert.ok(Math.abs(off) <= 1, `${off} px from the middle`);
    const cut = await timeline.page
      .locator('.canvas .row :is(.label, .service .log)')
      .evaluateAll(names => names.filter(name => name.scrollWidth > name.clientWidth).map(name => name.textContent));
    assert.deepEqual(cut, []);
  });

  it('ends the lines between bars at the bars, however high rows are', async () => {
    for (const width of [320, 800]) {
      await openIn(width, 'showcase');
      const head = timeline.page.locator('.link-head').first();
      await head.waitFor({ state: 'attached' });
      const { y, height } = (await head.boundingBox())!;
      const bar = (await timeline.row(1).locator('.box').first().boundingBox())!;
      assert.ok(y + height >= bar.y - 4 && y <= bar.y + bar.height, `at ${width} px: ${y} ${bar.y}`);
    }
  });

  it('keeps its first row in view when rows get another height', async () => {
    await openIn(800, 'large');
    await timeline.page.locator('[role=treegrid]').evaluate(grid => grid.scrollTo(0, 26 * 400));
    const first = () =>
      timeline.page.locator('[role=treegrid]').evaluate(grid => {
        const edge = grid.querySelector('.head')!.getBoundingClientRect().bottom;
        const inView = [...grid.querySelectorAll<HTMLElement>('.canvas .row')]
          .filter(row => row.getBoundingClientRect().bottom > edge + 2)
          .map(row => Number(row.dataset.index));
        return Math.min(...inView);
      });
    const isFirst = (index: number) => until(`row ${index} at the top`, async () => (await first()) === index);
    await isFirst(400);
    // The other way the list gets shorter than where it stands.
    for (const row of [400, 9_000]) {
      await timeline.page.locator('[role=treegrid]').evaluate((grid, row) => grid.scrollTo(0, 26 * row), row);
      await isFirst(row);
      await timeline.page.setViewportSize({ width: 320, height: 700 });
      await timeline.page.locator('.grid.two-lines').waitFor();
      await isFirst(row);
      await timeline.page.setViewportSize({ width: 800, height: 700 });
      await timeline.page.locator('.grid:not(.two-lines)').waitFor();
      await isFirst(row);
    }
  });

  it('tells the first and the last time where there is room for no more', async () => {
    await openIn(320, 'showcase');
    const ticks = timeline.page.locator('.head .tick');
    await ticks.nth(1).waitFor();
    assert.deepEqual((await ticks.allInnerTexts()).map(plain), ['0', '12.1 s']);
    assert.deepEqual(await timeline.page.evaluate(() => window.devHost.findDefects()), []);
  });

  it('has names, not counts of rounds, where there is little room', async () => {
    await openIn(320, 'rounds');
    const labels = timeline.page.locator('.canvas .row:has(.round) .label');
    const widths = await labels.evaluateAll(all => all.map(label => Math.min(label.clientWidth, label.scrollWidth)));
    assert.ok(widths.length > 1 && widths.every(width => width >= 50), widths.join());
  });

  it('has what can be done about notes below their words where there is little room', async () => {
    await openIn(320, 'skewed');
    await timeline.page.locator('.notes-button').click();
    await button('Apply Suggested Clock Offsets').waitFor();
    assert.ok((await widthOf('.note-text')) > 180, `${await widthOf('.note-text')} px`);
  });

  it('has what leads on from a note behind its words, or below their first one', async () => {
    for (const width of [320, 800, 1600]) {
      await openIn(width, 'skewed');
      // It is open again after the first time.
      if ((await timeline.page.locator('#notes').count()) === 0) await timeline.page.locator('.notes-button').click();
      const words = await timeline.page.locator('.note-text').evaluate(text => {
        const [first] = text.getClientRects();
        return { left: first!.left, lines: text.getClientRects().length };
      });
      const link = (await timeline.page.locator('.notes li > .link').first().boundingBox())!;
      assert.ok(link.x >= words.left - 1, `at ${width} px: ${link.x}, words at ${words.left}`);
      const text = (await timeline.page.locator('.note-text').boundingBox())!;
      assert.ok(link.y + link.height <= text.y + text.height + 24, `at ${width} px: no empty line between`);
    }
  });

  it('has no name of a bar where a break tears it', async () => {
    await openIn(1600, 'idle');
    await timeline.page.locator('.box-name').first().waitFor();
    await button('Compress Idle Time').click();
    await timeline.page.locator('.tear').first().waitFor();
    const places = (selector: string) =>
      timeline.page.locator(selector).evaluateAll(all =>
        all.map(element => {
          const { left, right } = element.getBoundingClientRect();
          return { left, right };
        }),
      );
    const names = await places('.box-name > span');
    const torn = (await places('.tear')).filter(({ left, right }) =>
      names.some(name => name.left < right && left < name.right),
    );
    assert.deepEqual(torn, []);
  });

  it('draws bars over the lines of the axis', async () => {
    await openIn(1600, 'showcase');
    await timeline.page.locator('.canvas .box.work').nth(1).waitFor();
    const over = await timeline.page.evaluate(() => {
      for (const element of document.querySelectorAll<SVGElement>('.time-background, .gridline'))
        element.style.pointerEvents = 'all';
      const bar = document.querySelectorAll('.canvas .box.work')[1]!.getBoundingClientRect();
      for (const line of document.querySelectorAll('.gridline')) {
        const { left } = line.getBoundingClientRect();
        if (left < bar.left + 2 || left > bar.right - 2) continue;
        const at = document.elementsFromPoint(left, bar.top + 7);
        return [
          at.findIndex(element => element.matches('.box')),
          at.findIndex(element => element.matches('.gridline')),
        ];
      }
      return null;
    });
    assert.ok(over && over[0]! >= 0 && over[0]! < over[1]!, `${over}`);
  });
});
