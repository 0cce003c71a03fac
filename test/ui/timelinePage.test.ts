import assert from 'node:assert/strict';
import { PageUnderTest } from './timelinePage/pageUnderTest';

describe('The timeline page', function () {
  this.timeout(60_000);
  const timeline = new PageUnderTest();

  it('shows lines without an ID that a step’s thread wrote meanwhile, apart from its own', async () => {
    await timeline.open('showcase');
    const failed = timeline.page.locator('.canvas .row', { hasText: 'fetch' }).first();
    await failed.click();
    const nearby = timeline.page.locator('.nearby');
    await nearby.waitFor();
    assert.equal(await nearby.locator('.record').isVisible(), false, 'folded until it is asked for');
    assert.match((await nearby.innerText()).replaceAll('\u00a0', ' '), /^1 nearby line without an ID, inferred$/);
    await nearby.locator('summary').click();
    assert.match(
      (await nearby.innerText()).replaceAll('\u00a0', ' '),
      /not counted as its own[\s\S]*Not all of .*worker\.log was looked at[\s\S]*Timeout occurred[\s\S]*TimeoutError: no answer[\s\S]*Code:\s*wait\.js:7/,
    );
    const own = await timeline.page.locator('.details-body .records').first().locator('.record').count();
    await nearby.locator('.record').click();
    const calls = (await timeline.calls('openRecord', 2)) as { record: number }[];
    assert.equal(calls.at(-1)?.record, own);
  });

  it('says in the header what matters', async () => {
    await timeline.open('showcase');
    const header = (await timeline.page.locator('.header').innerText()).replaceAll('\u00a0', ' ');
    for (const text of [
      '7c2d9f7b',
      'Recovered',
      '4b Tool: fetch',
      '12.10 s',
      '7 steps',
      '4 services',
      'user u-42',
      '2 notes',
    ]) {
      assert.ok(header.includes(text), text);
    }
    await timeline.page.getByRole('button', { name: 'u-42' }).click();
    await timeline.page.getByRole('button', { name: 'Copy Correlation ID' }).click();
    await timeline.page.getByRole('button', { name: 'Copy as Markdown' }).click();
    assert.deepEqual(await timeline.calls('pivot', 1), [{ traceId: 'trace-1', role: 'userId' }]);
    await timeline.page.getByRole('button', { name: 'Copy Link' }).click();
    assert.deepEqual(await timeline.calls('copy', 3), [
      { traceId: 'trace-1', what: 'id' },
      { traceId: 'trace-1', what: 'markdown' },
      { traceId: 'trace-1', what: 'link', step: null },
    ]);
    await timeline.page.getByRole('button', { name: '2 notes' }).click();
    assert.match(await timeline.page.locator('#notes').innerText(), /delivered twice[\s\S]*no time zone/);
    await timeline.page.getByRole('button', { name: 'Show step' }).click();
    await timeline.selected(4);
    assert.equal(await timeline.page.evaluate(() => window.devHost.tell('selected')), 's4b');
  });

  it('takes clock offsets off on request, marks what it moved, and shows the raw times again', async () => {
    await timeline.open('skewed');
    await timeline.page.getByRole('button', { name: '1 note' }).click();
    assert.equal(await timeline.page.locator('.box.moved').count(), 0);
    await timeline.page.getByRole('button', { name: 'Apply Suggested Clock Offsets' }).click();
    const header = timeline.page.locator('.moved-clocks');
    await header.waitFor();
    assert.match(
      (await header.innerText()).replaceAll('\u00a0', ' '),
      /Times moved, as asked: worker-2 500 ms later\./,
    );
    // The rows come after the header.
    await timeline.page.locator('.canvas .row:has(.box.moved)').first().waitFor();
    assert.equal(await timeline.page.locator('.canvas .row:has(.box.moved)').count(), 1);
    assert.match((await timeline.row(3).getAttribute('aria-label'))!, /times moved 500 ms later/);
    await header.getByRole('button', { name: 'Show Raw Times' }).click();
    await header.waitFor({ state: 'detached' });
    assert.deepEqual(
      await timeline.calls('moveClocks', 2),
      [true, false].map(apply => ({ traceId: 'trace-1', apply })),
    );
  });

  it('marks the rounds of a loop in their rows, and says what goes round', async () => {
    await timeline.open('rounds');
    assert.deepEqual(await timeline.page.locator('.canvas .round').allInnerTexts(), ['1/3', '2/3', '3/3']);
    assert.match(
      (await timeline.row(0).getAttribute('aria-label'))!,
      /repeats ×3: LLM Inference → tool, 10\.20 s in all/,
    );
    assert.match((await timeline.row(2).getAttribute('aria-label'))!, /round 2 of 3/);
    assert.equal(await timeline.page.locator('.canvas .row').count(), 6, 'nothing is folded');
  });

  it('speaks each row', async () => {
    await timeline.open('showcase');
    assert.equal(
      await timeline.row(4).getAttribute('aria-label'),
      'Step 4b, Tool: fetch, failed, service Worker3, 600 ms, stated in the log, waited 80 ms, 2 attempts, 5 log lines',
    );
    const attributes = await timeline
      .row(4)
      .evaluate(element =>
        ['role', 'aria-level', 'aria-posinset', 'aria-setsize', 'aria-rowindex'].map(name =>
          element.getAttribute(name),
        ),
      );
    assert.deepEqual(attributes, ['row', '2', '2', '2', '6']);
    assert.equal(await timeline.page.getByRole('treegrid').getAttribute('aria-rowcount'), '8');
  });

  it('opens a step by click, its lines by theirs, and follows a previous step', async () => {
    await timeline.open('showcase');
    await timeline.row(1).click();
    await timeline.row(1).dblclick();
    assert.deepEqual(
      await timeline.calls('openRecord', 3),
      [true, true, false].map(preview => ({ traceId: 'trace-1', key: 's2', record: 2, preview })),
      "the step's own first line, not the publisher's two before it",
    );
    await timeline.page.getByRole('heading', { name: '9 log lines' }).waitFor();
    await timeline.page.locator('.record').nth(2).click();
    assert.deepEqual((await timeline.calls('openRecord', 4)).at(-1), {
      traceId: 'trace-1',
      key: 's2',
      record: 2,
      preview: true,
    });
    await timeline.page.getByRole('button', { name: '1 Context Management' }).click();
    await timeline.selected(0);
  });

  it('is walked by keyboard', async () => {
    await timeline.open('showcase');
    await timeline.row(0).focus();
    const walk = async (key: string) => {
      await timeline.page.keyboard.press(key);
      return timeline.focused();
    };
    const way: string[] = [];
    for (const key of [
      'ArrowDown',
      'ArrowDown',
      'ArrowRight',
      'ArrowLeft',
      'End',
      'ArrowDown',
      'ArrowUp',
      'Home',
      'PageDown',
      'PageUp',
    ]) {
      way.push(`${key} ${await walk(key)}`);
    }
    assert.deepEqual(way, [
      'ArrowDown 1',
      'ArrowDown 2',
      'ArrowRight 3',
      'ArrowLeft 2',
      'End 6',
      'ArrowDown 6',
      'ArrowUp 5',
      'Home 0',
      'PageDown 6',
      'PageUp 0',
    ]);
    assert.equal(await timeline.page.locator('.canvas .row[tabindex="0"]').count(), 1);
    assert.deepEqual(await timeline.calls('openRecord'), [], 'moving opens nothing');
    await timeline.page.keyboard.press('Enter');
    assert.deepEqual(await timeline.calls('openRecord', 1), [
      { traceId: 'trace-1', key: 's1', record: 0, preview: false },
    ]);
    await timeline.page.locator('.details').waitFor();
    await timeline.page.keyboard.press('Space');
    await timeline.page.locator('.details').waitFor({ state: 'detached' });
    await timeline.page.keyboard.press('Space');
    await timeline.page.locator('.details').waitFor();
  });

  it('holds only the rows in view of 10,000, and fetches them by windows', async () => {
    await timeline.open('large');
    const mounted = () => timeline.page.locator('.canvas .row').count();
    assert.ok((await mounted()) <= 60, `${await mounted()} rows`);
    await timeline.row(0).focus();
    await timeline.page.keyboard.press('End');
    assert.equal(await timeline.focused(), '9999');
    await timeline.page.locator('.canvas .row[data-index="9999"][aria-busy=false]').waitFor();
    await timeline.page.locator('.details h2', { hasText: 'Context Management' }).waitFor();
    for (let step = 0; step < 30; step++) await timeline.page.mouse.wheel(0, -3000);
    await timeline.page.locator('.grid').evaluate(grid => grid.scrollTo(0, 130_000));
    await timeline.page.locator('.canvas .row[data-index="5000"][aria-busy=false]').waitFor();
    assert.ok((await mounted()) <= 60, `${await mounted()} rows`);
    const sizes = (await timeline.calls('rows')).map(
      call => (call as { from: number; to: number }).to - (call as { from: number }).from,
    );
    assert.ok(
      sizes.every(size => size <= 200),
      sizes.join(),
    );
    assert.equal(await timeline.focused(), '9999', 'the focus is not lost when its row is out of view');
  });

  it('lets go of the rows and details that have gone out of view', async () => {
    await timeline.open('large');
    const session = await timeline.page.context().newCDPSession(timeline.page);
    const nodes = async () => {
      await session.send('HeapProfiler.collectGarbage');
      return (await session.send('Memory.getDOMCounters')).nodes;
    };
    const frame = () => timeline.page.evaluate(() => new Promise(requestAnimationFrame));
    const grid = timeline.page.locator('.grid');
    const before = await nodes();
    for (let turn = 0; turn < 60; turn++) {
      await grid.evaluate(grid => grid.scrollBy(0, 520));
      await frame();
    }
    await timeline.row(0).focus();
    for (let turn = 0; turn < 20; turn++) {
      await timeline.page.keyboard.press('ArrowDown');
      await frame();
    }
    await timeline.page.locator('.details .record').first().waitFor();
    const after = await nodes();
    assert.ok(after < 2 * before + 500, `${before} nodes, then ${after}`);
  });

  it('stays quick while 10,000 steps are scrolled', async () => {
    await timeline.open('large');
    const typical = await timeline.page.evaluate(async () => {
      const grid = document.querySelector('.grid')!;
      const times: number[] = [];
      for (let index = 0; index < 120; index++) {
        grid.scrollTop += 500;
        const begin = performance.now();
        grid.dispatchEvent(new Event('scroll'));
        await Promise.resolve();
        await Promise.resolve();
        grid.getBoundingClientRect();
        times.push(performance.now() - begin);
        await new Promise(resolve => requestAnimationFrame(resolve));
      }
      return times.sort((a, b) => a - b).at(Math.floor(times.length * 0.5))!;
    });
    console.log(`      script and layout of a scrolled frame, median: ${typical.toFixed(1)} ms`);
    assert.ok(typical < 33, `${typical} ms`);
  });

  it('shows hostile text as text', async () => {
    await timeline.open('hostile');
    const tags = await timeline.page.evaluate(() => [
      ...new Set([...document.querySelectorAll('body *')].map(e => e.tagName.toLowerCase())),
    ]);
    for (let index = 0; index < 7; index++) await timeline.row(index).click();
    await timeline.page.getByRole('button', { name: '1 note', exact: true }).click();
    await timeline.page.locator('.details .record').first().waitFor();
    const found = await timeline.page.evaluate(() => ({
      hacked: 'hacked' in window,
      forbidden: document.querySelectorAll('img, b, #page script, a, iframe, [onerror], [style*="url"]').length,
      text: document.body.innerText,
      length: document.body.innerText.length,
    }));
    assert.equal(found.hacked, false);
    assert.equal(found.forbidden, 0, tags.join());
    assert.match(found.text, /<script>window\.hacked=1<\/script>/);
    assert.match(found.text, /⟪RLO⟫gnp\.exe␛\[31m␀⟪ZWSP⟫/);
    assert.doesNotMatch(found.text, /[\u202e\u001b\u0000\u200b]/);
    assert.ok(found.length < 100_000, 'a megabyte is not put on screen unasked');
  });

  it('shows the first steps while the rest is read, and goes on without losing the place', async () => {
    await timeline.open('growing');
    assert.equal(await timeline.page.getByRole('progressbar').getAttribute('aria-valuenow'), '33');
    await timeline.row(2).focus();
    await timeline.page.keyboard.press('ArrowDown');
    await timeline.page.evaluate(() => window.devHost.grow('showcase'));
    await timeline.row(6).waitFor();
    assert.equal(await timeline.page.getByRole('progressbar').count(), 0);
    assert.equal(await timeline.focused(), '3');
    await timeline.selected(3);
  });

  it('is cancelled', async () => {
    await timeline.open('loading');
    await timeline.page.getByRole('button', { name: 'Cancel' }).click();
    assert.equal((await timeline.calls('cancel', 1)).length, 1);
    await timeline.page.getByText('Stopping…').waitFor();
  });

  it('comes back as it was left', async () => {
    await timeline.open('large');
    await timeline.page.locator('.grid').evaluate(grid => grid.scrollTo(0, 5200));
    await timeline.row(205).click();
    await timeline.page.locator('.details').waitFor();
    await timeline.page.waitForTimeout(400);
    await timeline.page.reload();
    await timeline.selected(205);
    assert.equal(await timeline.page.locator('.grid').evaluate(grid => grid.scrollTop), 5200);
  });

  it('selects what the extension asks for', async () => {
    await timeline.open('large');
    await timeline.page.evaluate(() => window.devHost.tell('select', { key: 'k4321' }));
    await timeline.selected(4321);
    const inView = await timeline.row(4321).evaluate(element => {
      const { top, bottom } = element.getBoundingClientRect();
      return top >= 0 && bottom <= innerHeight;
    });
    assert.ok(inView);
  });

  it('refuses a message of the wrong shape, and says so', async () => {
    await timeline.open('showcase');
    const refused = await timeline.page.evaluate(() =>
      window.devHost.tell('show', { kind: 'trace', trace: { steps: 'many' } }).then(
        () => 'accepted',
        (error: Error) => error.message,
      ),
    );
    assert.match(refused, /^Malformed message "show" at "trace\./);
    assert.equal(await timeline.page.locator('.canvas .row').count(), 7);
  });
});
