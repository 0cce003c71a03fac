import { strict as assert } from 'node:assert';
import { commands, EventEmitter, Selection, Uri, window, workspace } from 'vscode';
import { EngineAccess } from '../../src/vscode/engineAccess';
import { HoverTraces } from '../../src/vscode/hoverTraces';
import type { SelectedLine } from '../../src/vscode/logViews';
import { CursorSync } from '../../src/vscode/navigation/cursorSync';
import { LineTraces } from '../../src/vscode/navigation/lineTraces';
import { TraceSession } from '../../src/vscode/traceSession';
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
  const lineOf = (text: string, pattern: RegExp) => text.split('\n').findIndex(line => pattern.test(line));

  it('selects its step in the timeline of that trace; a line that is revealed selects nothing', async () => {
    const document = await workspace.openTextDocument(Uri.file(sampleLog('worker2.log')));
    const editor = await window.showTextDocument(document);
    const line = lineOf(document.getText(), /7c2d9f7b.*stepId: s-5635caa351/);
    editor.selection = new Selection(line - 1, 0, line - 1, 0);
    await new Promise(resolve => setTimeout(resolve, 300));
    assert.equal(selected(), null, 'nobody moved it by hand');
    await commands.executeCommand('cursorMove', { to: 'down' });
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
