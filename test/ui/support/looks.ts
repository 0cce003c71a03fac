import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { findDefects } from '../timelinePage/defects';
import { until } from './poll';
import type { Workbench } from './workbench';

const themes = ['Dark Modern', 'Light Modern', 'Default High Contrast Light', 'Default High Contrast'];
const widths = [1600, 800, 320];

/**
 * Shows a timeline in four themes and three widths, and fails where text is cut or covered. Nothing but a window that is
 * resized, and themes that are switched in it. With THROUGHLINE_PICTURES set each is kept as a picture.
 */
export class Looks {
  private readonly workbench: Workbench;
  /** Forth and back: what is on show stays for the first one, and a resize or a theme less is waited for. */
  private order = themes;

  constructor(workbench: Workbench) {
    this.workbench = workbench;
  }

  /** @param name of the pictures @param frame the page of the timeline, which fills the window */
  async check(name: string, frame: Frame): Promise<void> {
    const found: string[] = [];
    // Nothing is under it there.
    await this.workbench.page.mouse.move(0, 0);
    // What VS Code has beside its editors.
    const beside = this.workbench.page.viewportSize()!.width - (await frame.evaluate(() => innerWidth));
    let sizes = widths;
    for (const theme of this.order) {
      await this.workbench.setTheme(theme);
      for (const width of sizes) {
        await this.workbench.page.setViewportSize({ width: width + beside, height: width === 320 ? 720 : 900 });
        await settled(frame, { theme, width });
        const defects = await lasting(frame);
        found.push(...defects.map(defect => `${theme}, ${width} px: ${defect}`));
        await this.workbench.screenshot(`scenario-${name}-${theme.toLowerCase().replaceAll(' ', '-')}-${width}`);
      }
      sizes = sizes.toReversed();
    }
    this.order = this.order.toReversed();
    assert.deepEqual(found, []);
  }
}

/** Until the page has the theme and the width, and has drawn itself by them. */
function settled(frame: Frame, wanted: { theme: string; width: number }): Promise<void> {
  return frame.evaluate(
    ({ theme, width }) =>
      new Promise<void>((resolve, reject) => {
        const until = performance.now() + 30_000;
        let still = 0;
        const look = () => {
          const { vscodeThemeId } = document.body.dataset;
          still = vscodeThemeId === theme && innerWidth === width ? still + 1 : 0;
          if (still === 4) resolve();
          else if (performance.now() > until)
            reject(new Error(`${vscodeThemeId} at ${innerWidth} px in place of ${theme} at ${width} px`));
          else requestAnimationFrame(look);
        };
        look();
      }),
    wanted,
  );
}

/** What is wrong at one moment may be on its way: a defect is what stays. */
async function lasting(frame: Frame): Promise<string[]> {
  let defects: string[] = [];
  const none = async () => {
    defects = await frame.evaluate(findDefects);
    return defects.length === 0;
  };
  await until('no defect', none, 1).catch(() => undefined);
  return defects;
}
