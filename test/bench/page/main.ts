/**
 * The timeline's page in a browser, with 10,000 and 100,000 steps: script, style and layout of each frame while it is
 * scrolled and zoomed (aim: 99 % of frames within 8 ms), the first paint (within 1.5 s), rows in the page (at most 60)
 * and its memory. The extension's stand-in runs in the page as well: its share is taken off where it can be.
 *
 * Run: `npm run bench:page [-- 10000 [scrolling panning …]]`. Wall times hold for a machine that does nothing else; CPU times nearly always.
 */
import type { Browser, CDPSession, Page } from 'playwright-core';
import { launchBrowser } from '../../host/browser';
import { type PageServer, servePage } from '../../ui/timelinePage/pageServer';
import { median, most, quantile } from '../statistics';
import { type Frame, framesOf } from './frames';

const fixtures = { '10000': 'large', '100000': 'huge' };
const asked = process.argv.slice(2);
const turns = 200;

/** Of sizes, or of actions, all where none is asked for. */
function isWanted(name: string, all: object): boolean {
  const some = asked.filter(one => one in all);
  return some.length === 0 || some.includes(name);
}

async function measure(server: PageServer, browser: Browser, show: string): Promise<void> {
  const alone = await heapOfStandIn(server, browser, show);
  const page = await browser.newPage({ viewport: { width: 1600, height: 900 } });
  const session = await page.context().newCDPSession(page);
  await page.addInitScript(notePaint);
  await page.goto(server.url(show));
  await page.locator('.canvas .row[aria-busy=false]').first().waitFor();
  await page.locator('.overview-busy').waitFor();
  const { asked, painted } = await page.evaluate(() => window.firstPaint);
  console.log(`  first paint of rows and bars ${(painted - asked).toFixed(0)} ms after the page's script began`);
  const rows = await page.locator('.canvas .row').count();
  const { nodes, heap } = await heapOf(session);
  console.log(`  ${rows} rows, ${nodes} nodes; ${((heap - alone) / 1e6).toFixed(1)} MB of heap beside the stand-in's`);

  const time = (await page.locator('.canvas .row').nth(5).locator('.cell.time').boundingBox())!;
  await page.mouse.move(time.x + time.width / 3, time.y + 10);
  for (const [what, action] of Object.entries(actions)) {
    if (!isWanted(what, actions)) continue;
    await action(page, 20);
    report(what, await framesOf(session, () => action(page, turns)));
  }
  const after = await heapOf(session);
  console.log(`  ${((after.heap - alone) / 1e6).toFixed(1)} MB of heap after all of that`);
  await page.close();
}

const frame = (page: Page) => page.evaluate(() => new Promise(drawn => requestAnimationFrame(drawn)));

/** Real input, one turn to a frame: nobody turns a wheel or repeats a key faster. */
async function wheel(page: Page, turns: number, by: (turn: number) => number): Promise<void> {
  for (let turn = 0; turn < turns; turn++) {
    await page.mouse.wheel(0, by(turn));
    await frame(page);
  }
}

async function keys(page: Page, turns: number, key: (turn: number) => string): Promise<void> {
  for (let turn = 0; turn < turns; turn++) {
    await page.keyboard.press(key(turn));
    await frame(page);
  }
}

const actions: Record<string, (page: Page, turns: number) => Promise<void>> = {
  // A notch of the wheel a frame.
  scrolling: (page, turns) => wheel(page, turns, () => 120),
  rushing: (page, turns) => wheel(page, turns, () => 260),
  leaping: (page, turns) => wheel(page, turns, turn => (turn % 20 < 15 ? 5_000 : -5_000)),
  zooming: async (page, turns) => {
    await page.keyboard.down('Control');
    await wheel(page, turns, turn => (turn % 50 < 25 ? -30 : 30));
    await page.keyboard.up('Control');
  },
  panning: async (page, turns) => {
    await keys(page, 3, () => 'w');
    await keys(page, turns, turn => (turn % 40 < 20 ? 'd' : 'a'));
    await keys(page, 1, () => '0');
  },
  selecting: async (page, turns) => {
    await page.locator('.canvas .row[tabindex="0"]').focus();
    await keys(page, turns, () => 'ArrowDown');
  },
};

function report(what: string, frames: readonly Frame[]): void {
  const line = (values: readonly number[]) =>
    `median ${median(values).toFixed(1)}, p99 ${quantile(values, 0.99).toFixed(1)}, most ${most(values).toFixed(1)} ms`;
  const [cpu, wall] = [frames.map(({ cpu }) => cpu), frames.map(({ wall }) => wall)];
  const garbage = frames.map(({ garbage }) => garbage);
  console.log(
    `  ${what.padEnd(9)} ${String(frames.length).padStart(4)} frames: CPU ${line(cpu)}; wall ${line(wall)}; garbage p99 ${quantile(garbage, 0.99).toFixed(1)} ms of CPU`,
  );
}

interface FirstPaint {
  /** Both in ms since the navigation began. */
  asked: number;
  painted: number;
}

declare global {
  interface Window {
    firstPaint: FirstPaint;
  }
}

/** In the page: when its script runs, and when the first frame with a loaded row and its bar has been drawn. */
function notePaint(): void {
  window.firstPaint = { asked: 0, painted: 0 };
  const observer = new MutationObserver(() => {
    const noted = window.firstPaint;
    // The stand-in has made its trace by then; what follows is what the extension's page does, too.
    if (noted.asked === 0 && document.querySelector('#page')?.firstElementChild) noted.asked = performance.now();
    if (!document.querySelector('.canvas .row[aria-busy=false] .box')) return;
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => (noted.painted = performance.now())));
  });
  observer.observe(document, { childList: true, subtree: true, attributes: true });
}

async function heapOfStandIn(server: PageServer, browser: Browser, show: string): Promise<number> {
  const page = await browser.newPage();
  await page.route('**/main.js', route => route.abort());
  await page.goto(server.url(show));
  const { heap } = await heapOf(await page.context().newCDPSession(page));
  await page.close();
  return heap;
}

async function heapOf(session: CDPSession): Promise<{ heap: number; nodes: number }> {
  await session.send('HeapProfiler.enable');
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  const { nodes } = await session.send('Memory.getDOMCounters');
  return { heap: usedSize, nodes };
}

const [server, browser] = await Promise.all([servePage(), launchBrowser()]);
for (const [steps, show] of Object.entries(fixtures)) {
  if (!isWanted(steps, fixtures)) continue;
  console.log(`\n${Number(steps).toLocaleString('en')} steps`);
  await measure(server, browser, show);
}
await browser.close();
server.close();
