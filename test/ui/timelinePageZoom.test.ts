import assert from 'node:assert/strict';
import { PageUnderTest } from './timelinePage/pageUnderTest';

describe('The timeline page, zoomed', function () {
  this.timeout(60_000);
  const timeline = new PageUnderTest();
  const plain = (text: string) => text.replaceAll('\u00a0', ' ');
  const shown = async () => plain(await timeline.page.locator('.overview-shown').innerText());
  const shows = async (text: RegExp) => {
    const until = Date.now() + 5_000;
    while (!text.test(await shown()) && Date.now() < until) await timeline.page.waitForTimeout(20);
    assert.match(await shown(), text);
  };
  const axis = async () => (await timeline.page.locator('.tick').allInnerTexts()).map(plain);
  const plot = async () => (await timeline.page.locator('.overview-plot').boundingBox())!;
  const slider = (name: string) => timeline.page.getByRole('slider', { name, exact: true });
  const reset = () => timeline.page.getByRole('button', { name: 'Reset Zoom' });
  const drag = async (from: number, to: number, y = 20) => {
    const { x, y: top, width } = await plot();
    await timeline.page.mouse.move(x + from * width, top + y);
    await timeline.page.mouse.down();
    await timeline.page.mouse.move(x + ((from + to) / 2) * width, top + y);
    await timeline.page.mouse.move(x + to * width, top + y);
    await timeline.page.mouse.up();
  };
  const window = async () => {
    const values = ['Start of the time shown', 'End of the time shown'].map(name =>
      slider(name).getAttribute('aria-valuenow'),
    );
    const [from, to] = (await Promise.all(values)).map(Number);
    return { from: from!, to: to! };
  };

  it('is zoomed by a drag across the overview, and back by its button', async () => {
    await timeline.open('showcase');
    assert.equal(await shown(), 'All 12.10 s: 0 – 12.10 s');
    assert.equal(await reset().count(), 0);
    await drag(0.25, 0.5);
    await shows(/^3\.0\d* s – 6\.0\d* s: 3\.0\d s of 12\.10 s$/);
    const { from, to } = await window();
    assert.ok(Math.abs(from - 3025) < 25 && Math.abs(to - 6050) < 25, `${from} – ${to}`);
    assert.deepEqual((await axis()).slice(0, 2), ['3.5 s', '4.0 s']);
    await timeline.row(1).click();
    await timeline.screenshot('zoom-dragged-dark-1600');
    await reset().click();
    await shows(/^All 12\.10 s/);
  });
});
