import { strict as assert } from 'node:assert';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { commands, type DocumentLink, type TextDocument, type TextEditor, window, workspace } from 'vscode';
import type { RecordDocument } from '../../src/common/protocol/documents';
import type { LogEngine, TraceHeader } from '../../src/common/protocol/logEngine';
import { findCode } from '../../src/vscode/code/findCode';
import { commandIds, linkCommandIds, traceTextScheme } from '../../src/vscode/contributions';
import type { TraceSession } from '../../src/vscode/timeline/traceSession';
import { TraceTexts } from '../../src/vscode/traceText/traceTexts';
import { mostRecords } from '../../src/vscode/traceText/writeTraceText';
import { activateExtension, closeAll, eventually, sampleLog, showcaseId } from './support/workspace';

const fail = (error: unknown) => assert.fail(String(error));

/** The text of a trace, by the way of a user. */
async function textOf(id: string): Promise<TextEditor> {
  await commands.executeCommand(commandIds.trace, id);
  return eventually('the text of the trace', async () => {
    await commands.executeCommand(commandIds.openTraceText);
    const editor = window.activeTextEditor;
    return editor?.document.uri.scheme === traceTextScheme ? editor : undefined;
  });
}

const linksOf = (document: TextDocument) =>
  commands.executeCommand<DocumentLink[]>('vscode.executeLinkProvider', document.uri, 1_000);

async function follow(link: DocumentLink): Promise<void> {
  assert.ok(link.target?.scheme === 'command');
  await commands.executeCommand(link.target.path, ...(JSON.parse(link.target.query) as unknown[]));
}

const opened = (name: string): Promise<TextEditor> =>
  eventually(name, () => window.visibleTextEditors.find(({ document }) => document.fileName.endsWith(name)));

describe('A trace as text', () => {
  const id = '6f1c1e0a-9c1f-4b39-9b51-0a1b2c3d4e5f';
  const log = sampleLog('failing.log');
  const code = sampleLog('src/orders/price.js');

  before(async () => {
    await activateExtension();
    mkdirSync(dirname(code), { recursive: true });
    writeFileSync(code, 'one\ntwo\nthree\nfour\n');
    const lines = [
      `2026-03-04T10:15:00.100Z INFO [orders] [correlationId=${id}] begun`,
      `2026-03-04T10:15:00.900Z ERROR [orders] [correlationId=${id}] Boom`,
      '    at price (/build/orders/price.js:3:2)',
      '    at main (/etc/passwd.js:1:1)',
    ];
    writeFileSync(log, `${lines.join('\n')}\n`);
  });
  after(async () => {
    await closeAll();
    rmSync(log);
    rmSync(sampleLog('src'), { recursive: true });
  });
  afterEach(closeAll);

  it('has every record of the trace once, in time order, and cannot be changed', async () => {
    const { document } = await textOf(showcaseId);
    const lines = document
      .getText()
      .split('\n')
      .filter(line => /^2026-/.test(line));
    assert.ok(lines.length > 20);
    const stamps = lines.map(line => line.slice(0, 23));
    assert.deepEqual(stamps, stamps.toSorted());
    assert.match(document.lineAt(0).text, new RegExp(`^# Trace ${showcaseId} · `));
    assert.equal(document.languageId, 'log');
    const links = await linksOf(document);
    assert.equal(links.filter(({ target }) => target?.query.includes('record')).length, lines.length);
  });

  it('leads from a line to its log line, and from a stack frame to the code', async () => {
    const { document } = await textOf(id);
    const links = await linksOf(document);
    assert.equal(links.length, 4);
    assert.ok(!JSON.stringify(links).includes(id) && !JSON.stringify(links).includes('price'), 'no log text in a link');
    const [, boom, price, passwd] = links;
    assert.ok(boom && price && passwd);
    await follow(boom);
    const editor = await opened('failing.log');
    await eventually('the line', () => editor.selection.active.line === 1 || undefined);
    await follow(price);
    const opens = await opened('price.js');
    assert.deepEqual([opens.selection.active.line, opens.selection.active.character], [2, 1]);
    assert.deepEqual(await findCode('/etc/passwd.js'), []);
  });

  it('follows no link that anyone made up', async () => {
    for (const args of [[], ['x', 'record', 0], [7, 'code', -1]])
      await commands.executeCommand(linkCommandIds.openTextLink, ...args);
    assert.equal(window.visibleTextEditors.length, 0);
  });
});

