import { strict as assert } from 'node:assert';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import {
  CancellationTokenSource,
  commands,
  type DocumentLink,
  type TextDocument,
  type TextEditor,
  window,
  workspace,
} from 'vscode';
import { FrameLinkProvider, openFrame } from '../../src/vscode/code/frameLinks';
import { linkCommandIds } from '../../src/vscode/contributions';
import { activateExtension, closeAll, eventually, sampleLog } from './support/workspace';

describe('Stack frames of a log in a text editor', () => {
  const code = sampleLog('src/pay/charge.js');
  const log = [
    '2026-03-04T10:15:00.900Z ERROR [pay] Boom',
    '    at charge (/build/pay/charge.js:3:2)',
    '    at main (/etc/passwd.js:1:1)',
    JSON.stringify({
      level: 'error',
      stack: 'Error\n    at charge (/build/pay/charge.js:2:1)\n    at node:timers:1:1',
    }),
    'all is well',
  ];
  const { showErrorMessage } = window;
  const errors: string[] = [];

  before(async () => {
    await activateExtension();
    mkdirSync(dirname(code), { recursive: true });
    writeFileSync(code, 'one\ntwo\nthree\nfour\n');
    writeFileSync(sampleLog('frames.log'), `${log.join('\n')}\n`);
    Object.assign(window, { showErrorMessage: async (message: string) => void errors.push(message) });
  });
  after(async () => {
    Object.assign(window, { showErrorMessage });
    await closeAll();
    rmSync(sampleLog('src'), { recursive: true });
    rmSync(sampleLog('frames.log'));
  });
  afterEach(closeAll);

  const open = () => workspace.openTextDocument(sampleLog('frames.log'));
  const linksOf = (document: TextDocument) =>
    commands.executeCommand<DocumentLink[]>('vscode.executeLinkProvider', document.uri, 1_000);
  const follow = async ({ target }: DocumentLink) => {
    assert.ok(target?.scheme === 'command' && target.path === linkCommandIds.openFrame);
    await commands.executeCommand(target.path, ...(JSON.parse(target.query) as unknown[]));
  };
  const opened = (name: string): Promise<TextEditor> =>
    eventually(name, () => window.visibleTextEditors.find(({ document }) => document.fileName.endsWith(name)));

  it('are links to the code, in plain text and within JSON', async () => {
    const document = await open();
    const links = await linksOf(document);
    assert.deepEqual(
      links.map(({ range }) => document.getText(range)),
      ['/build/pay/charge.js:3:2', '/etc/passwd.js:1:1', '/build/pay/charge.js:2:1'],
    );
    assert.ok(!JSON.stringify(links.map(({ target, tooltip }) => [target, tooltip])).includes('charge'), 'no log text');
    for (const [link, line] of [
      [links[0], 2],
      [links[2], 1],
    ] as const) {
      assert.ok(link);
      await follow(link);
      const { selection } = await opened('charge.js');
      assert.equal(selection.active.line, line);
    }
  });

  it('say plainly where no file of the workspace is meant, and where the line has changed', async () => {
    const document = await open();
    const [, passwd] = await linksOf(document);
    assert.ok(passwd);
    await follow(passwd);
    assert.match(errors.at(-1) ?? '', /No file of this workspace .*passwd\.js/);
    const uri = document.uri.toString();
    await assert.rejects(openFrame([uri, 4, 0], []), /names no code here any more/);
    await assert.rejects(openFrame([uri, 400, 0], []), /names no code here any more/);
    for (const args of [[], [uri, -1, 0], [uri, 1, 'x'], [uri, 1, 0, 'more']]) await openFrame(args, []);
    assert.equal(window.visibleTextEditors.length, 0);
  });

  it('are sought for in slices that let others in between, until nobody waits any more', async () => {
    const content = `${'x'.repeat(60)}\n    at charge (/build/pay/charge.js:3:2)\n`.repeat(6_000);
    const document = await workspace.openTextDocument({ content, language: 'log' });
    const provider = new FrameLinkProvider();
    const source = new CancellationTokenSource();
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    const links = await provider.provideDocumentLinks(document, source.token);
    assert.equal(links.length, 5_000, 'no more than anyone clicks');
    const sparse = await workspace.openTextDocument({
      content: `${'x'.repeat(60)}\n`.repeat(60_000),
      language: 'log',
    });
    assert.deepEqual(await provider.provideDocumentLinks(sparse, source.token), []);
    clearInterval(timer);
    assert.ok(turns > 0, 'others had their turn');
    const asked = provider.provideDocumentLinks(document, source.token);
    source.cancel();
    assert.deepEqual(await asked, []);
  });
});
