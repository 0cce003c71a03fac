import assert from 'node:assert/strict';
import { PageUnderTest } from './timelinePage/pageUnderTest';

describe('The timeline page, in each of its states', function () {
  this.timeout(60_000);
  const timeline = new PageUnderTest();
  const text = async (selector: string) =>
    (await timeline.page.locator(selector).allInnerTexts()).join(' ').replaceAll('\u00a0', ' ');
  const announced = (wanted: string) => timeline.page.getByRole('status').getByText(wanted, { exact: true }).waitFor();

  it('claims nothing final while logs are read', async () => {
    await timeline.open('growing');
    const header = await text('.header');
    assert.match(header, /Reading…/);
    assert.match(header, /2 notes so far/);
    assert.doesNotMatch(header, /Failed|takes|counted up to/);
    assert.match((await timeline.row(4).getAttribute('aria-label')) ?? '', /not found yet, only named by other steps/);
    assert.equal(await timeline.row(4).locator('.cell.service').innerText(), 'not found yet');
    await timeline.row(4).click();
    await timeline.page.locator('.subtitle', { hasText: 'not found yet' }).waitFor();
    await announced('First steps found, still reading');
    await timeline.page.evaluate(() => window.devHost.grow('showcase'));
    await announced('Trace found: 7 steps, recovered');
    await timeline.page
      .getByRole('button', { name: 'Time is counted up to Result (step 6): back at API, where the request began.' })
      .click();
    assert.match(await text('.bottleneck'), /LLM Inference \(step 2\) takes 8\.40 s/);
    await timeline.selected(6);
  });

  it('says in plain words how times are known, and what is not in the logs', async () => {
    await timeline.open('evidence');
    assert.match(await text('.facts'), /8 steps and 1 outside these logs/);
    const known = await timeline.page.locator('.canvas .duration-kind').allInnerTexts();
    assert.deepEqual(new Set(known), new Set(['stated', 'measured', 'estimated', 'unknown', '']));
    assert.match(
      (await timeline.page.locator('.head .cell.duration').getAttribute('title')) ?? '',
      /^stated in the log; measured from the first to the last log line; estimated from the neighbouring steps$/,
    );
  });

  it('keeps what a cancelled search has found, and says so', async () => {
    await timeline.open('cancelled');
    const header = await text('.header');
    assert.match(header, /Cancelled: so far\s+11\.91 s\s+5 steps/);
    assert.doesNotMatch(header, /Failed|takes/);
    await announced('Search cancelled: 5 steps so far');
    await timeline.page.getByRole('button', { name: 'Search Again' }).click();
    assert.equal((await timeline.calls('searchAgain', 1)).length, 1);
  });

  for (const state of ['notFound', 'failed', 'stopped']) {
    it(`offers a way on where there is no trace: ${state}`, async () => {
      await timeline.open(state);
      for (const [button, method] of [
        ['Search Again', 'searchAgain'],
        ['Add Log Files…', 'addLogs'],
        ['Open Setting', 'openSetting'],
      ] as const) {
        await timeline.page.getByRole('button', { name: button }).click();
        assert.equal((await timeline.calls(method, 1)).length, 1);
      }
    });
  }

  it('waits for a choice where several traces fit', async () => {
    await timeline.open('choices');
    assert.match(await text('.message'), /Choose a trace\s+12 traces fit the user u-42/);
    assert.equal(await timeline.page.getByRole('progressbar').count(), 0);
    await timeline.page.getByRole('button', { name: 'Choose Trace…' }).click();
    assert.equal((await timeline.calls('searchAgain', 1)).length, 1);
  });

  it('has the focus in its grid: on the first row, then wherever it was', async () => {
    await timeline.open('showcase');
    assert.equal(await timeline.focused(), '0');
    await timeline.page.keyboard.press('ArrowDown');
    assert.equal(await timeline.focused(), '1');
    await timeline.page.evaluate(() => {
      (document.activeElement as HTMLElement).blur();
      window.dispatchEvent(new Event('focus'));
    });
    assert.equal(await timeline.focused(), '1');
    const copy = timeline.page.getByRole('button', { name: 'Copy as List' });
    await copy.focus();
    await timeline.page.evaluate(() => window.dispatchEvent(new Event('focus')));
    assert.ok(await copy.evaluate(element => element === document.activeElement), 'a control keeps its focus');
    await timeline.page.getByRole('button', { name: 'Close Details' }).click();
    assert.equal(await timeline.focused(), '1', 'what had the focus is gone');
  });

  it('numbers its columns, hidden ones too', async () => {
    await timeline.open('showcase');
    const columns = () =>
      timeline.row(0).evaluate(row =>
        [...row.querySelectorAll<HTMLElement>('[role=gridcell]')]
          .filter(cell => cell.offsetWidth > 0)
          .map(cell => cell.getAttribute('aria-colindex'))
          .join(),
      );
    assert.equal(await timeline.page.getByRole('treegrid').getAttribute('aria-colcount'), '4');
    assert.equal(await columns(), '1,2,3,4');
    await timeline.page.setViewportSize({ width: 500, height: 700 });
    assert.equal(await columns(), '1,3,4');
  });

  it('says what is waiting, idling and still running, and has running steps go on to now', async () => {
    await timeline.open('evidence');
    const names = await timeline.page.locator('.canvas .box-name').allInnerTexts();
    assert.deepEqual(
      names.map(name => name.replaceAll('\u00a0', ' ')),
      ['running', 'wait 1.00 s', 'idle'],
    );
    const [work, running] = await timeline.row(0).evaluate(row =>
      [...row.querySelectorAll<HTMLElement>('.box')].map(({ className, offsetLeft, offsetWidth }) => ({
        class: className.replace(/ service-\w+/, ''),
        left: offsetLeft,
        right: offsetLeft + offsetWidth,
      })),
    );
    assert.deepEqual([work!.class, running!.class], ['box work open', 'box running open']);
    assert.ok(Math.abs(work!.right - running!.left) <= 1);
    const width = await timeline
      .row(0)
      .locator('.bars')
      .evaluate(bars => bars.clientWidth);
    assert.ok(Math.abs(running!.right - (width - 22)) <= 1, 'up to the latest time that is known');
  });

  it('ticks each log line, and marks each error, where it is in time', async () => {
    await timeline.open('showcase');
    const marks = (index: number, kind: string) =>
      timeline
        .row(index)
        .locator(`.record-${kind}`)
        .evaluate(path => path.getAttribute('d')!.match(/M/g)?.length ?? 0);
    assert.equal(await marks(1, 'tick'), 2);
    assert.equal(await timeline.row(1).locator('.record-error').count(), 0);
    assert.equal(await marks(4, 'error'), 1);
  });

  it('draws the wait up to the first attempt, and earlier attempts hatched', async () => {
    await timeline.open('evidence');
    const boxes = await timeline.row(7).evaluate(row =>
      [...row.querySelectorAll<HTMLElement>('.box')].map(({ className, style }) => ({
        kind: className.replace(/ service-\w+/, ''),
        from: Number.parseFloat(style.left),
        to: Number.parseFloat(style.left) + Number.parseFloat(style.width),
      })),
    );
    assert.deepEqual(
      boxes.map(({ kind }) => kind),
      ['box wait', 'box earlier', 'box work open'],
    );
    const pattern = await timeline
      .row(7)
      .locator('.box.earlier')
      .evaluate(element => getComputedStyle(element).backgroundImage);
    assert.match(pattern, /^repeating-linear-gradient/);
    const [wait, earlier, work] = boxes;
    assert.ok(Math.abs(wait!.to - earlier!.from) < 0.2 && Math.abs(earlier!.to - work!.from) < 0.2);
    const width = await timeline
      .row(7)
      .locator('.bars')
      .evaluate(bars => bars.clientWidth);
    const share = (wait!.to - 6) / (width - 28);
    assert.ok(Math.abs(share - 5200 / 9000) < 0.01, `the wait ends at 5.2 s of 9 s: ${share}`);
  });

  it('keeps its time axis while rows come in', async () => {
    await timeline.open('large');
    const axis = () => text('.tick');
    // It comes once the width is known, which may be after the rows.
    await timeline.page.locator('.tick').first().waitFor();
    const before = await axis();
    await timeline.page.locator('.grid').evaluate(grid => grid.scrollTo(0, 130_000));
    await timeline.page.locator('.canvas .row[data-index="5000"][aria-busy=false]').waitFor();
    assert.equal(await axis(), before);
  });

  it('says that a step that was asked for is not there, once the whole trace is', async () => {
    await timeline.open('stale');
    await timeline.page.getByRole('alert').getByText('The trace has no step “s77”').waitFor();
    await timeline.page.getByRole('button', { name: 'Dismiss' }).click();
    await timeline.page.waitForTimeout(300);
    await timeline.page.reload();
    await timeline.rows();
    assert.equal(await timeline.page.getByRole('alert').count(), 0, 'once');
  });

  it('says in plain words what is known of a moment and of a step', async () => {
    await timeline.open('evidence');
    assert.equal(await timeline.row(3).locator('.cell.duration').innerText(), 'instant');
    await timeline.row(2).click();
    await timeline.page.locator('.details h2', { hasText: 'Vector lookup' }).waitFor();
    const facts = await text('.step-facts');
    assert.match(facts, /Known from\s+estimated from the neighbouring steps; at most: may be shorter/);
    await timeline.open('showcase');
    await timeline.row(1).click();
    await timeline.page.locator('.details h2', { hasText: 'LLM' }).waitFor();
    assert.match(await text('.step-facts'), /Could save\s+8\.40 s/);
    assert.match(await text('.facts'), /organisation acme/);
  });

  it('takes what was cancelled for no fault', async () => {
    await timeline.open('showcase');
    await timeline.page.evaluate(async () => {
      void Promise.reject(Object.assign(new Error('No longer waited for.'), { name: 'AbortError' }));
      await new Promise(resolve => setTimeout(resolve));
    });
    // That nothing is left unhandled is asked after each test.
    assert.equal(await timeline.page.getByRole('alert').count(), 0);
  });
});
