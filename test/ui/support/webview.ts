import type { Frame, Page } from 'playwright-core';
import { until } from './poll';

/**
 * The document inside the webview that is shown and has this element. It is found by its content, for its name and
 * address say nothing; a webview in a hidden tab stays in the page and is left out.
 */
export function webviewFrame(page: Page, selector: string): Promise<Frame> {
  return until(`a webview with "${selector}"`, async () => {
    for (const frame of page.frames()) {
      if ((await holds(frame, selector)) && (await isShown(frame))) return frame;
    }
    return undefined;
  });
}

async function holds(frame: Frame, selector: string): Promise<boolean> {
  if (frame.parentFrame() === null) return false;
  return frame.evaluate(wanted => document.querySelector(wanted) !== null, selector).catch(() => false);
}

/** VS Code puts the document into two frames, one in the other; the outer one stands in the workbench. */
async function isShown(frame: Frame): Promise<boolean> {
  const outer = await frame.parentFrame()?.frameElement();
  return (await outer?.isVisible()) ?? false;
}
