import { strict as assert } from 'node:assert';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import { commands, type TextEditor, ViewColumn, window, workspace } from 'vscode';
import { CompressedLogs } from '../../src/vscode/compressedLogs';
import { logScheme } from '../../src/vscode/contributions';
import { sourceOf } from '../../src/vscode/logDocuments';
import { revealRecord } from '../../src/vscode/revealRecord';
import { activateExtension, closeAll, sampleLog } from './support/workspace';

describe('A record is shown', () => {
  const logs = new CompressedLogs();
  const options = { preserveFocus: false, avoid: [] as ViewColumn[] };
  const reveal = (source: string, line: number | null, more = {}) =>
    revealRecord({ source, line }, logs, { ...options, ...more });

  before(activateExtension);
  afterEach(closeAll);

  it('at its very line, in a preview tab', async () => {
    await reveal(sampleLog('worker1.log'), 103);
    const editor = active();
    assert.equal(editor.selection.active.line, 102);
    assert.ok(editor.visibleRanges.some(range => range.contains(editor.selection.active)));
    assert.equal(window.tabGroups.activeTabGroup.activeTab?.isPreview, true);
  });

  it('in a column that is not the timeline’s', async () => {
    await reveal(sampleLog('worker2.log'), 3, { avoid: [ViewColumn.One] });
    assert.notEqual(active().viewColumn, ViewColumn.One);
  });

  it('where its log is on show already', async () => {
    await reveal(sampleLog('worker1.log'), 1);
    await window.showTextDocument(await workspace.openTextDocument(sampleLog('worker3.log')), ViewColumn.Two);
    await reveal(sampleLog('worker1.log'), 5);
    assert.equal(active().viewColumn, ViewColumn.One);
  });

  it('inside a compressed log, read-only', async () => {
    await reveal(sampleLog('api.log.1.gz'), 3);
    const { document, selection } = active();
    assert.equal(document.uri.scheme, logScheme);
    assert.equal(selection.active.line, 2);
    assert.equal(document.getText(), gunzipSync(readFileSync(sampleLog('api.log.1.gz'))).toString('utf8'));
    assert.equal(sourceOf(document), sampleLog('api.log.1.gz'));
  });

  it('as far as it goes in a compressed log that was cut off', async () => {
    const cut = sampleLog('cut.log.gz');
    writeFileSync(cut, readFileSync(sampleLog('api.log.1.gz')).subarray(0, 900));
    await reveal(cut, 1);
    assert.match(active().document.getText(), /^\{"timestamp"/);
  });

  it('not of a compressed log that is too large, and says why', async () => {
    const bomb = sampleLog('bomb.log.gz');
    writeFileSync(bomb, gzipSync(Buffer.alloc(51 * 1024 * 1024, 'a')));
    await assert.rejects(reveal(bomb, 1), /bomb\.log\.gz has more than 50 MB/);
  });

  it('not of what is no gzip or no longer there, and says so', async () => {
    const fake = sampleLog('fake.log.gz');
    copyFileSync(sampleLog('worker1.log'), fake);
    await assert.rejects(reveal(fake, 1), /no valid gzip file/);
    await assert.rejects(reveal(sampleLog('gone.log'), 1), /no longer there: .*gone\.log/);
    await assert.rejects(reveal(sampleLog('gone.log.gz'), 1), /no longer there/);
  });

  it('in an untitled text', async () => {
    const document = await workspace.openTextDocument({ content: 'one\ntwo\nthree\n' });
    await reveal(sourceOf(document), 2);
    assert.equal(active().document, document);
    assert.equal(active().selection.active.line, 1);
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('at the last line, where its line is gone', async () => {
    await reveal(sampleLog('seed-example.log'), 10_000);
    assert.equal(active().selection.active.line, active().document.lineCount - 1);
  });
});

function active(): TextEditor {
  assert.ok(window.activeTextEditor);
  return window.activeTextEditor;
}
