import { strict as assert } from 'node:assert';
import { closeSync, openSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { commands, TabInputCustom, Uri, window } from 'vscode';
import type { SourcePlace } from '../../src/common/protocol/logEngine';
import { compressedLogUri } from '../../src/vscode/compressedLogs';
import { logViewType } from '../../src/vscode/contributions';
import { LogViews, type LogViewsOptions } from '../../src/vscode/logViews';
import { activateExtension, closeAll, eventually, sampleLog } from './support/workspace';

/** What is in front as a log view: the URI it shows. */
const shown = (): Uri | undefined => {
  const input = window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof TabInputCustom && input.viewType === logViewType ? input.uri : undefined;
};

describe('The log view, in VS Code', () => {
  before(activateExtension);
  afterEach(closeAll);

  it('opens a file of 10 GB, which no text editor is asked to show', async () => {
    const file = sampleLog('huge.log');
    const line = '2026-03-02T10:00:00Z INFO [correlationId: 7c2d9f7b-18e7-4c7a-bf8c-4d83d13d9c01] far inside\n';
    const descriptor = openSync(file, 'w');
    truncateSync(file, 10_000_000_000);
    for (const at of [0, 5_000_000_000, 10_000_000_000 - line.length]) writeSync(descriptor, line, at);
    closeSync(descriptor);
    assert.equal(statSync(file).size, 10_000_000_000);
    await commands.executeCommand('vscode.openWith', Uri.file(file), logViewType);
    const uri = await eventually('the log view', shown);
    assert.equal(uri.fsPath, file);
    await closeAll();
    rmSync(file);
  });

  it('leaves what a text editor can show to it', async () => {
    await commands.executeCommand('vscode.open', Uri.file(sampleLog('worker1.log')));
    await eventually('a text editor', () => window.activeTextEditor);
    assert.equal(shown(), undefined);
  });

  it('asks no server for a URL that nobody searches', () => {
    const url = 'http://127.0.0.1:9/app.log';
    let places: SourcePlace[] = [];
    const unused = {} as LogViewsOptions;
    const views = new LogViews({ ...unused, places: { current: () => places } });
    const uri = compressedLogUri(url);
    assert.throws(() => views.openCustomDocument(uri), /Search again to see/);
    places = [{ kind: 'path', path: url }];
    assert.equal(views.openCustomDocument(uri).uri, uri);
    views.dispose();
  });

  it('opens a packed log at its own place on disk', async () => {
    const packed = sampleLog('view.log.gz');
    writeFileSync(packed, gzipSync(readFileSync(sampleLog('worker1.log'))));
    await commands.executeCommand('vscode.openWith', Uri.file(packed), logViewType);
    assert.equal((await eventually('the log view', shown)).fsPath, packed);
  });
});
