import { strict as assert } from 'node:assert';
import { commands, EventEmitter, Location, Position, Uri, window, workspace } from 'vscode';
import { EngineAccess } from '../../src/vscode/engine/engineAccess';
import { HoverTraces } from '../../src/vscode/hover/hoverTraces';
import type { SelectedLine } from '../../src/vscode/logView/logViews';
import { CursorSync } from '../../src/vscode/navigation/cursorSync';
import { LineTraces } from '../../src/vscode/navigation/lineTraces';
import { revealRecord } from '../../src/vscode/navigation/revealRecord';
import { TraceSession } from '../../src/vscode/timeline/traceSession';
import { realEngine } from './support/engine';
import { activateExtension, closeAll, eventually, sampleLog, showcaseId } from './support/workspace';

describe('The cursor in a log', () => {
  const engine = realEngine();
  const access = new EngineAccess(engine, () => [{ kind: 'path', path: sampleLog('.') }]);
  const session = new TraceSession(access, showcaseId);
  const inView = new EventEmitter<SelectedLine>();
  const faults: unknown[] = [];
  let sync: CursorSync;

  before(async () => {
    await activateExtension();
    await session.search(showcaseId);
    const lines = new LineTraces(access, new HoverTraces(access));
    sync = new CursorSync(
      lines,
      () => [session],
      inView.event,
      fault => faults.push(fault),
    );
  });
  after(async () => {
    sync.dispose();
    await engine.dispose();
    await closeAll();
  });

  const selected = () => (session.state.kind === 'trace' ? session.state.selected : null);
  const rest = () => new Promise(resolve => setTimeout(resolve, 300));
  const again = { title: 'Search Again', run: () => {} };
  const revealed = async (source: string, line: number) => {
    const { record } = await engine.at({ source, line: line + 1 });
    const parts = { views: { reveal: async () => {} }, engine };
    await revealRecord({ ...record, ids: [showcaseId] }, parts, { preserveFocus: false, avoid: [], again });
  };
  const lineOf = (text: string, pattern: RegExp) => text.split('\n').findIndex(line => pattern.test(line));

  it('selects its step in the timeline of that trace; a line that is revealed selects nothing', async () => {
    const document = await workspace.openTextDocument(Uri.file(sampleLog('worker2.log')));
    const line = lineOf(document.getText(), /7c2d9f7b.*stepId: s-5635caa351/);
    await revealed(sampleLog('worker2.log'), line);
    assert.equal(window.activeTextEditor?.selection.active.line, line);
    await rest();
    assert.equal(selected(), null, 'nobody moved it by hand');
    await commands.executeCommand('cursorMove', { to: 'up' });
    await commands.executeCommand('cursorMove', { to: 'down' });
    await eventually('the step', () => selected() === 's-5635caa351' || undefined);
  });

  it('does so where a command of VS Code moved it, also back to a line that was revealed', async () => {
    const document = await workspace.openTextDocument(Uri.file(sampleLog('worker2.log')));
    const line = lineOf(document.getText(), /7c2d9f7b.*stepId: s-5635caa351/);
    await revealed(sampleLog('worker2.log'), line);
    session.select('s-4b2b3e0c0d');
    const goTo = async (to: number) => {
      // As *Go to Line* does: VS Code moves the cursor, not a key.
      await commands.executeCommand('editor.action.goToLocations', document.uri, new Position(0, 0), [
        new Location(document.uri, new Position(to, 0)),
      ]);
      await eventually('the cursor', () => window.activeTextEditor?.selection.active.line === to || undefined);
    };
    await goTo(0);
    await rest();
    await goTo(line);
    await eventually('the step', () => selected() === 's-5635caa351' || undefined);
  });

  it('does so from a log view, where no line was counted', async () => {
    const source = sampleLog('worker1.log');
    const text = (await workspace.openTextDocument(Uri.file(source))).getText();
    const offset =
      Buffer.byteLength(
        text
          .split('\n')
          .slice(0, lineOf(text, /7c2d9f7b.*s-4b2b3e0c0d/))
          .join('\n'),
      ) + 1;
    inView.fire({ source, offset, line: null });
    await eventually('the step', () => selected() === 's-4b2b3e0c0d' || undefined);
    assert.deepEqual(faults, []);
  });
});
