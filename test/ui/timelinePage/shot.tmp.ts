import { launchBrowser } from '../../host/browser';
import { servePage } from './pageServer';

const [, , ...specs] = process.argv; // show:theme:width:height[:select]
const server = await servePage();
const browser = await launchBrowser();
for (const spec of specs) {
  const [show, theme, w, h, sel] = spec.split(':');
  const page = await browser.newPage({ viewport: { width: Number(w), height: Number(h ?? 700) } });
  page.on('console', m => console.log('console', m.type(), m.text()));
  page.on('pageerror', e => console.log('pageerror', e.message));
  await page.goto(server.url(show!, theme as never));
  await page.waitForTimeout(500);
  if (sel === 'notes') await page.locator('.notes-button').click();
  else if (sel) {
    await page.locator(`.canvas .row >> nth=${sel}`).click();
  }
  await page.waitForTimeout(400);
  await page.screenshot({ path: `/tmp/shots/${show}-${theme}-${w}${sel ? '-' + sel : ''}.png` });
  await page.close();
}
await browser.close();
server.close();
