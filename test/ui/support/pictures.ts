import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import { resultsDir } from '../../host/paths';
import { type ThemeName, themes } from '../timelinePage/pageServer';

/** With THROUGHLINE_PICTURES set, pictures are kept in test-results/screenshots/, to be looked at. No check needs them. */
export const takesPictures = Boolean(process.env.THROUGHLINE_PICTURES);

/**
 * Themes in which texts are tried for room. Themes of a kind differ by colours alone, which take none; the borders of
 * high contrast do. Contrast is tried in every theme.
 */
export const layoutThemes: readonly ThemeName[] = takesPictures
  ? (Object.keys(themes) as ThemeName[])
  : ['dark', 'hc-light'];

/** @param name of the file, folders before it, without its ending */
export async function keepPicture(page: Page, name: string): Promise<string> {
  const path = join(resultsDir, 'screenshots', `${name}.png`);
  mkdirSync(dirname(path), { recursive: true });
  await page.screenshot({ path, animations: 'disabled', timeout: 40_000 });
  return path;
}

/** Until nothing has changed for some frames: for longer than the page lets a key or a new size rest (40 ms). */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    let still = 0;
    const changes = new MutationObserver(() => {
      still = 0;
    });
    changes.observe(document, { attributes: true, characterData: true, childList: true, subtree: true });
    for (; still < 5; still++) await new Promise(resolve => requestAnimationFrame(resolve));
    changes.disconnect();
  });
}
