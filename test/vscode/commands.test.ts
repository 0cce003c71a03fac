import { strict as assert } from 'node:assert';
import { commands, env, extensions, Uri, window, workspace } from 'vscode';
import { commandIds, extensionId, linkCommandIds } from '../../src/vscode/contributions';
import { activateExtension, closeAll, eventually, sampleLog, showcaseId, timelineTabs } from './support/workspace';

describe('Commands', () => {
  before(activateExtension);
  afterEach(closeAll);

  it('are all there, and the extension is awake', async () => {
    const known = new Set(await commands.getCommands(true));
    for (const id of [...Object.values(commandIds), ...Object.values(linkCommandIds)]) assert.ok(known.has(id), id);
    assert.equal(extensions.getExtension(extensionId)?.isActive, true);
  });

  it('trace an ID that is given: its timeline opens', async () => {
    await commands.executeCommand(commandIds.trace, showcaseId);
    const tab = await eventually('a timeline', () => timelineTabs()[0]);
    assert.match(tab.label, /^7c2d9f7b-18e7-…\w+$/);
  });

  it('show the same timeline for the same ID, however it is pasted', async () => {
    await commands.executeCommand(commandIds.trace, showcaseId);
    await commands.executeCommand(commandIds.trace, `X-Correlation-Id: ${showcaseId}`);
    await eventually('a timeline', () => timelineTabs()[0]);
    await eventually('one timeline', () => (timelineTabs().length === 1 ? true : undefined));
  });

  it('open the timeline beside the log and leave the log where it is', async () => {
    await window.showTextDocument(await openLog('worker1.log'));
    await commands.executeCommand(commandIds.trace, showcaseId);
    const tab = await eventually('a timeline', () => timelineTabs()[0]);
    assert.equal(tab.group.viewColumn, 2);
    assert.equal(window.visibleTextEditors.length, 1);
  });

  it('clear the index, and search as before', async () => {
    await commands.executeCommand(commandIds.trace, showcaseId);
    await eventually('a timeline', () => timelineTabs()[0]);
    await commands.executeCommand(commandIds.clearIndex);
    await commands.executeCommand(commandIds.trace, showcaseId);
    assert.equal(timelineTabs().length, 1);
  });

  it('copy the timeline that is in front, as a list and as Markdown', async () => {
    await commands.executeCommand(commandIds.trace, showcaseId);
    await eventually('an active timeline', () => timelineTabs().find(({ isActive }) => isActive));
    await commands.executeCommand(commandIds.copyAsList);
    const list = await eventually('a list', async () => {
      const text = await env.clipboard.readText();
      return /^Step 1\b/m.test(text) ? text : undefined;
    });
    assert.match(list, /^Step \d+\s+LLM Inference\s+8\.4s$/m);
    await commands.executeCommand(commandIds.copyAsMarkdown);
    await eventually('Markdown', async () => ((await env.clipboard.readText()).includes('|') ? true : undefined));
  });
});

const openLog = (name: string) => workspace.openTextDocument(Uri.file(sampleLog(name)));
