import { strict as assert } from 'node:assert';
import { rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import {
  type CodeLens,
  ConfigurationTarget,
  commands,
  type Hover,
  type Location,
  type LocationLink,
  type MarkdownString,
  Position,
  Selection,
  type TextDocument,
  Uri,
  window,
  workspace,
} from 'vscode';
import { commandIds, linkCommandIds, settingIds } from '../../src/vscode/contributions';
import { EngineAccess } from '../../src/vscode/engine/engineAccess';
import { HoverLinks } from '../../src/vscode/hover/hoverLinks';
import { HoverTraces } from '../../src/vscode/hover/hoverTraces';
import { LineTraces } from '../../src/vscode/navigation/lineTraces';
import { openHoverLink } from '../../src/vscode/navigation/openHoverLink';
import { TerminalIdProvider } from '../../src/vscode/navigation/terminalIds';
import { realEngine } from './support/engine';
import { activateExtension, closeAll, eventually, sampleLog, showcaseId, timelineTabs } from './support/workspace';

describe('From a log line to others of its trace', () => {
  before(async () => {
    await activateExtension();
    await commands.executeCommand(commandIds.trace, showcaseId);
    await eventually('a timeline', () => timelineTabs()[0]);
  });
  after(closeAll);

  it('*Go to Definition* leads to the first record of the previous step, in another file', async () => {
    const document = await openLog('worker2.log');
    const line = lineWith(document, /7c2d9f7b.*stepId: s-5635caa351/);
    const links = await commands.executeCommand<(Location | LocationLink)[]>(
      'vscode.executeDefinitionProvider',
      document.uri,
      new Position(line, 30),
    );
    const places = links.map(link => ('targetUri' in link ? link : { targetUri: link.uri, targetRange: link.range }));
    const [place] = places;
    assert.equal(places.length, 1);
    assert.ok(place);
    assert.equal(basename(place.targetUri.fsPath), 'worker1.log');
    const target = await workspace.openTextDocument(place.targetUri);
    assert.match(target.lineAt(place.targetRange.start.line).text, /7c2d9f7b.*step_id=s-4b2b3e0c0d/);
  });

  it('*Go to Definition* in the first step leads to the record that the trace began with', async () => {
    const id = '6c2e0b63-3333-4444-8555-666677778888';
    const content = ['began', 'goes on', 'is done']
      .map((text, second) => `2026-03-02T10:15:0${second}Z INFO correlationId=${id} service=mail ${text}\n`)
      .join('');
    const document = await workspace.openTextDocument({ content, language: 'log' });
    await window.showTextDocument(document);
    for (const line of [2, 0]) {
      const [link] = await commands.executeCommand<LocationLink[]>(
        'vscode.executeDefinitionProvider',
        document.uri,
        new Position(line, 2),
      );
      assert.equal(link?.targetUri.toString(), document.uri.toString());
      assert.equal(link?.targetRange.start.line, 0);
    }
  });

  it('*Find All References* on an ID gives every record of its trace, in every file', async () => {
    const document = await openLog('worker1.log');
    const line = lineWith(document, /7c2d9f7b/);
    const at = new Position(line, document.lineAt(line).text.indexOf('7c2d9f7b') + 3);
    const found = await commands.executeCommand<Location[]>('vscode.executeReferenceProvider', document.uri, at);
    const files = new Set(found.map(({ uri }) => basename(uri.path)));
    for (const name of ['api.log.1.gz', 'worker1.log', 'worker2.log', 'worker3.log'])
      assert.ok(files.has(name), `${name} among ${[...files]}`);
    const inWorker1 = document
      .getText()
      .split('\n')
      .filter(text => text.includes(showcaseId)).length;
    assert.equal(found.filter(({ uri }) => basename(uri.path) === 'worker1.log').length, inWorker1);
  });

  it('lists a wide line of JSON from its message on', async () => {
    const file = Uri.file(sampleLog('wide.jsonl'));
    const id = '4bf92f35-77b3-4da6-a3ce-929d0e0e4736';
    const head = { time: '2026-03-02T10:00:00.000Z', level: 'info', requestId: id, pad: 'x'.repeat(80) };
    const line = (msg: string) => `${JSON.stringify({ ...head, msg })}\n`;
    const short = `{"time":"2026-03-02T10:00:01.000Z","msg":"said \\"so\\"","requestId":"${id}"}\n`;
    const text = line('card declined') + short;
    writeFileSync(file.fsPath, text);
    // Another log that nobody has opened.
    writeFileSync(sampleLog('wide2.jsonl'), text);
    try {
      const document = await workspace.openTextDocument(file);
      const at = new Position(0, text.indexOf(id) + 3);
      const found = await eventually('all of them', async () => {
        const all = await commands.executeCommand<Location[]>('vscode.executeReferenceProvider', document.uri, at);
        return all.length === 4 ? all : undefined;
      });
      for (const { range } of found)
        assert.equal(range.start.character, range.start.line === 0 ? text.indexOf('card declined') : 0);
    } finally {
      for (const name of ['wide', 'wide2']) rmSync(sampleLog(`${name}.jsonl`));
    }
  });

  it('*Next Record of This Trace* follows it into another file, *Previous* comes back', async () => {
    const document = await openLog('worker1.log');
    const lines = document.getText().split('\n');
    const last = lines.findLastIndex(text => text.includes(showcaseId));
    await putCursor(document, last);
    await commands.executeCommand(commandIds.nextRecord);
    const editor = window.activeTextEditor;
    assert.ok(editor);
    assert.notEqual(basename(editor.document.fileName), 'worker1.log');
    assert.match(editor.document.lineAt(editor.selection.active.line).text, /7c2d9f7b/);
    await commands.executeCommand(commandIds.previousRecord);
    assert.equal(basename(window.activeTextEditor?.document.fileName ?? ''), 'worker1.log');
    assert.equal(window.activeTextEditor?.selection.active.line, last);
  });

  it('a hover anywhere on a line of a trace on show tells of it, with ways to the records beside it', async () => {
    const document = await openLog('worker3.log');
    const line = lineWith(document, /7c2d9f7b.*s-d/);
    const hovers = await eventually('a hover', async () => {
      const found = await commands.executeCommand<Hover[]>(
        'vscode.executeHoverProvider',
        document.uri,
        new Position(line, 3),
      );
      return found.length > 0 ? found : undefined;
    });
    const parts = hovers.flatMap(({ contents }) => contents as MarkdownString[]);
    assert.match(parts[0]?.value ?? '', /This step/);
    for (const name of ['Show Timeline', 'Previous Record', 'Next Record'])
      assert.match(parts.at(-1)?.value ?? '', new RegExp(name));
    assert.deepEqual(parts.at(-1)?.isTrusted, { enabledCommands: [linkCommandIds.openHoverLink] });
  });

  it('a link of a hover finds its record after the trace was let go of', async () => {
    const engine = realEngine();
    const access = new EngineAccess(engine, () => [{ kind: 'path', path: sampleLog('.') }]);
    const traces = new HoverTraces(access);
    const lines = new LineTraces(access, traces);
    const links = new HoverLinks();
    try {
      const document = await openLog('worker1.log');
      const line = lineWith(document, /7c2d9f7b/);
      const found = await lines.at(document, line);
      assert.ok(found?.trace.firstError);
      await engine.release(found.trace.traceId);
      const place = { source: document.uri.fsPath, line: line + 1 };
      const token = links.tokenFor({ kind: 'record', id: showcaseId, ...place, way: 'firstError' });
      const reveal = { views: { reveal: async () => {} }, engine };
      await openHoverLink({ links, lines, reveal, show: async () => {} }, token);
      const editor = window.activeTextEditor;
      assert.match(editor?.document.lineAt(editor.selection.active.line).text ?? '', /ERROR.*7c2d9f7b/);
    } finally {
      traces.dispose();
      await engine.dispose();
    }
  });

  it('shows nothing on a line without an ID where the pointer is on none either', async () => {
    const content = 'just a few plain words here\n';
    const document = await workspace.openTextDocument({ content, language: 'log' });
    const found = await commands.executeCommand<Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      new Position(0, 3),
    );
    assert.deepEqual(found, []);
  });

  it('stands above an error line with its request and step, and not where it is switched off', async () => {
    const document = await openLog('worker3.log');
    const lensesOf = () => commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', document.uri, 200);
    const line = lineWith(document, /ERROR.*7c2d9f7b/);
    const lens = (await lensesOf()).find(({ range }) => range.start.line === line);
    assert.match(lens?.command?.title ?? '', /^Request 7c2d9f7b.* · step \S+ .* · Show Timeline$/);
    assert.doesNotMatch(JSON.stringify(lens?.command?.arguments), /7c2d9f7b/);
    const settings = workspace.getConfiguration();
    await settings.update(settingIds.codeLens, false, ConfigurationTarget.Global);
    try {
      assert.deepEqual(await lensesOf(), []);
    } finally {
      await settings.update(settingIds.codeLens, undefined, ConfigurationTarget.Global);
    }
  });

  it('stands above the error lines of a text log whose IDs stand bare in brackets, by the name in the timeline', async () => {
    const lines = Array.from({ length: 40 }, (_, index) => {
      const head = `[worker-${index % 3}] [job:${71_000 + index * 37}] shop.Cart -`;
      const minute = `2026-03-02 10:${String(index).padStart(2, '0')}`;
      const last = index % 10 === 0 ? `ERROR ${head} cart lost\nError: no room left` : `INFO  ${head} cart closed`;
      return `${minute}:00,001 INFO  ${head} cart opened\n${minute}:00,401 ${last}\n`;
    });
    const document = await workspace.openTextDocument({ content: lines.join(''), language: 'log' });
    await window.showTextDocument(document);
    const lenses = await commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', document.uri, 200);
    assert.deepEqual(
      lenses.map(({ range }) => document.lineAt(range.start.line).text.slice(11, 29)),
      [0, 10, 20, 30].map(minute => `10:${String(minute).padStart(2, '0')}:00,401 ERROR`),
    );
    assert.match(lenses[0]?.command?.title ?? '', /^Request job:71000 · step 1 cart opened · 400 ms · Show Timeline$/);
    assert.doesNotMatch(lenses[0]?.command?.title ?? '', /~|#/);
    const [facts] = await commands.executeCommand<Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      new Position(0, 45),
    );
    const [text] = (facts?.contents ?? []) as MarkdownString[];
    assert.match(text?.value.replaceAll('&nbsp;', ' ') ?? '', /\*\*This step\*\* 1 cart opened/);
  });

  it('makes links of the IDs in a terminal, and of nothing else', () => {
    const shown: string[] = [];
    const provider = new TerminalIdProvider(id => shown.push(id));
    const line = `GET /orders?id=12 took 300 ms, request ${showcaseId} v1.2.3 2026-03-02T10:15:00Z`;
    const links = provider.provideTerminalLinks({ line, terminal: undefined as never });
    assert.deepEqual(
      links.map(({ startIndex, length }) => line.slice(startIndex, startIndex + length)),
      [showcaseId],
    );
    provider.handleTerminalLink(links[0]!);
    assert.deepEqual(shown, [showcaseId]);
    const linked = (line: string) =>
      provider
        .provideTerminalLinks({ line, terminal: undefined as never })
        .map(({ startIndex, length }) => line.slice(startIndex, startIndex + length));
    assert.deepEqual(linked('2026-03-02 10:15:00 INFO [worker-0] [req-e74c00f4] c.a.Api - GET /cart/7'), [
      'req-e74c00f4',
    ]);
    assert.deepEqual(linked('failed: requestId=req-08d0323c, req-08d0323c gave up'), ['req-08d0323c', 'req-08d0323c']);
    assert.deepEqual(linked('correlation-id: order77 took 3 s'), ['order77']);
    for (const words of [
      'webpack compiled main-5f3a9b12.js with sha-facade12 on worker-12 in backup-20260302',
      'requestId=none user=u-42 pid=4711 trace=verbose id=order7',
      'git push origin feature-decade2026 && npm install left-pad@1.3.0',
      'at Object.run (/app/mail-7f3a9c21/index.js:12:9) in java8 utf-16le x86_64-linux-gnu',
    ])
      assert.deepEqual(linked(words), [], words);
  });
});

const openLog = (name: string) => workspace.openTextDocument(Uri.file(sampleLog(name)));

function lineWith(document: TextDocument, pattern: RegExp): number {
  const line = document
    .getText()
    .split('\n')
    .findIndex(text => pattern.test(text));
  assert.notEqual(line, -1, `a line like ${pattern}`);
  return line;
}

async function putCursor(document: TextDocument, line: number): Promise<void> {
  const editor = await window.showTextDocument(document);
  editor.selection = new Selection(line, 0, line, 0);
}
