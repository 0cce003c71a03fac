import { strict as assert } from 'node:assert';
import { join } from 'node:path';
import { commands, extensions, type Tab, TabInputWebview, window, workspace } from 'vscode';
import { extensionId, timelineViewType } from '../../../src/vscode/contributions';

/** The request that the sample logs are about. */
export const showcaseId = '7c2d9f7b-18e7-4c7a-bf8c-4d83d13d9c01';

/** A file of the workspace, which is a copy of the sample logs. */
export function sampleLog(name: string): string {
  const [folder] = workspace.workspaceFolders ?? [];
  assert.ok(folder, 'the tests need the sample logs as their workspace');
  return join(folder.uri.fsPath, name);
}

export async function activateExtension(): Promise<void> {
  const extension = extensions.getExtension(extensionId);
  assert.ok(extension, `${extensionId} is not installed`);
  await extension.activate();
}

/** VS Code tells its extensions late what its tabs are: whoever waits for one has to ask again. */
export async function eventually<Answer>(
  what: string,
  ask: () => Promise<Answer | undefined> | Answer | undefined,
): Promise<Answer> {
  for (const deadline = Date.now() + 10_000; Date.now() < deadline; ) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  throw new Error(`Waited 10 s in vain: ${what}.`);
}

export const timelineTabs = (): Tab[] =>
  window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof TabInputWebview && input.viewType.endsWith(timelineViewType));

/** Asks until nothing is open: an unsaved text without a tab gets one from VS Code 800 ms later, in the midst of this. */
export async function closeAll(): Promise<void> {
  await eventually('no tab', async () => {
    await commands.executeCommand('workbench.action.closeAllEditors');
    return window.tabGroups.all.every(({ tabs }) => tabs.length === 0) ? true : undefined;
  });
}
