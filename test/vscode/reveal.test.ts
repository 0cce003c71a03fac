import { strict as assert } from 'node:assert';
import { closeSync, openSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { Header } from 'tar/header';
import { commands, Position, type TextEditor, Uri, ViewColumn, WorkspaceEdit, window, workspace } from 'vscode';
import type { LogEngine, RecordInsight } from '../../src/common/protocol/logEngine';
import { logScheme } from '../../src/vscode/contributions';
import { revealRecord } from '../../src/vscode/navigation/revealRecord';
import { CompressedLogs, compressedLogUri } from '../../src/vscode/sources/compressedLogs';
import { sourceOf } from '../../src/vscode/sources/logDocuments';
import { UserError } from '../../src/vscode/userError';
import { realEngine } from './support/engine';
import { activateExtension, closeAll, eventually, sampleLog } from './support/workspace';

/** An engine that finds every line as it was. */
const unchanged = {
  at: async ({ line }: { line: number }) =>
    ({
      record: { message: '', timestamp: 'now' },
      explain: { record: { firstLine: line }, fields: [] },
    }) as unknown as RecordInsight,
};

/** A tar of one member. */
function tarOf(path: string, text: string): Buffer {
  const header = Buffer.alloc(512);
  new Header({ path, size: text.length, mtime: new Date(0), type: 'File', mode: 0o644 }).encode(header, 0);
  return Buffer.concat([header, Buffer.from(text), Buffer.alloc(1536 - text.length)]);
}

describe('A record is shown', () => {
  /** What was shown in a log view; how it looks there is another test's. */
  const viewed: { source: string; offset: number | null; line: number | null }[] = [];
  const views = {
    reveal: async (source: string, place: { offset: number | null; line: number | null }) => {
      viewed.push({ source, ...place });
    },
  };
  const again = { title: 'Search Again', run: () => {} };
  const options = { preserveFocus: false, avoid: [] as ViewColumn[], again };
  const reveal = (
    source: string,
    line: number | null,
    { byteOffset, ...more }: { byteOffset?: number; avoid?: ViewColumn[] } = {},
  ) =>
    revealRecord(
      { source, line, message: '', timestamp: 'now', ids: [], ...(byteOffset === undefined ? {} : { byteOffset }) },
      { views, engine: unchanged },
      { ...options, ...more },
    );

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

  it('in a log view, where no text editor shows its log: packed, in an archive, or too large', async () => {
    const large = sampleLog('large.log');
    closeSync(openSync(large, 'w'));
    truncateSync(large, 51 * 1024 * 1024);
    const archive = sampleLog('packed.tar');
    writeFileSync(archive, tarOf('../one.log', 'first\nsecond\n'));
    const member = `${archive}!/../one.log`;
    viewed.length = 0;
    await reveal(sampleLog('api.log.1.gz'), 3, { byteOffset: 412 });
    await reveal(member, 2);
    await reveal(large, 1);
    assert.deepEqual(viewed, [
      { source: sampleLog('api.log.1.gz'), offset: 412, line: 3 },
      { source: member, offset: null, line: 2 },
      { source: large, offset: null, line: 1 },
    ]);
    rmSync(large);
  });

  it('of a compressed log as a document too, for whoever asks VS Code for its text', async () => {
    const packed = sampleLog('api.log.1.gz');
    const document = await workspace.openTextDocument(compressedLogUri(packed));
    assert.equal(document.uri.scheme, logScheme);
    assert.equal(document.getText(), gunzipSync(readFileSync(packed)).toString('utf8'));
    assert.equal(sourceOf(document), packed);
  });

  it('of a URL only where a search named it', async () => {
    const uri = compressedLogUri('http://127.0.0.1:9/app.log');
    await assert.rejects(new CompressedLogs().provideTextDocumentContent(uri), /Search again/);
  });

  it('not of what is no longer there, and says so', async () => {
    await assert.rejects(
      reveal(sampleLog('gone.log'), 1),
      error =>
        error instanceof UserError && /no longer there: .*gone\.log/.test(error.message) && error.actions[0] === again,
    );
    await assert.rejects(reveal(sampleLog('gone.log.gz'), 1), /no longer there/);
  });

  it('in an untitled text', async () => {
    const document = await workspace.openTextDocument({ content: 'one\ntwo\nthree\n' });
    await reveal(sourceOf(document), 2);
    assert.equal(active().document, document);
    assert.equal(active().selection.active.line, 1);
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  describe('of a log that has changed since it was read', () => {
    // VS Code holds on to a text for a while: each test has a file of its own.
    let count = 0;
    const file = () => sampleLog(`changing-${count}.log`);
    const id = 'ab12cd34-0000-4000-8000-00000000cafe';
    const text = (minute: number) =>
      `2026-03-02T10:0${minute}:00Z INFO [correlationId: ${id}, service: API] "step" ${minute}\n`;
    let engine: LogEngine;
    before(() => {
      engine = realEngine();
    });
    beforeEach(() => count++);
    afterEach(() => rmSync(file(), { force: true }));
    after(() => engine.dispose());

    const show = async () => {
      writeFileSync(file(), text(1) + text(2));
      await engine.setSources([{ kind: 'path', path: file() }]);
      const found = await engine.lookup({ text: id });
      assert.ok(found.kind === 'trace');
      const [, second] = await engine.records({ traceId: found.trace.traceId, from: 0, to: 2 });
      assert.ok(second);
      return () => revealRecord({ ...second, ids: found.trace.spellings }, { views, engine }, options);
    };

    it('where it stands now', async () => {
      const open = await show();
      await open();
      assert.equal(active().selection.active.line, 1);
      writeFileSync(file(), 'a line that was put before\n'.repeat(300) + text(1) + text(2));
      await eventually('the new text', () => (active().document.lineCount > 300 ? true : undefined));
      await open();
      assert.equal(active().selection.active.line, 301);
    });

    it('where it stands in what was not saved', async () => {
      const open = await show();
      await open();
      const edit = new WorkspaceEdit();
      edit.insert(Uri.file(file()), new Position(0, 0), 'one\ntwo\n');
      await workspace.applyEdit(edit);
      await open();
      assert.equal(active().selection.active.line, 3);
      await commands.executeCommand('workbench.action.files.revert');
    });

    it('not at another line, but with a remedy', async () => {
      const open = await show();
      await closeAll();
      writeFileSync(file(), text(3) + text(4) + text(5));
      await assert.rejects(
        open(),
        error => error instanceof UserError && /has changed/.test(error.message) && error.actions[0] === again,
      );
    });
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
