import assert from 'node:assert/strict';
import { until } from './support/poll';
import { makeTrace } from './tracesPage/listedTraces';
import { TracesPageUnderTest } from './tracesPage/tracesPage';

const showcase = '7c2d9f7b-18e7-4c7a-bf8c-4d83d13d9c01';

describe('The Traces view', function () {
  this.timeout(60_000);
  const traces = new TracesPageUnderTest();

  it('says of each trace what is known, and no more', async () => {
    await traces.page.setViewportSize({ width: 1600, height: 500 });
    await traces.open('few');
    const text = (index: number) =>
      traces
        .row(index)
        .innerText()
        .then(row => row.replaceAll('\n', ' '));
    assert.match(
      (await text(0)).replaceAll('\u00a0', ' '),
      /^Failed POST \/api\/orders received 7c2d9f7b\S+ 2026-03-02 10:15:00\.120 12\.10 s 7 41 2 API, Worker1, Worker2, Worker3 u-42 s-9 order-77120 acme$/,
    );
    assert.match(
      (await text(3)).replaceAll('\u00a0', ' '),
      /^Running Agent run started live-run-12 .* ≥ 1 min 05 s 212 /,
    );
    assert.match(await text(4), /^Unknown — untimed-0001 — — 4 12 0$/);
    assert.equal(await traces.row(4).locator('.duration-bar').count(), 0, 'an unknown duration has no bar');
    const widths = await traces.page
      .locator('.duration-bar')
      .evaluateAll(bars => bars.map(bar => (bar as HTMLElement).style.width));
    assert.equal(widths.filter(width => width === '100%').length, 1, 'the longest has all the room');
    assert.equal(
      await traces.row(0).getAttribute('aria-label'),
      `Failed, POST /api/orders received, ${showcase}, 12.10 s, 2 errors, 7 steps, 41 records, started 2026-03-02 10:15:00.120 UTC, ` +
        'services API, Worker1, Worker2, Worker3, user u-42, session s-9, entity order-77120, organisation acme',
    );
    assert.match(await traces.page.locator('.summary').innerText(), /8\u00a0traces · worst first/);
  });

  it('is a grid that numbers its rows and columns, hidden ones too', async () => {
    await traces.open('few');
    const grid = traces.page.getByRole('grid');
    assert.deepEqual(
      await grid.evaluate(element => ['aria-rowcount', 'aria-colcount'].map(name => element.getAttribute(name))),
      ['9', '13'],
    );
    await traces.page.setViewportSize({ width: 200, height: 500 });
    await traces.page.locator('.lines').waitFor();
    const numbers = await traces
      .row(0)
      .locator('[role=gridcell]')
      .evaluateAll(cells => cells.map(cell => cell.getAttribute('aria-colindex')));
    assert.deepEqual(numbers, ['1', '2', '5', '3', '4']);
  });

  it('looks at a trace by click, opens it by double click and Enter, and moves without opening', async () => {
    await traces.open('few');
    await traces.row(1).click();
    await traces.row(2).dblclick();
    const opened = (text: string, preview: boolean) => ({ text, preview });
    assert.deepEqual(await traces.calls('open', 3), [
      opened('req-000318', true),
      opened('0af7651916cd43dd8448eb211c80319c', true),
      opened('0af7651916cd43dd8448eb211c80319c', false),
    ]);
    await traces.page.keyboard.press('ArrowDown');
    await traces.selected(3);
    assert.equal((await traces.calls('open')).length, 3, 'moving opens nothing');
    await traces.page.keyboard.press('Enter');
    assert.deepEqual((await traces.calls('open', 4)).at(-1), opened('live-run-12', false));
  });

  it('is walked by keyboard, from the box to the last row, with one tab stop for the list', async () => {
    await traces.open('few');
    await traces.query.focus();
    await traces.page.keyboard.press('ArrowDown');
    assert.equal(await traces.focused(), '0');
    const way: string[] = [];
    for (const key of ['ArrowDown', 'End', 'PageUp', 'PageDown', 'Home']) {
      await traces.page.keyboard.press(key);
      way.push(`${key} ${await traces.focused()}`);
    }
    assert.deepEqual(way, ['ArrowDown 1', 'End 7', 'PageUp 0', 'PageDown 7', 'Home 0']);
    assert.equal(await traces.page.locator('.grid [tabindex="0"]').count(), 1);
    await traces.page.keyboard.press('ArrowUp');
    const inHead = () => traces.page.evaluate(() => document.activeElement?.textContent);
    assert.equal(await inHead(), 'Status');
    await traces.page.keyboard.press('ArrowRight');
    assert.equal(await inHead(), 'Correlation ID');
    await traces.page.keyboard.press('Enter');
    await traces.page.locator('.head .correlationId[aria-sort=ascending]').waitFor();
    assert.equal(await inHead(), 'Correlation ID', 'sorting leaves the focus where it is');
    await traces.page.keyboard.press('ArrowUp');
    assert.equal(await traces.page.evaluate(() => document.activeElement?.tagName), 'INPUT');
    await traces.page.keyboard.press('ArrowDown');
    await traces.page.keyboard.press('Control+f');
    assert.equal(await traces.page.evaluate(() => document.activeElement?.tagName), 'INPUT');
  });

  it('sorts by a column, and the other way round', async () => {
    await traces.open('few');
    const sortOf = (column: string) => traces.page.locator(`.head .${column}`).getAttribute('aria-sort');
    assert.equal(await sortOf('status'), 'descending');
    const head = traces.page.getByRole('button', { name: 'Correlation ID' });
    await head.click();
    await traces.page.locator('.head .correlationId[aria-sort=ascending]').waitFor();
    assert.equal(await sortOf('status'), null);
    // The head tells what was asked for; the rows come with the answer.
    const first = (wanted: RegExp) => until(`${wanted} first`, async () => wanted.test((await traces.ids())[0] ?? ''));
    await first(/^0af7651916cd43dd8448eb211c80319c/);
    await head.click();
    await traces.page.locator('.head .correlationId[aria-sort=descending]').waitFor();
    await first(/^very-long/);
    const asked = (await traces.calls('ask', 2)) as { sort: string; reverse: boolean }[];
    assert.deepEqual(
      asked.map(({ sort, reverse }) => [sort, reverse]),
      [
        ['correlationId', false],
        ['correlationId', true],
      ],
    );
  });

  it('filters by the query grammar once the typing rests', async () => {
    await traces.open('few');
    await traces.query.pressSequentially('user = u-42');
    await traces.page.waitForFunction(() => document.querySelectorAll('.canvas .row').length === 1);
    assert.deepEqual(await traces.ids(), [showcase]);
    const asked = (await traces.calls('ask', 1)) as { filter: string }[];
    assert.ok(asked.length < 11, `${asked.length} lists for 11 characters`);
    assert.equal(asked.at(-1)?.filter, 'user = u-42');
    await traces.page.keyboard.press('Escape');
    await traces.page.waitForFunction(() => document.querySelectorAll('.canvas .row').length === 8);
    await traces.page.evaluate(() =>
      window.tracesHost.show({ query: { filter: 'status = failed', sort: 'status', reverse: false } }),
    );
    // The box follows a command.
    await traces.page.waitForFunction(() => document.querySelector('input')?.value === 'status = failed');
  });

  it('says what is wrong with a query, where it is and what would be right, and keeps the list', async () => {
    await traces.open('few');
    await traces.query.fill('duration > soon');
    const problem = traces.page.getByRole('alert');
    await problem.waitFor();
    assert.match(await problem.innerText(), /"soon" is no duration: write 250ms.*at character 12[\s\S]*For example:/);
    assert.equal(await traces.query.getAttribute('aria-invalid'), 'true');
    assert.deepEqual(await traces.calls('ask'), [], 'a wrong query is not asked');
    assert.equal(await traces.page.locator('.canvas .row').count(), 8);
    await traces.query.fill('duration > 1s');
    await problem.waitFor({ state: 'detached' });
    await traces.page.waitForFunction(() => document.querySelectorAll('.canvas .row').length === 4);
  });

  it('does not call wrong what is only not finished, and offers what may come next', async () => {
    await traces.open('few');
    const [problem, hint] = [traces.page.getByRole('alert'), traces.page.locator('.query-hint')];
    assert.equal(await hint.count(), 0);
    await traces.query.focus();
    await hint.getByText('Fields: correlationId, user, session').waitFor();
    await traces.query.fill('stat');
    await hint.getByText('Fields: status = failed').waitFor();
    await traces.query.fill('status = ');
    await hint.getByText('ok, failed, recovered, running, unknown').waitFor();
    await traces.page.waitForTimeout(400);
    assert.equal(await problem.count(), 0);
    assert.deepEqual(await traces.calls('ask'), [], 'nor is it asked');
    await traces.query.press('Enter');
    await problem.waitFor();
    assert.match(await problem.innerText(), /A value is missing after =/);
    await traces.query.fill('status = failed');
    await problem.waitFor({ state: 'detached' });
    assert.equal(await hint.count(), 0);
    assert.match(
      (await traces.query.getAttribute('title')) ?? '',
      /not the text of log lines[\s\S]*Fields: correlationId/,
    );
  });

  it('forgives a slip of the finger, and says among how many it looked', async () => {
    await traces.open('few');
    await traces.query.fill('paymnet');
    await traces.page.getByText('No ID or value holds “paymnet”. 1 named so or like it, among all 8.').waitFor();
    assert.deepEqual(await traces.ids(), ['payment-5512']);
    await traces.row(0).click();
    assert.deepEqual(await traces.calls('open', 1), [{ text: 'payment-5512', preview: true }]);
    await traces.open('many');
    await traces.query.fill('reqeust-000042');
    await traces.page.getByText(/like it, among the first 5,000 of 100,000\./).waitFor();
    assert.match((await traces.page.locator('.summary-text').getAttribute('title')) ?? '', /names of the first 2,000/);
    assert.ok((await traces.ids()).includes('request-000042'));
  });

  it('names each trace in view by what its first record says, a moment after its row', async () => {
    await traces.page.setViewportSize({ width: 1000, height: 500 });
    await traces.open('unnamed');
    await traces.row(0).locator('.correlationId', { hasText: '7c2d9f7b' }).waitFor();
    assert.equal(await traces.row(0).getAttribute('aria-busy'), 'false', 'the row is there before its name');
    assert.equal(await traces.page.locator('.name-to-come').count(), 8);
    const place = () => traces.row(0).locator('.correlationId').boundingBox();
    const before = await place();
    await traces.open('few');
    assert.deepEqual(await place(), before, 'nothing moves when the names come');
    const hint = (index: number) => traces.row(index).locator('.name').getAttribute('title');
    assert.equal(await hint(0), 'POST /api/orders received');
    assert.match((await hint(2)) ?? '', /^No name: only reading much of a packed log/);
    assert.match((await hint(4)) ?? '', /^No name: its first record says nothing/);
    assert.doesNotMatch((await traces.row(4).getAttribute('aria-label')) ?? '', /null|—/);
  });

  it('says so where names cannot be read, without asking over and over', async () => {
    await traces.open('nameless');
    assert.equal(await traces.row(0).locator('.name').innerText(), '—');
    const hint = await traces.row(0).locator('.name').getAttribute('title');
    assert.match(hint ?? '', /could not be read again/);
    await traces.row(1).click();
    await traces.page.waitForTimeout(200);
    assert.equal((await traces.calls('names')).length, 1);
    assert.equal(await traces.page.locator('.problem').count(), 0, 'a list without names is still a list');
  });

  it('has the name above the ID where there is no room for columns, and the ID where there is no name', async () => {
    await traces.page.setViewportSize({ width: 320, height: 500 });
    await traces.open('few');
    const shown = (index: number) => traces.row(index).locator('.title, .below .correlationId').allInnerTexts();
    assert.deepEqual(await shown(0), ['POST /api/orders received', showcase]);
    assert.deepEqual(await shown(2), ['0af7651916cd43dd8448eb211c80319c']);
    const hint = await traces.row(2).locator('.correlationId').getAttribute('title');
    assert.match(hint ?? '', /^0af7651916cd43dd8448eb211c80319c\nNo name: only/);
    await traces.row(0).click();
    await traces.page.keyboard.press('Control+c');
    assert.deepEqual(await traces.calls('copy', 1), [{ correlationId: showcase }]);
  });

  it('asks for the names of rows in view alone, once as long as the list is the same', async () => {
    await traces.page.setViewportSize({ width: 1000, height: 500 });
    await traces.open('many');
    const asked = async () => ((await traces.calls('names')) as { ids: string[] }[]).flatMap(({ ids }) => ids);
    const first = await asked();
    assert.ok(first.length > 10 && first.length < 60, `${first.length} names`);
    assert.equal(new Set(first).size, first.length);
    await traces.page.locator('.grid').evaluate(grid => grid.scrollTo(0, grid.scrollHeight / 2));
    await traces.page.locator('.row[data-index="50000"] .name', { hasText: '/api/orders/50000' }).waitFor();
    const all = await asked();
    assert.ok(all.length < 120, `${all.length} names for 100,000 traces`);
    await traces.page.locator('.grid').evaluate(grid => grid.scrollTo(0, 0));
    await traces.row(0).locator('.name', { hasText: '/api/orders/0' }).waitFor();
    await traces.page.waitForTimeout(200);
    assert.deepEqual(await asked(), all, 'what is known is not asked for again');
    await traces.page.evaluate(() => window.tracesHost.show({}));
    await traces.page.waitForTimeout(200);
    assert.deepEqual(await asked(), all);
  });

  it('asks for names anew when the logs were read anew, and shows the known ones until then', async () => {
    await traces.open('few');
    const before = (await traces.calls('names', 1)).length;
    const names = await traces.page.evaluate(async () => {
      const shown: (string | null | undefined)[] = [];
      const first = document.querySelector('.row[data-index="0"]');
      new MutationObserver(() => shown.push(first?.querySelector('.name')?.textContent)).observe(document.body, {
        childList: true,
        subtree: true,
        attributes: true,
      });
      await window.tracesHost.replace(window.tracesHost.all());
      shown.push(first?.querySelector('.name')?.textContent);
      return shown;
    });
    assert.deepEqual([...new Set(names)], ['POST /api/orders received']);
    await traces.calls('names', before + 1);
  });

  it('finds traces by their names, where no ID or value holds the text', async () => {
    await traces.open('few');
    await traces.query.fill('orders received');
    await traces.page.getByText('No ID or value holds “orders received”.').waitFor();
    assert.equal((await traces.ids())[0], showcase);
    await traces.row(0).locator('.name', { hasText: 'POST /api/orders received' }).waitFor();
  });

  it('offers a way on where nothing fits', async () => {
    await traces.open('few');
    await traces.query.fill('zzzzzzzz-qqqq');
    await traces.page.getByText('No trace fits').waitFor();
    await traces.page.getByRole('button', { name: 'Trace zzzzzzzz-qqqq' }).click();
    assert.deepEqual(await traces.calls('open', 1), [{ text: 'zzzzzzzz-qqqq', preview: false }]);
    await traces.page.locator('.message').getByRole('button', { name: 'Clear Filter' }).click();
    await traces.row(7).waitFor();
    assert.equal(await traces.query.inputValue(), '');
  });

  for (const [show, button, method] of [
    ['nothing', 'Add Log Files…', 'addLogs'],
    ['nothing', 'Open Folder…', 'openFolder'],
    ['noIds', 'How Are My Logs Read?', 'howRead'],
    ['failed', 'Try Again', 'refresh'],
    ['failed', 'Open Setting', 'openSetting'],
    ['stopped', 'Read Again', 'refresh'],
    ['outdated', 'Try Again', 'refresh'],
    ['loading', 'Cancel', 'cancel'],
  ] as const) {
    it(`offers “${button}” where it is ${show}`, async () => {
      await traces.open(show);
      await traces.page.getByRole('button', { name: button }).click();
      assert.equal((await traces.calls(method, 1)).length, 1);
    });
  }

  it('says how far the reading is, and what was searched in vain', async () => {
    await traces.open('loading');
    const bar = traces.page.getByRole('progressbar');
    assert.equal(await bar.getAttribute('aria-valuetext'), '1.2 GB of 3.0 GB, 12,304 traces');
    assert.equal(await bar.getAttribute('aria-valuenow'), '40');
    await traces.open('nothing');
    assert.match(
      await traces.page.locator('.message').innerText(),
      /Searched “shop” for “\*\*\/\*\.log”[\s\S]*Take the Tour/,
    );
  });

  it('holds only the rows in view of 100,000, and fetches them by windows', async () => {
    await traces.open('many');
    for (const width of [1000, 240]) {
      await traces.page.setViewportSize({ width, height: 900 });
      const mounted = () => traces.page.locator('.canvas .row').count();
      await traces.page.locator('.canvas .row[tabindex="0"]').focus();
      await traces.page.keyboard.press('End');
      await traces.page.locator('.canvas .row[data-index="99999"][aria-busy=false]').waitFor();
      assert.ok((await mounted()) <= 60, `${await mounted()} rows`);
      await traces.page.locator('.grid').evaluate(grid => grid.scrollTo(0, grid.scrollHeight / 2));
      await traces.page.locator('.canvas .row[data-index="50000"][aria-busy=false]').waitFor();
      assert.ok((await mounted()) <= 60, `${await mounted()} rows`);
      assert.equal(await traces.focused(), '99999', 'the focus is not lost when its row is out of view');
    }
    const asked = (await traces.calls('rows')) as { from: number; to: number }[];
    assert.ok(asked.every(({ from, to }) => to - from <= 200));
    assert.ok(asked.length < 20, `${asked.length} windows`);
  });

  it('reaches each row of more than a page can be high', async () => {
    await traces.page.setViewportSize({ width: 240, height: 500 });
    await traces.open('huge');
    await traces.row(0).focus();
    await traces.page.keyboard.press('End');
    const last = traces.page.locator('.canvas .row[data-index="1199999"][aria-busy=false]');
    await last.waitFor();
    const box = await last.boundingBox();
    assert.ok(box && box.y + box.height <= 501 && box.y > 300, JSON.stringify(box));
    await traces.page.keyboard.press('ArrowUp');
    assert.equal(await traces.focused(), '1199998');
    await traces.page.locator('.grid').evaluate(grid => grid.scrollTo(0, grid.scrollHeight / 2));
    await traces.page.waitForFunction(() =>
      [...document.querySelectorAll('.canvas .row[aria-busy=false]')].some(row => {
        const { top, bottom } = row.getBoundingClientRect();
        return top > 100 && bottom < 500 && Math.abs(Number(row.getAttribute('data-index')) - 600_000) < 50;
      }),
    );
  });

  it('keeps the selection with its trace when the logs are read anew', async () => {
    await traces.open('few');
    await traces.row(1).click();
    const newest = makeTrace({ correlationId: 'brand-new-0001', status: 'failed' });
    const before = [newest, makeTrace({ correlationId: 'req-000318' }), makeTrace({ correlationId: 'other-000001' })];
    await traces.page.evaluate(list => window.tracesHost.replace([...list].reverse()), before);
    await traces.page.locator('.row.selected .correlationId', { hasText: 'req-000318' }).waitFor();
    await traces.page.evaluate(list => window.tracesHost.replace([...list]), [newest]);
    await traces.page.waitForFunction(() => document.querySelectorAll('.row.selected').length === 0);
  });

  it('comes back as it was left', async () => {
    await traces.open('many');
    await traces.query.fill('user = u-5');
    await traces.page.getByText(/fit ·/).waitFor();
    await traces.page.getByRole('button', { name: 'Correlation ID' }).click();
    await traces.page.locator('.head .correlationId[aria-sort=ascending]').waitFor();
    await traces.page.locator('.grid').evaluate(grid => grid.scrollTo(0, 4400));
    await traces.row(205).click();
    await traces.page.waitForTimeout(400);
    await traces.page.reload();
    await traces.selected(205);
    assert.equal(await traces.query.inputValue(), 'user = u-5');
    assert.equal(await traces.page.locator('.grid').evaluate(grid => grid.scrollTop), 4400);
    const [ready] = (await traces.calls('ready', 1)) as { query: unknown }[];
    assert.deepEqual(ready?.query, { filter: 'user = u-5', sort: 'correlationId', reverse: false });
  });

  it('copies the ID of the selected trace, and says to VS Code’s menu which trace is meant', async () => {
    await traces.open('few');
    await traces.row(1).click();
    await traces.page.keyboard.press('Control+C');
    assert.deepEqual(await traces.calls('copy', 1), [{ correlationId: 'req-000318' }]);
    const context = await traces.row(1).getAttribute('data-vscode-context');
    assert.deepEqual(JSON.parse(context ?? ''), {
      webviewSection: 'trace',
      preventDefaultContextMenuItems: true,
      correlationId: 'req-000318',
      userId: 'u-7',
    });
  });

  it('shows hostile text as text', async () => {
    for (const width of [1600, 240]) {
      await traces.page.setViewportSize({ width, height: 500 });
      await traces.open('hostile');
      await traces.row(2).click();
      await traces.page.getByRole('button', { name: '1 note' }).click();
      const found = await traces.page.evaluate(() => ({
        hacked: 'hacked' in window,
        forbidden: document.querySelectorAll('img, b, #page script, a, iframe, [onerror], [style*="url"]').length,
        text: document.body.innerText,
      }));
      assert.equal(found.hacked, false);
      assert.equal(found.forbidden, 0);
      assert.match(found.text, /<script>window\.hacked=1<\/script>/);
      assert.doesNotMatch(found.text, /[\u202e\u001b\u0000\u200b]/);
    }
  });

  it('refuses a message of the wrong shape, and stays as it was', async () => {
    await traces.open('few');
    const refused = await traces.page.evaluate(() =>
      window.tracesHost.show({ list: { total: 'many' } as never }).then(
        () => 'accepted',
        (error: Error) => error.message,
      ),
    );
    assert.match(refused, /^Malformed message "show" at "list\./);
    assert.equal(await traces.page.locator('.canvas .row').count(), 8);
  });
});
