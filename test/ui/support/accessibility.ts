import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import type { ThemeName } from '../timelinePage/pageServer';

const script = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

declare global {
  interface Window {
    axe: { run(context: Document, options: object): Promise<AxeResults> };
  }
}

/**
 * Fails on anything that axe-core calls serious or critical, and says where. The rest is printed.
 * @param theme all but one have only their contrast tried, since nothing else is of a theme
 */
export async function assertAccessible(page: Page, what: string, theme: ThemeName = 'dark'): Promise<void> {
  // Not as a script of the page: its policy lets none in.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(script);
  const rules = theme === 'dark' ? {} : { runOnly: { type: 'rule', values: ['color-contrast'] } };
  const violations = await page.evaluate(async rules => {
    const { violations } = await window.axe.run(document, { ...rules, resultTypes: ['violations'], preload: false });
    return violations.map(({ id, impact, nodes }) => ({
      id,
      impact: impact ?? 'minor',
      nodes: nodes.slice(0, 5).map(({ target, failureSummary }) => `${target.join(' ')}: ${failureSummary}`),
    }));
  }, rules);
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  for (const { id, impact, nodes } of violations) {
    if (impact === 'minor' || impact === 'moderate') console.log(`      ${what}: ${impact} ${id} at ${nodes[0]}`);
  }
  assert.deepEqual(grave, [], what);
}
