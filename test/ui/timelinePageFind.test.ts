import assert from 'node:assert/strict';
import { PageUnderTest } from './timelinePage/pageUnderTest';

describe('Find in the timeline page', function () {
  this.timeout(60_000);
  const timeline = new PageUnderTest();
  const box = () => timeline.page.getByRole('textbox', { name: 'Find steps' });
  const says = (text: string) => timeline.page.locator('.find-count', { hasText: text }).waitFor();
  const press = (key: string) => timeline.page.keyboard.press(key);
  const focused = (index: string) =>
    timeline.page.waitForFunction(at => document.activeElement?.getAttribute('data-index') === at, index);
  /** Rows are marked a moment after the box has changed. */
  const marked = (count: number) =>
    timeline.page.waitForFunction(wanted => document.querySelectorAll('.canvas .row.hit').length === wanted, count);

  it('opens by Ctrl+F and /, counts, goes on and back, and gives the focus back to the rows', async () => {
    await timeline.open('showcase');
    await press('Control+f');
    await box().pressSequentially('context');
    await says('1 of 3');
    await timeline.selected(0);
    await marked(3);
    await press('Enter');
    await timeline.selected(2);
    await says('2 of 3');
    await press('F3');
    await timeline.selected(5);
    await press('Enter');
    await timeline.selected(0);
    await press('Shift+Enter');
    await timeline.selected(5);
    await press('Shift+F3');
    await timeline.selected(2);
    await press('Escape');
    await box().waitFor({ state: 'detached' });
    await focused('2');
    await marked(0);
    await press('/');
    await box().waitFor();
    assert.equal(await box().inputValue(), 'context');
    await timeline.page.waitForFunction(() => document.activeElement?.tagName === 'INPUT');
  });

  it('understands the query grammar, and says what is wrong with a query and what would be right', async () => {
    await timeline.open('showcase');
    await press('/');
    await box().fill('stat');
    await timeline.page.getByText('Fields: status = failed').waitFor();
    await box().fill('service = Worker1 and duration > 1s or error');
    await says('1 of 2');
    await timeline.selected(1);
    await press('Enter');
    await timeline.selected(4);
    await box().fill('status = broken');
    const problem = timeline.page.getByRole('alert');
    await problem.waitFor();
    assert.match(await problem.innerText(), /is no status: ok, failed[\s\S]*For example: status = failed/);
    assert.equal(await box().getAttribute('aria-invalid'), 'true');
    await timeline.selected(4);
    await box().fill('inferance');
    await timeline.page.getByText('No step holds this text. These are similar.').waitFor();
    await timeline.selected(1);
    await box().fill('nothing like that');
    await says('No results');
    await timeline.selected(1);
  });

  it('hides what does not match but not what it hangs on, and selects the right steps all the same', async () => {
    await timeline.open('large');
    await press('Control+f');
    await box().fill('error');
    await says('1 of 10');
    await timeline.selected(996);
    await timeline.page.getByRole('button', { name: 'Hide What Does Not Match' }).click();
    await timeline.page.waitForFunction(
      () => Number(document.querySelector('.grid')?.getAttribute('aria-rowcount')) < 30,
    );
    const labels = () => timeline.page.locator('.canvas .row[aria-busy=false] .label').allInnerTexts();
    await timeline.page.locator('.canvas .row[aria-busy=false]').first().waitFor();
    const rows = await labels();
    assert.ok(rows.length > 10 && rows.length < 30, `${rows.length} rows: the hits and their parents`);
    assert.ok(rows.includes('Plan the next action'), 'the parent of a failed tool');
    const hit = timeline.page.locator('.canvas .row.hit').nth(2);
    const label = await hit.locator('.label').innerText();
    await hit.click();
    await says('3 of 10');
    await timeline.page.locator('.details h2', { hasText: label }).waitFor();
    assert.deepEqual((await timeline.calls('openRecord', 1)).at(-1), {
      traceId: 'trace-1',
      key: `k${996 + 2 * 997}`,
      record: 0,
      preview: true,
    });
    await press('Escape');
    await timeline.selected(996 + 2 * 997);
    await focused(String(996 + 2 * 997));
  });

  it('goes to the next error and along the critical path by letters, which the box takes as text', async () => {
    await timeline.open('showcase');
    await timeline.row(0).focus();
    await press('e');
    await timeline.selected(4);
    await focused('4');
    const error = { traceId: 'trace-1', key: 's4b', record: 3, preview: true };
    assert.deepEqual(await timeline.calls('openRecord', 1), [error], 'its line is shown, as by a click');
    await press('p');
    await timeline.selected(5);
    await press('Shift+P');
    await timeline.selected(3);
    await press('Shift+E');
    await timeline.selected(4);
    await press('/');
    await box().pressSequentially('pe');
    assert.equal(await box().inputValue(), 'pe');
    await timeline.open('untimed');
    await press('p');
    await timeline.page.getByText('No step is on a critical path').waitFor();
  });

  it('marks the text that was found, in names and services, and a whole name where it is elsewhere', async () => {
    const marks = () =>
      timeline.page
        .locator('.canvas .row.hit')
        .evaluateAll(rows => rows.map(row => [...row.querySelectorAll('.match')].map(match => match.textContent)));
    await timeline.open('showcase');
    await press('/');
    await box().fill('context man');
    await says('1 of 3');
    await marked(3);
    assert.deepEqual(
      await marks(),
      Array.from({ length: 3 }, () => ['Context', 'Man']),
    );
    await box().fill('service = worker2 or fetch');
    await says('1 of 2');
    await marked(2);
    assert.deepEqual(await marks(), [['Worker2'], ['fetch']]);
    await box().fill('duration > 5s');
    await says('1 of 1');
    await marked(1);
    assert.deepEqual(await marks(), [['LLM Inference']]);
    const { width } = (await timeline.page.locator('.canvas .match').boundingBox())!;
    assert.ok(width > 60, `${width} px`);
  });

  for (const theme of ['dark', 'light', 'hc-dark', 'hc-light'] as const) {
    it(`tells the current match from the others, as the editor does, ${theme}`, async () => {
      await timeline.open('showcase', theme);
      await press('/');
      await box().fill('tool');
      await says('1 of 2');
      await marked(2);
      const looks = (row: string) =>
        timeline.page.locator(`.canvas .row.hit${row} .match`).evaluate(label => {
          const { backgroundColor, outlineStyle, color } = getComputedStyle(label);
          return { backgroundColor, outlineStyle, color };
        });
      const [current, other] = [await looks('.selected'), await looks(':not(.selected)')];
      const wanted = await timeline.page.evaluate(() => {
        const probe = document.body.appendChild(document.createElement('p'));
        return ['findMatchBackground', 'findMatchHighlightBackground'].map(name => {
          probe.style.backgroundColor = `var(--vscode-editor-${name}, transparent)`;
          return getComputedStyle(probe).backgroundColor;
        });
      });
      assert.deepEqual([current.backgroundColor, other.backgroundColor], wanted);
      assert.notDeepEqual(current, other);
      const plain = await timeline.page.evaluate(() => getComputedStyle(document.body).color);
      const clearest = { dark: 'rgb(255, 255, 255)', light: 'rgb(0, 0, 0)', 'hc-dark': plain, 'hc-light': plain };
      assert.deepEqual([current.color, other.color], [clearest[theme], plain]);
      await timeline.screenshot(`find-current-${theme}`);
    });
  }

  it('shows hits and what is switched on where the system forces its colours', async () => {
    await timeline.page.emulateMedia({ forcedColors: 'active' });
    await timeline.open('showcase', 'hc-dark');
    await press('/');
    await box().fill('tool');
    await says('1 of 2');
    const hide = timeline.page.getByRole('button', { name: 'Hide What Does Not Match' });
    const outline = (at: typeof hide) => at.evaluate(element => getComputedStyle(element).outlineStyle);
    const ground = () => hide.evaluate(element => getComputedStyle(element).backgroundColor);
    const highlight = await timeline.page.evaluate(() => {
      document.body.style.outlineColor = 'Highlight';
      return getComputedStyle(document.body).outlineColor;
    });
    assert.notEqual(await ground(), highlight);
    await hide.click();
    await timeline.row(3).waitFor({ state: 'detached' });
    assert.equal(await ground(), highlight);
    assert.equal(await outline(timeline.page.locator('.row.hit .match').last()), 'dashed');
    await timeline.page.getByRole('tab', { name: 'All Records' }).click();
    await timeline.screenshot('find-forced-colours-1600');
  });

  it('stands as it was after a reload', async () => {
    await timeline.open('showcase');
    await press('/');
    await box().fill('tool');
    await says('1 of 2');
    await timeline.page.getByRole('button', { name: 'Hide What Does Not Match' }).click();
    await timeline.row(3).waitFor({ state: 'detached' });
    await timeline.page.waitForTimeout(300);
    await timeline.page.reload();
    await says('1 of 2');
    assert.deepEqual(await timeline.page.locator('.canvas .row .label').allInnerTexts(), [
      'Context Management',
      'Tool: search',
      'Tool: fetch',
    ]);
  });

  it('keeps hostile text as text', async () => {
    await timeline.open('hostile');
    await press('/');
    await box().fill('"<img src=x onerror" and nosuch = "<b>x</b>"');
    await timeline.page.getByRole('alert').waitFor();
    assert.equal(await timeline.page.locator('main img, main b, main script').count(), 0);
  });
});
