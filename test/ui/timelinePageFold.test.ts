import assert from 'node:assert/strict';
import { layoutThemes, settled } from './support/pictures';
import { PageUnderTest } from './timelinePage/pageUnderTest';

describe('The timeline page, folded', function () {
  this.timeout(60_000);
  const page = new PageUnderTest();
  const numbers = () => page.page.locator('.canvas .row .number').allInnerTexts();
  const count = async (rows: number) => {
    await page.page.waitForFunction(
      rows => document.querySelector('[role=treegrid]')?.getAttribute('aria-rowcount') === String(rows + 1),
      rows,
    );
    await page.page.locator('.canvas .row[aria-busy=true]').first().waitFor({ state: 'detached' });
  };
  const tree = (index: number) =>
    page
      .row(index)
      .evaluate(element =>
        ['aria-expanded', 'aria-level', 'aria-posinset', 'aria-setsize'].map(name => element.getAttribute(name)),
      );

  it('closes and opens a row by its twistie and by the arrow keys, and keeps the focus', async () => {
    await page.open('agent');
    assert.deepEqual(await tree(4), ['true', '1', '5', '7']);
    assert.deepEqual(await tree(12), ['true', '3', '2', '3']);
    assert.equal((await tree(13))[0], null, 'a leaf says nothing');
    await page.row(4).locator('.twistie').click();
    await count(7);
    assert.deepEqual(await tree(4), ['false', '1', '5', '7']);
    assert.deepEqual(await numbers(), ['1', '2', '3', '4', '5', '22', '23']);

    await page.row(4).click();
    await page.page.keyboard.press('ArrowRight');
    await count(23);
    await page.page.keyboard.press('ArrowRight');
    assert.equal(await page.focused(), '5', 'to the first row below');
    await page.page.keyboard.press('ArrowLeft');
    assert.equal(await page.focused(), '4', 'to the row that it hangs on');
    await page.page.keyboard.press('ArrowLeft');
    await count(7);
    assert.equal(await page.focused(), '4');
  });

  it('shows at a closed row how much it hides: errors, time and critical path', async () => {
    await page.open('agent');
    await page.row(4).locator('.twistie').click();
    await count(7);
    assert.match(
      (await page.row(4).getAttribute('aria-label'))!,
      /hidden below it, 16 steps \(6 – 21\), 8\.10 s, 4 errors, 6,048 tokens, cost 0\.0404, 8\.10 s of it on the critical path$/,
    );
    assert.equal(await page.row(4).locator('.usage-chip').textContent(), 'Σ 6,048 tok · 0.0404');
    assert.match(
      (await page.row(4).innerText()).replaceAll('\u00a0', ' '),
      /\+16 steps \(6 – 21\)\s*8\.10 s below\s*4\s*errors/,
    );
    const errors = await page.row(4).locator('.record-error').getAttribute('d');
    assert.equal(errors?.match(/M/g)?.length, 3, 'one for each moment');
  });

  it('shows at a closed row that something below still runs, until now', async () => {
    await page.open('branches');
    await page.row(0).locator('.twistie').click();
    await count(2);
    assert.match((await page.row(0).getAttribute('aria-label'))!, /1 error, 1 running$/);
    assert.equal((await page.row(0).locator('.fold-running').innerText()).replace(/\s+/g, ' ').trim(), '1 running');
    // The column of names has grown for what is hidden.
    await settled(page.page);
    const right = (index: number, box: string) =>
      page
        .row(index)
        .locator(box)
        .last()
        .evaluate(element => element.getBoundingClientRect().right);
    const [folded, last] = [await right(0, '.box.folded'), await right(1, '.box.work')];
    assert.ok(Math.abs(folded - last) <= 1, `${folded} ${last}`);
    for (const width of [320, 800, 1600]) {
      await page.page.setViewportSize({ width, height: 700 });
      await page.screenshot(`folded-running-${width}`);
      assert.ok(await page.row(0).locator('.fold-running').isVisible(), `at ${width} px`);
      const cut = await page
        .row(0)
        .locator('.label')
        .evaluate(element => element.scrollWidth > element.clientWidth);
      assert.equal(cut, false, `the name at ${width} px`);
      assert.deepEqual(await page.page.evaluate(() => window.devHost.findDefects()), [], `at ${width} px`);
    }
  });

  it('selects what hides the selected step', async () => {
    await page.open('agent');
    await page.row(13).click();
    await page.row(4).locator('.twistie').click();
    await count(7);
    await page.selected(4);
  });

  it('folds all rows, all of them again, or level by level', async () => {
    await page.open('agent');
    await page.row(13).click();
    for (const [key, rows] of [
      ['c', 20],
      ['c', 17],
      ['x', 20],
      ['Shift+C', 7],
      ['x', 17],
      ['Shift+X', 23],
    ] as const) {
      await page.page.keyboard.press(key);
      await count(rows);
    }
    // What was closed by hand stays so while levels are closed, and opens with them.
    await page.row(14).locator('.twistie').click();
    await count(21);
    await page.page.keyboard.press('c');
    await count(20);
    await page.page.keyboard.press('x');
    await count(23);
    await page.page.getByRole('button', { name: 'Collapse All' }).click();
    await count(7);
    await page.selected(4);
    await page.page.getByRole('button', { name: 'Expand All' }).click();
    await count(23);
  });

  /** What the first whole row in view says, and where it stands on screen. */
  const atTop = () =>
    page.page.locator('[role=treegrid]').evaluate(element => {
      const edge = element.querySelector('.head')!.getBoundingClientRect().bottom;
      const first = [...element.querySelectorAll('.canvas .row[aria-busy=false]')]
        .map(row => ({ text: row.querySelector('.number')?.textContent, top: row.getBoundingClientRect().top }))
        .filter(({ top }) => top >= edge)
        .sort((a, b) => a.top - b.top)[0];
      return first && `${first.text} at ${Math.round(first.top)}`;
    });

  it('keeps what is at the top where it is while all is folded and opened again', async () => {
    await page.open('large');
    await page.page.locator('[role=treegrid]').evaluate(grid => grid.scrollTo(0, 26 * 5005 - 7));
    await page.row(5005).and(page.page.locator('[aria-busy=false]')).waitFor();
    const before = await atTop();
    assert.match(before ?? '', /^3004 at /);
    await page.page.getByRole('button', { name: 'Collapse All' }).click();
    await count(4_000);
    assert.equal(await atTop(), before);
    await page.page.getByRole('button', { name: 'Expand All' }).click();
    await count(10_000);
    assert.equal(await atTop(), before);
  });

  it('keeps what was selected in view, and what was out of view there', async () => {
    await page.open('large');
    const top = () => page.page.locator('[role=treegrid]').evaluate(grid => grid.scrollTop);
    await page.page.locator('[role=treegrid]').evaluate(grid => grid.scrollTo(0, 26 * 5005));
    await page.row(5008).and(page.page.locator('[aria-busy=false]')).click();
    await page.page.keyboard.press('Shift+C');
    await count(4_000);
    await page.selected(2002);
    assert.equal(await top(), 26 * 2002, 'what hides it is the row at the top');
    await page.page.locator('[role=treegrid]').evaluate(grid => grid.scrollTo(0, 26 * 3000));
    await page.row(3000).waitFor();
    await page.page.keyboard.press('Shift+X');
    await count(10_000);
    assert.equal(await top(), 26 * 7500);
  });

  it('opens what the next error, the next of the path and find lead to', async () => {
    await page.open('agent');
    await page.page.keyboard.press('Shift+C');
    await count(7);
    await page.page.keyboard.press('e');
    await page.selected(9);
    assert.match((await page.row(9).getAttribute('aria-label'))!, /^Step 10, Publish tool calls, failed/);
    await count(17);
    assert.equal(await page.focused(), '9');

    await page.page.keyboard.press('Shift+C');
    await count(7);
    await page.page.keyboard.press('p');
    await page.selected(5);
    await page.page.keyboard.press('Shift+C');
    await count(7);
    await page.page.keyboard.press('Control+f');
    await page.page.getByRole('textbox').fill('Tool: fetch');
    await page.page.locator('.canvas .row.selected.hit', { hasText: 'Tool: fetch' }).waitFor();
    await page.page.keyboard.press('Escape');
    await page.page.locator('.canvas .row.hit').waitFor({ state: 'detached' });
  });

  it('marks what hides a match, and folds nothing while only matches are shown', async () => {
    await page.open('agent');
    await page.page.keyboard.press('Shift+C');
    await count(7);
    await page.page.keyboard.press('Control+f');
    await page.page.getByRole('textbox').fill('HTTP GET');
    await page.page.locator('.canvas .row.selected.hit', { hasText: 'HTTP GET' }).waitFor();
    assert.ok((await page.page.locator('.canvas .row.hit').count()) >= 1);
    await page.page.getByRole('button', { name: 'Hide What Does Not Match' }).click();
    await count(7);
    assert.equal(await page.page.locator('.twistie.foldable').count(), 0);
    assert.equal(await page.page.getByRole('button', { name: 'Collapse All' }).count(), 0);
    await page.page.getByRole('button', { name: 'Hide What Does Not Match' }).click();
    await page.page.getByRole('button', { name: 'Collapse All' }).waitFor();
  });

  it('folds what is not the agent’s own work, and opens it on a click', async () => {
    await page.open('agent');
    const lens = page.page.getByRole('button', { name: 'Agent Lens' });
    assert.equal(await lens.getAttribute('aria-pressed'), 'false');
    await lens.click();
    await count(15);
    assert.equal(await lens.getAttribute('aria-pressed'), 'true');
    assert.deepEqual(await tree(4), ['false', '2', '4', '10']);
    const number = page.row(4).locator('.number');
    assert.equal(await number.innerText(), '9–10');
    const [of, below] = [await number.boundingBox(), await page.row(5).locator('.number').boundingBox()];
    assert.equal(of?.width, below?.width, 'all have the room of the longest');
    assert.equal(
      await page.row(4).getAttribute('aria-label'),
      'Steps 9 – 10, folded, 2 steps, 50 ms, 1 error, 50 ms of it on the critical path',
    );
    assert.match((await page.row(4).innerText()).replaceAll('\u00a0', ' '), /2 steps, 50 ms\s*1\s*error/);
    assert.ok((await page.row(4).locator('.path').count()) > 0, 'the critical path goes through it');

    await page.row(4).click();
    await count(17);
    assert.deepEqual(await tree(4), ['true', '2', '4', '10']);
    assert.deepEqual(await tree(6), [null, '3', '2', '2']);
    await page.page.locator('.details', { hasText: 'Steps 9 – 10' }).waitFor();
    await page.page.keyboard.press('ArrowRight');
    assert.equal(await page.focused(), '5');
    await page.page.keyboard.press('ArrowLeft');
    assert.equal(await page.focused(), '4');
    await page.page.keyboard.press('Enter');
    await count(15);
    await page.row(4).dblclick();
    await count(17);
    assert.deepEqual(
      (await page.calls('openRecord')).filter(call => (call as { key: string }).key === 'a8'),
      [],
      'there is no line to open',
    );
  });

  it('tells what each call of a model used', async () => {
    await page.open('agent');
    await page.page.keyboard.press('l');
    await count(15);
    const used = await page.page.locator('.usage-chip').allTextContents();
    assert.deepEqual(used, ['1,841 tok · 0.0123', '4,207 tok · 0.0281']);
    assert.match((await page.row(3).getAttribute('aria-label'))!, /1,841 tokens, cost 0\.0123/);
  });

  it('offers the lens only where it folds something, and levels where there are any', async () => {
    await page.open('rounds');
    assert.equal(await page.page.getByRole('button', { name: 'Agent Lens' }).count(), 0);
    assert.equal(await page.page.getByRole('button', { name: 'Collapse All' }).count(), 0);
    await page.page.keyboard.press('l');
    await page.page.keyboard.press('Shift+C');
    assert.deepEqual(await page.calls('arrange'), []);
  });

  it('comes back as it was folded', async () => {
    await page.open('agent');
    await page.page.keyboard.press('l');
    await count(15);
    await page.row(9).locator('.twistie').click();
    await count(14);
    await page.page.waitForTimeout(400);
    await page.page.reload();
    await count(14);
    assert.equal(await page.page.getByRole('button', { name: 'Agent Lens' }).getAttribute('aria-pressed'), 'true');
  });

  it('begins as the lens was switched last, and tells how it is switched', async () => {
    await page.open('agent');
    await page.page.goto(`${page.page.url()}&lens`);
    await count(15);
    await page.page.keyboard.press('l');
    await count(23);
    assert.deepEqual(await page.calls('lens', 2), [{ on: null }, { on: false }]);
  });

  it('stays folded while the trace grows, and asks for its list anew', async () => {
    await page.open('agent');
    await page.page.keyboard.press('l');
    await count(15);
    await page.page.evaluate(() => window.devHost.grow('agent'));
    assert.equal(((await page.calls('arrange', 2)).at(-1) as { traceId: string }).traceId, 'trace-2');
    await count(15);
  });

  it('folds 100,000 steps, and draws but what is in view', async () => {
    await page.open('huge');
    await page.page.keyboard.press('Shift+C');
    await count(40_000);
    await page.page.locator('.grid').evaluate(grid => grid.scrollTo(0, grid.scrollHeight));
    await page.page.locator('.canvas .row[data-index="39999"][aria-busy=false]').waitFor();
    assert.ok((await page.page.locator('.canvas .row').count()) <= 60);
    const last = (await page.page.locator('.canvas .row[data-index="39998"]').getAttribute('aria-label'))!;
    assert.match(last, /hidden below it, 3 steps \(.+\), 340 ms/);
  });

  for (const theme of layoutThemes) {
    it(`looks as it should, ${theme}`, async () => {
      await page.open('agent', theme);
      for (const [name, key, rows] of [
        ['lens', 'l', 15],
        ['closed', 'Shift+C', 3],
      ] as const) {
        await page.page.keyboard.press(key);
        await count(rows);
        for (const width of [320, 620, 800, 1600]) {
          await page.page.setViewportSize({ width, height: 800 });
          await page.screenshot(`fold-${name}-${theme}-${width}`);
          const defects = await page.page.evaluate(() => window.devHost.findDefects());
          assert.deepEqual(defects, [], `${name} at ${width} px`);
        }
      }
    });
  }
});