describe('The text of a large trace', () => {
  const row: RecordDocument = {
    source: '/a',
    line: 1,
    byteOffset: 0,
    timestamp: null,
    severity: null,
    message: 'm',
    stack: null,
  };
  const sessionOf = (count: number, failAt = Number.POSITIVE_INFINITY): TraceSession => {
    const trace = { traceId: 't', revision: 1, correlationId: 'c/d', spellings: ['c/d'], services: [], records: count };
    const records = async ({ from, to }: { from: number; to: number }) => {
      if (from >= failAt) throw new Error('gone');
      return Array.from({ length: to - from }, () => row);
    };
    const engine = { records, recordRows: async () => [] } as unknown as LogEngine;
    return {
      trace: { ...trace, status: 'ok', durationMs: 1, offsetsApplied: [] } as unknown as TraceHeader,
      ask: (_id: string, question: (engine: LogEngine) => unknown) => question(engine),
    } as unknown as TraceSession;
  };

  it('can be read while it grows, and says what it leaves out', async () => {
    const texts = new TraceTexts();
    let changes = 0;
    const grown = new Promise<void>(resolve => {
      texts.onDidChange(uri => {
        changes++;
        if (/12 more log lines are left out(?:.|\n)*\n# 12 more/.test(texts.provideTextDocumentContent(uri))) resolve();
      });
    });
    const uri = await texts.write(sessionOf(mostRecords + 12), fail);
    assert.ok(uri);
    assert.ok(texts.provideTextDocumentContent(uri).split('\n').length < 3_000, 'the first piece is there at once');
    await grown;
    assert.ok(changes < 20, `${changes} changes`);
    assert.equal(texts.provideTextDocumentContent(uri).match(/^\(no time\)/gm)?.length, mostRecords);
    assert.equal((await texts.write(sessionOf(mostRecords + 12), fail))?.toString(), uri.toString());
    texts.dispose();
  });

  it('says that the rest is missing where the trace went meanwhile, and stops once it is closed', async () => {
    const texts = new TraceTexts();
    const noted: unknown[] = [];
    const uri = await texts.write(sessionOf(3_000, 2_000), error => noted.push(error));
    assert.ok(uri);
    await eventually(
      'the end',
      () => /The rest could not be read/.test(texts.provideTextDocumentContent(uri)) || undefined,
    );
    assert.equal(noted.length, 1);
    texts.forget(uri);
    assert.match(texts.provideTextDocumentContent(uri), /has gone/);
    assert.equal(texts.targetOf(uri.query, 'record', 0), null);
    texts.dispose();
  });
});

describe('The code that a log names', () => {
  it('is asked for where several files fit', async () => {
    const folders = ['a', 'b'].map(name => sampleLog(`src/${name}`));
    for (const folder of folders) {
      mkdirSync(folder, { recursive: true });
      writeFileSync(`${folder}/same.ts`, '');
    }
    try {
      const found = await eventually('both', async () => {
        const uris = await findCode('/build/same.ts');
        return uris.length === 2 ? uris : undefined;
      });
      assert.equal(found.length, 2);
      assert.deepEqual(
        (await findCode('/build/b/same.ts')).map(uri => workspace.asRelativePath(uri)),
        ['src/b/same.ts'],
      );
    } finally {
      rmSync(sampleLog('src'), { recursive: true });
    }
  });
});
