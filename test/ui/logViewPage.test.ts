import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tracedId } from './logViewPage/logs';
import { LogViewPageUnderTest } from './logViewPage/logViewPage';
import { until } from './support/poll';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
interface Checker {
  run(context: { exclude: string[] }): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
}

describe('The log view', function () {
  this.timeout(60_000);
  const view = new LogViewPageUnderTest();
  const key = (name: string) => view.page.keyboard.press(name);
  const first = async () => (await view.numbers())[0];
  const outcome = (wanted: string | RegExp) =>
    until(`"${wanted}" beside the text`, async () => {
      const text = await view.page.locator('#find-outcome').innerText();
      return typeof wanted === 'string' ? text === wanted : wanted.test(text);
    });
  const spoken = () => view.page.locator('.find [role=status]').innerText();
  const shows = (number: string) =>
    until(`line ${number} in view`, async () => (await view.numbers()).includes(number));

  it('shows the lines in view and no others, however large the log is', async () => {
    await view.open('huge');
    assert.equal(await first(), '1');
    assert.ok((await view.page.locator('.line').count()) < 40);
    const asked = (await view.calls('lines')) as { before: number; after: number }[];
    assert.ok(asked.every(({ before, after }) => before + after <= 400));
  });

  it('shows at once what was read while it loaded, and asks for the rest alone', async () => {
    await view.open('given');
    assert.equal(await first(), '1');
    assert.deepEqual(await view.calls('lines'), []);
    await view.list.focus();
    await key('End');
    await shows('105');
    await key('Home');
    await until('the beginning', async () => (await first()) === '1');
    assert.equal((await view.calls('lines')).length, 2, 'what was read before is no answer later');
  });

  it('scrolls by lines with the wheel, and fetches them as they come', async () => {
    await view.open('few');
    const { height } = await view.rowHeight();
    await view.list.hover();
    await view.page.mouse.wheel(0, 10 * height);
    await until('ten lines on', async () => (await first()) === '11');
    await view.open('huge');
    await view.list.hover();
    for (let turn = 0; turn < 12; turn++) await view.page.mouse.wheel(0, 50 * height);
    await until('600 lines on', async () => (await first()) === '601');
    await view.page.mouse.wheel(0, -700 * height);
    await until('back', async () => (await first()) === '1');
  });

  it('goes anywhere by its scroll bar, which stands for bytes', async () => {
    await view.open('huge');
    const bar = view.page.locator('.scroll-bar');
    const box = (await bar.boundingBox())!;
    await view.page.mouse.click(box.x + 7, box.y + box.height / 2);
    await shows('50,000,001');
    const thumb = (await view.page.locator('.thumb').boundingBox())!;
    assert.ok(Math.abs(thumb.y + thumb.height / 2 - (box.y + box.height / 2)) < 3);
    await view.page.mouse.move(thumb.x + 7, thumb.y + 5);
    await view.page.mouse.down();
    await view.page.mouse.move(thumb.x + 7, box.y + box.height + 50, { steps: 5 });
    await view.page.mouse.up();
    await shows('100,000,000');
    assert.ok((await view.page.locator('.line').count()) > 20, 'the last line is the last row');
  });

  it('numbers lines once they are counted, and says that it counts', async () => {
    await view.open('huge');
    await view.list.focus();
    await key('End');
    await view.page.getByText(/Counting lines/).waitFor();
    await shows('100,000,000');
    assert.match(await view.page.locator('.status-bar').innerText(), /Line 100,000,000 of 100,000,000/);
  });

  it('is walked by keyboard, with one tab stop', async () => {
    await view.open('few');
    await view.list.focus();
    const page = Math.floor((await view.rowHeight()).rows) - 1;
    const way: [string, string][] = [
      ['ArrowDown', '1'],
      ['ArrowDown', '2'],
      ['PageDown', String(2 + page)],
      ['ArrowUp', String(1 + page)],
      ['PageUp', '1'],
      ['End', '105'],
      ['Home', '1'],
    ];
    for (const [name, number] of way) {
      await key(name);
      await view.cursorAt(number);
    }
    const active = await view.list.getAttribute('aria-activedescendant');
    assert.equal(await view.page.locator(`[id="${active}"]`).getAttribute('aria-selected'), 'true');
    assert.equal(await view.page.locator('.log-area [tabindex="0"]').count(), 1);
    const told = (await view.calls('select', way.length)) as { line: number }[];
    assert.deepEqual(
      told.map(({ line }) => String(line)),
      way.map(([, number]) => number),
    );
  });

  it('shows the place that a link names, lit up, without telling of it as the user’s', async () => {
    await view.open('huge');
    await view.page.evaluate(() => window.logViewHost.show({ offset: 7_000_000_000, line: 70_000_001 }));
    await view.cursorAt('70,000,001');
    await view.page.locator('.line.lit').nth(1).waitFor();
    assert.equal(await view.page.locator('.line.lit').count(), 2, 'the record has 120 bytes');
    const place = await view.line('70,000,001').boundingBox();
    assert.ok(place && place.y > 150 && place.y < 350, 'in the middle');
    assert.deepEqual(await view.calls('select'), []);
    await view.page.evaluate(() => window.logViewHost.show({ offset: null, line: 12 }));
    await view.cursorAt('12');
  });

  it('goes to a line, to a share, and says where there is none', async () => {
    await view.open('huge');
    await key('Control+g');
    const input = view.page.getByLabel(/Line to go to/);
    await input.fill('60,000,000');
    await key('Enter');
    await view.cursorAt('60,000,000');
    assert.equal(await input.count(), 0);
    await view.page.evaluate(() => window.logViewHost.goToLine());
    await input.fill('100,000,001');
    await key('Enter');
    await view.page.getByText('There is no line 100,000,001.').waitFor();
    await input.fill('25 %');
    await key('Enter');
    await view.cursorAt('25,000,001');
    await view.page.locator('.status-bar', { hasText: /Line 25,000,001/ }).waitFor();
    await key('Control+g');
    await input.fill('somewhere');
    await view.page.getByText(/Type a line number/).waitFor();
    await key('Escape');
    assert.equal(await input.count(), 0);
  });

  it('finds a text from place to place, around both ends, and marks it', async () => {
    await view.open('few');
    await key('Control+f');
    await view.page.keyboard.type('ORDER 44');
    await key('Enter');
    await view.cursorAt('44');
    assert.equal(await view.page.locator('.match.current').innerText(), 'order 44');
    await key('Enter');
    await outcome('1 of 1, from the top again');
    await view.cursorAt('44');
    await key('Shift+Enter');
    await outcome('1 of 1, from the end again');
    await view.page.getByLabel('Match Case').click();
    await key('F3');
    await outcome('No results');
    const input = view.page.getByLabel('Find a text in the whole log');
    await input.fill('was taken');
    await key('F3');
    await view.page.locator('.line.selected .match.current').waitFor();
    await key('F3');
    await view.cursorAt('45');
    await key('Shift+F3');
    await view.cursorAt('44');
    assert.ok((await view.page.locator('.match').count()) > 5, 'the others in view are marked as well');
    await key('Escape');
    assert.equal(await view.page.locator('.match').count(), 0);
    assert.equal(await view.page.evaluate(() => document.activeElement?.getAttribute('role')), 'listbox');
  });

  it('searches while one types, from where typing began, and not for every letter', async () => {
    await view.open('few');
    const click = async (line: string) => {
      await view.line(line).locator('.number').click();
      await view.page.mouse.move(5, 495);
      await view.page.locator('.hover-card').waitFor({ state: 'detached' });
    };
    await click('12');
    await key('Control+f');
    await view.page.keyboard.type('order 1', { delay: 20 });
    await outcome('4 of 16');
    await view.cursorAt('12');
    await view.page.keyboard.type('6', { delay: 20 });
    await outcome('1 of 1');
    await view.cursorAt('16');
    await key('Backspace');
    await outcome('4 of 16');
    await view.cursorAt('12');
    const asked = (await view.calls('findText')) as { text: string }[];
    assert.deepEqual(
      asked.map(({ text }) => text),
      ['order 1', 'order 16', 'order 1'],
    );
    await key('Enter');
    await outcome('5 of 16');
    await key('Shift+Enter');
    await key('Shift+Enter');
    await outcome('3 of 16');
    await view.cursorAt('11');
    await view.page.getByLabel('Find a text in the whole log').fill('taken');
    await outcome(/^11 of /);
    await view.cursorAt('11');
    await view.page.getByLabel('Find a text in the whole log').fill('order 1');
    await outcome('3 of 16');
    await click('15');
    await outcome('? of 16');
    await key('F3');
    await outcome('7 of 16');
    assert.equal((await view.calls('countMatches')).length, 5, 'to go on is not to count again');
    await key('Escape');
    await key('Control+f');
    await outcome('? of 16');
    await view.page.keyboard.type('nowhere', { delay: 5 });
    await outcome('No results');
    await view.page.getByLabel('Find a text in the whole log').fill('');
    await outcome('');
  });

  it('looks for what is marked in a line', async () => {
    await view.open('few');
    const text = view.line('14').locator('.text span').last();
    await text.evaluate(element => {
      const at = element.textContent?.indexOf('was taken') ?? 0;
      document.getSelection()?.setBaseAndExtent(element.firstChild!, at, element.firstChild!, at + 9);
    });
    await key('Control+f');
    await outcome(/^1 of \d+$/);
    assert.equal(await view.page.getByLabel('Find a text in the whole log').inputValue(), 'was taken');
  });

  it('counts on in the background, says so, and where it gave up', async () => {
    await view.open('huge');
    await key('Control+f');
    await view.page.keyboard.type('taken');
    await outcome(/^1 of [\d,]+000…$/);
    assert.equal(await spoken(), '', 'a number that runs is not read out');
    await outcome('1 of 36,120,000+');
    assert.equal(await spoken(), '1 of 36,120,000+');
    await view.page.evaluate(() => window.logViewHost.show({ offset: 7_000_000_000, line: 70_000_001 }));
    await view.cursorAt('70,000,001');
  });

  it('ends a search and a count at once when another text is typed', async () => {
    await view.open('huge');
    await key('Control+f');
    await view.page.keyboard.type('taken');
    await outcome(/…$/);
    await view.page.keyboard.type('slow');
    await view.calls('countMatches, given up', 1);
    const input = view.page.getByLabel('Find a text in the whole log');
    await input.fill('slow');
    await until('the search has begun', async () =>
      ((await view.calls('findText')) as { text: string }[]).some(({ text }) => text === 'slow'),
    );
    await input.fill('order');
    const [first] = (await view.calls('findText, given up', 1)) as { text: string }[];
    assert.equal(first?.text, 'slow');
    await outcome(/^1 of/);
  });

  it('says that it found a text where counting would fetch the log from another machine', async () => {
    await view.open('far');
    await key('Control+f');
    await view.page.keyboard.type('order 44');
    await outcome('Found');
    await key('Enter');
    await outcome('Found, from the top again');
  });

  it('shows a match beside what is in view, in a line that is to be fetched first', async () => {
    await view.open('wide');
    await key('Control+f');
    await view.page.keyboard.type('|mark');
    await key('Enter');
    await view.cursorAt('501');
    const list = (await view.list.boundingBox())!;
    await until('the match in view', async () => {
      const match = await view.page.locator('.match.current').boundingBox();
      return match !== null && match.x >= list.x && match.x + match.width <= list.x + list.width;
    });
  });

  it('says how far a search is, and ends it', async () => {
    await view.open('huge');
    await key('Control+f');
    await view.page.keyboard.type('slow');
    await key('Enter');
    await view.page.getByText(/Searching… 3\.3\sGB of 10\.0\sGB/).waitFor();
    await view.page.getByRole('button', { name: 'Cancel' }).click();
    await outcome('');
    assert.deepEqual(await view.calls('countMatches'), [], 'it was given up: nobody waits for a count');
  });

  it('cuts a long line, shows it whole on request, and a match in what was cut', async () => {
    await view.open('few');
    await key('Control+f');
    await view.page.keyboard.type('|end');
    await key('Enter');
    await view.cursorAt('43');
    const line = view.line('43');
    assert.match(await line.innerText(), /… 6\.\d\sKB more$/);
    const details = view.page.locator('.details');
    await details.getByText('Match').waitFor();
    assert.match(await details.locator('.whole').first().innerText(), /^…(long )+\|end$/);
    assert.match(await details.locator('.whole').last().innerText(), /order 43 was taken (long ){1999,}\|end$/);
    await details.getByLabel('Copy Line').click();
    const [copied] = (await view.calls('copy', 1)) as { text: string }[];
    assert.ok(copied?.text.endsWith('|end') && copied.text.length > 10_000);
  });

  it('keeps the cursor in view when something else takes room', async () => {
    await view.open('few');
    await key('Control+g');
    await view.page.keyboard.type('43');
    await key('Enter');
    await view.cursorAt('43');
    await key('Enter');
    await view.page.locator('.details .facts').waitFor();
    await key('Control+g');
    await view.page.setViewportSize({ width: 320, height: 400 });
    await until('the cursor in view', async () => {
      const [line, list] = [await view.line('43').boundingBox(), await view.list.boundingBox()];
      return line !== null && list !== null && line.y >= list.y - 1 && line.y + line.height <= list.y + list.height + 1;
    });
  });

  it('shows what no letter is as a token, tabs as room, and nothing as markup', async () => {
    await view.open('few');
    await key('Control+g');
    await view.page.keyboard.type('44');
    await key('Enter');
    await view.cursorAt('44');
    assert.match((await view.line('44').textContent()) ?? '', /␛\[31mred␛\[0m\ttab/);
    await view.open('hostile');
    await view.page.locator('.line').nth(3).hover();
    await view.page.locator('.hover-card').waitFor();
    assert.equal(await view.page.evaluate(() => 'hacked' in window), false);
    assert.equal(await view.page.locator('img, script:not([src])').count(), 0);
    assert.match(await view.page.locator('.hover-card').innerText(), /<script>/);
  });

  it('says what the editor’s hover says, and leads to the timeline', async () => {
    await view.open('few');
    await view.line('7').locator('.text').hover();
    const card = view.page.locator('.hover-card');
    await card.getByText('4a Tool: search').waitFor();
    assert.equal(await card.locator('.trace-picture rect.bar').count(), 5);
    await card.getByLabel('Show Timeline').click();
    assert.deepEqual(await view.calls('trace', 1), [{ id: tracedId, step: 'step-4a' }]);
    await view.page.mouse.move(10, 490);
    await card.waitFor({ state: 'detached' });
    await view.line('8').locator('.id').click();
    assert.deepEqual((await view.calls('trace', 2)).at(-1), { id: tracedId, step: null });
  });

  it('says the same of the line with the cursor, by keyboard', async () => {
    await view.open('few');
    await view.list.focus();
    await key('ArrowDown');
    await key('Enter');
    const details = view.page.locator('.details');
    await details.getByText('4a Tool: search').waitFor();
    await key('Escape');
    assert.equal(await details.count(), 0);
  });

  it('tells errors and warnings by their mark too, and lines of a record by its level', async () => {
    await view.open('few');
    const widths = await view.page
      .locator('.line:nth-child(-n+7) .number')
      .evaluateAll(cells => cells.map(cell => getComputedStyle(cell, '::after').width));
    assert.equal(new Set(widths).size, 3, `${widths}`);
    assert.match((await view.page.locator('.line.error').first().textContent()) ?? '', /^Line \d+, error, /);
  });

  it('keeps its place, its cursor and what is sought over a reload', async () => {
    await view.open('huge');
    await view.page.evaluate(() => window.logViewHost.show({ offset: 3_000_000_000, line: 30_000_001 }));
    await view.cursorAt('30,000,001');
    await key('Control+f');
    await view.page.keyboard.type('taken');
    const before = await first();
    await view.page.waitForTimeout(300);
    await view.page.reload();
    await view.cursorAt('30,000,001');
    assert.equal(await first(), before);
    assert.equal(await view.page.getByLabel('Find a text in the whole log').inputValue(), 'taken');
  });

  it('tells how much of a packed log there is as far as it is known', async () => {
    await view.open('packed');
    const status = view.page.locator('.status-bar');
    assert.match(await status.innerText(), /or more/);
    await until('all is counted', async () => !/or more|Counting/.test(await status.innerText()));
    assert.match(await status.innerText(), /of 100\sMB/);
  });

  it('has no fault that a checker of accessibility finds', async () => {
    await view.open('few');
    await view.list.focus();
    await key('ArrowDown');
    await key('Enter');
    await view.page.locator('.details .facts').waitFor();
    await key('Control+f');
    await key('Control+g');
    await view.page.evaluate(axe);
    // The colour of line numbers is the theme's own, and faint in every editor.
    const faults = await view.page.evaluate(async () => {
      const { violations } = await (window as unknown as { axe: Checker }).axe.run({ exclude: ['.number'] });
      return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
    });
    assert.deepEqual(faults, []);
  });

  it('says what cannot be read, and shows an empty log', async () => {
    await view.open('noted');
    await view.page.getByText(/is cut off or damaged/).waitFor();
    await view.open('empty');
    assert.equal(await view.page.locator('.line').count(), 0);
    await key('End');
    await key('ArrowDown');
  });
});
