/**
 * Takes the README's pictures anew, of the packaged extension in a real VS Code with the sample logs, into
 * media/pictures. Run: `npm run package && npm run pictures`, and look at them before they are committed.
 */
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repoRoot, tempDir } from '../host/paths';
import { until } from './support/poll';
import { smallPng } from './support/smallPng';
import { openWorkbench, type Workbench } from './support/workbench';

const sampleId = '7c2d9f7b-18e7-4c7a-bf8c-4d83d13d9c01';

async function take({ page }: Workbench, name: string): Promise<void> {
  await page.mouse.move(0, 0);
  await page.waitForTimeout(1500);
  const png = await page.screenshot({ animations: 'disabled' });
  writeFileSync(join(repoRoot, 'media', 'pictures', `${name}.png`), smallPng(png));
}

const timelineOf = (workbench: Workbench) => workbench.webviewFrame('[role=treegrid] .row[aria-busy=false]');

const workspaceFolder = join(tempDir('pictures'), 'sample-logs');
cpSync(join(repoRoot, 'media', 'sample-logs'), workspaceFolder, { recursive: true });
const workbench = await openWorkbench({
  workspaceFolder,
  viewport: { width: 1440, height: 980 },
  settings: {
    'workbench.secondarySideBar.defaultVisibility': 'hidden',
    'editor.minimap.enabled': false,
    'editor.wordWrap': 'on',
    'breadcrumbs.enabled': false,
  },
});
try {
  await workbench.runCommand('View: Close Primary Side Bar');
  await workbench.trace(sampleId);
  const timeline = await timelineOf(workbench);
  await timeline.locator('.canvas .row', { hasText: 'LLM Inference' }).first().click();
  await workbench.editor.waitForTab('worker1.log');
  await timeline.locator('.record', { hasText: 'worker1.log:103' }).click();
  await take(workbench, 'timeline');

  await workbench.runCommand('View: Close All Editors');
  await workbench.runCommand('Throughline: Focus on Traces View');
  const traces = await workbench.webviewFrame('.query');
  await until('the whole list', async () => /\d+\straces/.test(await traces.locator('.summary').innerText()));
  await traces
    .locator('.canvas .row', { hasText: sampleId.slice(0, 12) })
    .first()
    .dblclick();
  const beside = await timelineOf(workbench);
  await beside.locator('.canvas .row', { hasText: 'LLM Inference' }).first().waitFor();
  await take(workbench, 'traces');

  await workbench.runCommand('View: Close All Editors');
  await workbench.runCommand('View: Close Primary Side Bar');
  await workbench.runCommand('Throughline: How Are My Logs Read?');
  const reading = await workbench.webviewFrame('.source');
  const source = reading.locator('.source', { hasText: 'worker2.log' });
  await source.locator('summary').first().click();
  await source.locator('.sample').first().waitFor();
  await take(workbench, 'reading');
} finally {
  await workbench.dispose();
}
