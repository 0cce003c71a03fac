import { strict as assert } from 'node:assert';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigurationTarget, commands, type Memento, Position, Uri, WorkspaceEdit, window, workspace } from 'vscode';
import { commandIds, defaultSources } from '../../src/vscode/contributions';
import { readSourcesSetting } from '../../src/vscode/settings';
import { resolvePatterns } from '../../src/vscode/sources/sourcePatterns';
import { SourcePlaces } from '../../src/vscode/sources/sourcePlaces';
import { UserError } from '../../src/vscode/userError';
import { realEngine } from './support/engine';
import { activateExtension, closeAll, eventually, sampleLog, showcaseId, timelineTabs } from './support/workspace';

const setSources = (value: unknown, target = ConfigurationTarget.Workspace) =>
  workspace.getConfiguration('throughline').update('sources', value, target);

describe('Sources', () => {
  before(activateExtension);
  afterEach(async () => {
    await setSources(undefined);
    await setSources(undefined, ConfigurationTarget.Global);
    await closeAll();
  });

  it('are the usual names of logs, in the workspace', () => {
    assert.deepEqual(readSourcesSetting(), {
      entries: defaultSources.map(path => ({ path, reading: null })),
      fromWorkspace: false,
    });
    assert.deepEqual(paths().slice(0, 1), [sampleLog('**/*.log')]);
  });

  it('refuse a setting that is none, with its name, what is wrong and a remedy', async () => {
    const wrong: [unknown, RegExp][] = [
      ['**/*.log', /"throughline\.sources" cannot be used: it is a string, not a list.*such as/],
      [['a.log', 7], /entry 2 is a number, not text/],
      [['a.log', ' '], /entry 2 is empty/],
      [[null], /entry 1 is null, not text/],
    ];
    for (const [value, message] of wrong) {
      await setSources(value);
      assert.throws(readSourcesSetting, error => error instanceof UserError && message.test(error.message));
      assert.throws(readSourcesSetting, error => error instanceof UserError && error.actions.length === 1);
    }
  });

  it('of a workspace stay inside of it (SEC-12); a user may name any', async () => {
    await setSources(['/etc/*.log', '../*.log', 'logs/**']);
    const warnings: string[] = [];
    const restricted = places(warnings);
    assert.deepEqual(pathsOf(restricted), [sampleLog('logs/**')]);
    assert.deepEqual(warnings, [], 'not before the user searches');
    restricted.warnOfRefused();
    pathsOf(restricted);
    restricted.warnOfRefused();
    assert.match(warnings[0] ?? '', /\/etc\/\*\.log, \.\.\/\*\.log/);
    await setSources(undefined);
    await setSources(['/etc/*.log'], ConfigurationTarget.Global);
    assert.deepEqual(pathsOf(restricted), ['/etc/*.log']);
    restricted.warnOfRefused();
    assert.equal(warnings.length, 1);
  });

  it('do not leave a workspace by a link, nor behind a wildcard', () => {
    const folder = mkdtempSync(join(tmpdir(), 'throughline-links-'));
    mkdirSync(join(folder, 'real'));
    symlinkSync('/etc', join(folder, 'link'));
    const { paths, refused } = resolvePatterns(['real/*.log', 'link/*.log', '*/../../*.log'], [folder], true);
    assert.deepEqual(paths, [{ path: join(folder, 'real/*.log'), within: realpathSync(folder) }]);
    assert.deepEqual(
      refused.map(({ pattern }) => pattern),
      ['link/*.log', '*/../../*.log'],
    );
    rmSync(folder, { recursive: true });
  });

  it('of a workspace name no URL (SEC-13); a user may, and it stays as it is', () => {
    const url = 'https://logs.example.org/app.log?X-Signature=a%2Fb*';
    const ofWorkspace = resolvePatterns([url, '*.log'], ['/srv/app'], true);
    assert.deepEqual(ofWorkspace.refused, [{ pattern: url, reason: 'outside' }]);
    assert.deepEqual(
      ofWorkspace.paths.map(({ path }) => path),
      ['/srv/app/*.log'],
    );
    assert.deepEqual(resolvePatterns([url], ['/srv/app'], false), { paths: [{ path: url }], refused: [] });
  });

  it('take a folder with wildcards in its own name literally', () => {
    assert.deepEqual(resolvePatterns(['*.log'], ['/srv/[app]'], false).paths, [{ path: '/srv/\\[app\\]/*.log' }]);
  });

  it('have the unsaved text of a log in place of what is on disk', async () => {
    const id = 'dd12cd34-0000-4000-8000-00000000d1d1';
    const file = Uri.file(sampleLog('worker1.log'));
    await window.showTextDocument(await workspace.openTextDocument(file));
    const edit = new WorkspaceEdit();
    edit.insert(file, new Position(0, 0), `[correlationId: ${id}, service: API] not saved\n`);
    await workspace.applyEdit(edit);
    try {
      const unsaved = places()
        .current()
        .filter(({ kind }) => kind === 'unsaved');
      assert.deepEqual(
        unsaved.map(place => 'id' in place && place.id),
        [file.fsPath],
      );
      await commands.executeCommand(commandIds.trace, id);
      await eventually('a timeline', () => timelineTabs().find(({ label }) => label.startsWith('dd12cd34')));
      const engine = realEngine();
      await engine.setSources(places().current());
      const found = await engine.lookup({ text: id });
      assert.ok(found.kind === 'trace');
      const [record] = await engine.records({ traceId: found.trace.traceId, from: 0, to: 9 });
      assert.deepEqual([record?.source, record?.line], [file.fsPath, 1]);
      const once = await engine.lookup({ text: showcaseId });
      await engine.setSources(
        places()
          .current()
          .filter(({ kind }) => kind !== 'unsaved'),
      );
      const saved = await engine.lookup({ text: showcaseId });
      assert.ok(once.kind === 'trace' && saved.kind === 'trace');
      assert.equal(once.trace.records, saved.trace.records, `the same records: ${JSON.stringify(saved)}`);
      await engine.dispose();
    } finally {
      await window.showTextDocument(await workspace.openTextDocument(file));
      await commands.executeCommand('workbench.action.files.revert');
    }
  });

  it('count an untitled text behind another tab', async () => {
    const document = await workspace.openTextDocument({ content: 'correlationId=hidden-0815 one\n' });
    await window.showTextDocument(document, { preview: false });
    await window.showTextDocument(await workspace.openTextDocument(sampleLog('worker2.log')), { preview: false });
    await eventually('the text behind', () =>
      places()
        .current()
        .some(place => place.kind === 'text' && place.id === document.uri.toString())
        ? true
        : undefined,
    );
    await window.showTextDocument(document);
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('count the untitled text on screen, and no blank one', async () => {
    const id = 'ab12cd34-0000-4000-8000-00000000beef';
    const document = await workspace.openTextDocument({ content: `[correlationId: ${id}, service: API] hello\n` });
    await window.showTextDocument(document);
    const texts = () =>
      places()
        .current()
        .filter(({ kind }) => kind === 'text');
    assert.deepEqual(texts(), [{ kind: 'text', id: document.uri.toString(), text: document.getText() }]);
    await commands.executeCommand(commandIds.trace, id);
    const tab = await eventually('a timeline', () => timelineTabs()[0]);
    assert.match(tab.label, /^ab12cd34/);
  });
});

const memory: Memento = { keys: () => [], get: <T>(_key: string, value?: T) => value as T, update: async () => {} };

const places = (warnings: string[] = []) => new SourcePlaces(memory, ({ message }) => warnings.push(message));

const pathsOf = (sources: SourcePlaces) =>
  sources.current().flatMap(place => (place.kind === 'path' ? [place.path] : []));

const paths = () => pathsOf(places());
