import { strict as assert } from 'node:assert';
import { ConfigurationTarget, commands, type DebugAdapterTracker, debug, type Location, Uri, workspace } from 'vscode';
import { debugScheme, settingIds } from '../../src/vscode/contributions';
import { DebugOutput } from '../../src/vscode/debug/debugOutput';
import { activateExtension, closeAll, eventually } from './support/workspace';

const output = (text: unknown, category = 'stdout') => ({
  type: 'event',
  event: 'output',
  body: { category, output: text },
});

describe('The output of debug sessions', () => {
  let collected: DebugOutput;
  before(activateExtension);
  beforeEach(() => {
    collected = new DebugOutput();
  });
  afterEach(() => collected.dispose());

  const begin = (id: string, name: string): DebugAdapterTracker => {
    const tracker = collected.createDebugAdapterTracker({ id, name });
    assert.ok(tracker);
    return tracker;
  };
  const texts = () => collected.places().map(place => (place.kind === 'text' ? place.text : ''));

  it('is a text to search for each session, of what its program wrote', () => {
    const tracker = begin('1', 'Launch a/b');
    for (const message of [null, 'x', {}, { type: 'event', event: 'output' }, output(7), output('secret', 'telemetry')])
      tracker.onDidSendMessage?.(message);
    assert.deepEqual(texts(), [], 'a session that wrote nothing is no source');
    tracker.onDidSendMessage?.(output('one\n'));
    tracker.onDidSendMessage?.(output('two\n', 'stderr'));
    begin('2', 'Launch').onDidSendMessage?.(output('other\n'));
    assert.deepEqual(texts(), ['one\ntwo\n', 'other\n']);
    const [place] = collected.places();
    assert.ok(place?.kind === 'text');
    assert.equal(place.id, 'throughline-debug:/1/Launch%20a-b.log');
    assert.deepEqual(collected.stateOf(place.id), { isRunning: true, droppedLines: 0 });
    tracker.onExit?.(0, undefined);
    assert.equal(collected.stateOf(place.id)?.isRunning, false);
    assert.equal(collected.stateOf('/a.log'), null);
  });

  it('keeps eight sessions, those that run before those that have ended', () => {
    for (let session = 0; session < 9; session++) {
      const tracker = begin(`${session}`, 'x');
      tracker.onDidSendMessage?.(output(`${session}`));
      if (session === 3) tracker.onWillStopSession?.();
    }
    assert.deepEqual(texts(), ['0', '1', '2', '4', '5', '6', '7', '8']);
  });

  it('is not collected once it is switched off', async () => {
    begin('1', 'x').onDidSendMessage?.(output('one'));
    const settings = workspace.getConfiguration();
    await settings.update(settingIds.debugOutput, false, ConfigurationTarget.Global);
    try {
      assert.deepEqual(texts(), []);
      assert.equal(collected.createDebugAdapterTracker({ id: '2', name: 'y' }), undefined);
    } finally {
      await settings.update(settingIds.debugOutput, undefined, ConfigurationTarget.Global);
    }
  });

  it('of a real session is searched, and shown as a document', async function () {
    this.timeout(60_000);
    const id = '0d1e2f3a-5b6c-4d7e-8f90-a1b2c3d4e5f6';
    const line = JSON.stringify({
      time: '2026-03-04T10:15:00.120Z',
      level: 'info',
      correlationId: id,
      msg: 'debugged',
    });
    const program = `console.log(${JSON.stringify(line)}); setTimeout(() => {}, 500);`;
    const started = await debug.startDebugging(undefined, {
      type: 'node',
      request: 'launch',
      name: 'Debugged program',
      runtimeExecutable: process.execPath,
      args: ['-e', program],
      console: 'internalConsole',
      outputCapture: 'std',
    });
    if (!started) {
      console.log('      skipped: this VS Code has no debugger for Node');
      return this.skip();
    }
    const document = await eventually('its output', async () => {
      for (const session of [1, 2, 3]) {
        const uri = Uri.from({ scheme: debugScheme, path: `/${session}/Debugged program.log` });
        const opened = await workspace.openTextDocument(uri);
        if (opened.getText().split('\n').includes(line)) return opened;
      }
      return undefined;
    });
    const at = document.positionAt(document.getText().indexOf(id));
    // Its own line, and the debugger's that tells which program it runs.
    const printed = document.getText().split('\n').indexOf(line);
    await eventually('the record among those of its trace', async () => {
      const args = [document.uri, at] as const;
      const places = await commands.executeCommand<Location[]>('vscode.executeReferenceProvider', ...args);
      const found = places.map(({ uri, range }) => `${uri} ${range.start.line}`);
      return found.includes(`${document.uri} ${printed}`) || undefined;
    });
    await debug.stopDebugging();
    await closeAll();
  });
});
