import { strict as assert } from 'node:assert';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commands, env, Uri } from 'vscode';
import { commandIds } from '../../src/vscode/contributions';
import type { ShowManner } from '../../src/vscode/timelines';
import { traceInFolder } from '../../src/vscode/traceInFolder';
import { activateExtension, closeAll, eventually, sampleLog, showcaseId, timelineTabs } from './support/workspace';

describe('Tracing in a folder', () => {
  const folder = sampleLog('only-here');
  const file = join(folder, 'part.txt');

  before(async () => {
    await activateExtension();
    mkdirSync(folder);
    writeFileSync(file, `2026-03-04T10:15:00.100Z INFO [orders] [correlationId=${showcaseId}] begun\n`);
    await env.clipboard.writeText(`see ${showcaseId} please`);
  });
  after(async () => {
    await closeAll();
    rmSync(folder, { recursive: true });
  });

  /** What is searched once the offered text is accepted. */
  async function accepted(...args: unknown[]): Promise<{ text: string; manner: ShowManner }[]> {
    const shown: { text: string; manner: ShowManner }[] = [];
    const show = async (text: string, manner: ShowManner) => void shown.push({ text, manner });
    let done = false;
    const running = traceInFolder(show, args).finally(() => {
      done = true;
    });
    running.catch(() => undefined);
    for (let tries = 0; tries < 100 && !done; tries++) {
      await commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      await new Promise(resolve => setTimeout(resolve, 50));
    }
    await running;
    return shown;
  }

  it('searches the folder alone, for the ID of the clipboard unless another one is typed', async () => {
    const expected = [{ text: showcaseId, manner: { within: { name: 'only-here', folders: [folder] } } }];
    assert.deepEqual(await accepted(Uri.file(folder)), expected);
    assert.deepEqual(
      await accepted(Uri.file(file), [Uri.file(file), Uri.file(folder)]),
      expected,
      'of a file its folder',
    );
  });

  it('refuses what is no folder of this machine', async () => {
    for (const args of [[], ['x'], [Uri.parse('https://x.test/a')]])
      await assert.rejects(accepted(...args), /this machine only/);
  });

  it('has a timeline of its own beside that of all logs', async () => {
    await commands.executeCommand(commandIds.trace, showcaseId);
    const running = commands.executeCommand(commandIds.traceInFolder, Uri.file(folder));
    await eventually('the timeline', async () => {
      await commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return timelineTabs().find(({ label }) => label.endsWith(' in only-here'));
    });
    await running;
    assert.equal(timelineTabs().length, 2);
  });
});
