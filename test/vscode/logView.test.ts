import { strict as assert } from 'node:assert';
import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { gzipSync } from 'node:zlib';
import {
  ConfigurationTarget,
  commands,
  type Disposable,
  EventEmitter,
  extensions,
  type Memento,
  type QuickPick,
  type QuickPickItem,
  TabInputCustom,
  TabInputText,
  Uri,
  type WebviewPanel,
  window,
  workspace,
} from 'vscode';
import type { AtRequest, SourcePlace } from '../../src/common/protocol/logEngine';
import { commandIds, extensionId, logViewType } from '../../src/vscode/contributions';
import { LogViews, type LogViewsOptions, type SelectedLine } from '../../src/vscode/logView/logViews';
import { offerLogView, openInLogView } from '../../src/vscode/logView/openInLogView';
import { type TraceCommandParts, traceCommand } from '../../src/vscode/pick/traceCommand';
import { compressedLogUri } from '../../src/vscode/sources/compressedLogs';
import { activateExtension, closeAll, eventually, sampleLog } from './support/workspace';

/** What is in front as a log view: the URI it shows. */
const shown = (): Uri | undefined => {
  const input = window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof TabInputCustom && input.viewType === logViewType ? input.uri : undefined;
};

describe('The log view, in VS Code', () => {
  before(activateExtension);
  afterEach(async () => {
    await closeAll();
    // What other tests find in the same folder is the sample logs alone.
    for (const name of ['huge.log', 'view.log.gz']) rmSync(sampleLog(name), { force: true });
  });

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

  it('opens a packed log where VS Code alone would show that it is no text', async () => {
    for (const name of ['view.log.gz', 'view.log.2026-03-02.gz', 'view.log-20260302.gz']) {
      const packed = sampleLog(name);
      writeFileSync(packed, gzipSync(readFileSync(sampleLog('worker1.log'))));
      try {
        await commands.executeCommand('vscode.open', Uri.file(packed));
        assert.equal((await eventually(`the log view of ${name}`, shown)).fsPath, packed);
        await closeAll();
      } finally {
        rmSync(packed);
      }
    }
  });

  it('opens what is in front, or is named, by the command of the menus', async () => {
    const file = Uri.file(sampleLog('worker1.log'));
    await commands.executeCommand('vscode.open', file);
    await eventually('a text editor', () => window.activeTextEditor);
    await commands.executeCommand(commandIds.openInLogView);
    assert.equal((await eventually('the log view', shown)).fsPath, file.fsPath);
    const other = Uri.file(sampleLog('worker2.log'));
    await commands.executeCommand(commandIds.openInLogView, other);
    await eventually('the other one', () => (shown()?.fsPath === other.fsPath ? true : undefined));
    await assert.rejects(openInLogView([Uri.parse('untitled:x')]), /this machine only/);
  });

  describe('of a log that has more than 50 MB', () => {
    const names = ['few', 'many', 'more', 'most', 'vast'];
    const kept = new Map<string, unknown>();
    const state = {
      keys: () => [],
      get: (key: string) => kept.get(key),
      update: async (key: string, value: unknown) => void kept.set(key, value),
    } as Memento;
    const asked: string[] = [];
    const answers = ['Open in Log View', undefined, 'Don’t Ask Again'];
    const errors: unknown[] = [];
    const ask = async (text: string) => {
      asked.push(text.split(':', 1)[0] ?? '');
      return answers[asked.length - 1];
    };
    let offer: Disposable;
    const limit = (mb: number | undefined) =>
      workspace.getConfiguration('workbench').update('editorLargeFileConfirmation', mb, ConfigurationTarget.Global);
    const open = async (name: string, size: number) => {
      if (!existsSync(sampleLog(name))) writeFileSync(sampleLog(name), '');
      truncateSync(sampleLog(name), size);
      await commands.executeCommand('vscode.open', Uri.file(sampleLog(name)));
    };
    const texts = () =>
      window.tabGroups.all.flatMap(({ tabs }) => tabs.filter(tab => tab.input instanceof TabInputText));
    before(async () => {
      await limit(85);
      offer = offerLogView({ state, ask, note: error => errors.push(error) });
    });
    after(async () => {
      offer.dispose();
      await closeAll();
      await limit(undefined);
      for (const name of names) rmSync(sampleLog(`${name}.log`), { force: true });
    });

    it('is offered each time, unless nobody wants to be asked', async () => {
      await open('few.log', 50 * 2 ** 20);
      await open('many.log', 60 * 2 ** 20);
      assert.equal((await eventually('the log view', shown)).fsPath, sampleLog('many.log'));
      await closeAll();
      await open('many.log', 60 * 2 ** 20);
      await eventually('the question again', () => asked.length === 2 || undefined);
      await open('more.log', 70 * 2 ** 20);
      await eventually('the other question', () => kept.size || undefined);
      await open('most.log', 80 * 2 ** 20);
      await new Promise(resolve => setTimeout(resolve, 300));
      assert.deepEqual(asked, ['many.log has 60 MB', 'many.log has 60 MB', 'more.log has 70 MB']);
      assert.deepEqual(errors, []);
    });

    it('takes the place of the page that refuses it', async () => {
      kept.clear();
      await closeAll();
      await open('vast.log', 90 * 2 ** 20);
      assert.equal((await eventually('the log view', shown)).fsPath, sampleLog('vast.log'));
      await eventually('the text editor to go', () => texts().length === 0 || undefined);
      await open('vast.log', 90 * 2 ** 20);
      await eventually('it again', () => (shown() && texts().length === 0 ? true : undefined));
      await commands.executeCommand('workbench.action.reopenTextEditor');
      await new Promise(resolve => setTimeout(resolve, 500));
      assert.equal(texts().length, 1, 'a user may insist');
      assert.deepEqual([asked.length, errors], [3, []]);
    });
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

  it('names its log itself, whatever its page says, and tells of the line with the cursor', async () => {
    const { views, panel, posted, say, engine } = viewOf(sampleLog('worker1.log'));
    const told: SelectedLine[] = [];
    views.onDidSelectLine(line => told.push(line));
    say('select', { offset: 512, line: 7 });
    say('select', { offset: 512, line: 7, source: '/etc/passwd' });
    say('lines', { at: 0, before: 0, after: 5 });
    say('lines', { at: -1, before: 0, after: 5 });
    say('lines', { at: 0, before: 0, after: 1e9 });
    await eventually('four answers', () =>
      posted.filter(({ type }) => type !== 'request').length >= 5 ? true : undefined,
    );
    assert.deepEqual(told, [{ source: sampleLog('worker1.log'), offset: 512, line: 7 }]);
    assert.deepEqual(engine.asked.slice(1), [
      { source: sampleLog('worker1.log'), at: 0, before: 0, after: 5, known: undefined },
    ]);
    assert.deepEqual(
      posted.filter(({ type }) => type === 'error').map(({ message }) => message),
      ['Malformed request "select".', 'Malformed request "lines".', 'Malformed request "lines".'],
    );
    panel.close();
    assert.deepEqual(engine.closed, [sampleLog('worker1.log')]);
    views.dispose();
  });

  it('reads the first lines while VS Code makes the page, and hands them over unasked', async () => {
    const { views, posted, say, engine } = viewOf(sampleLog('worker1.log'));
    const begun = await eventually('the lines', () => posted.find(({ method }) => method === 'begin'));
    const lines = await engine.lines(null);
    assert.deepEqual(begun.argument, { name: 'worker1.log', place: null, lines: { at: 0, shown: lines } });
    assert.deepEqual(engine.asked[0], { source: sampleLog('worker1.log'), at: 0, before: 200, after: 200 });
    say('ready', undefined);
    const answer = await eventually('an answer', () => posted.find(({ type }) => type === 'reply'));
    assert.deepEqual(answer.value, { name: 'worker1.log', place: null, lines: null });
    views.dispose();
  });

  it('shows another place of a log that is open in the tab it has', async () => {
    const { views, panel, posted } = viewOf(sampleLog('worker1.log'));
    await views.reveal(sampleLog('worker1.log'), { offset: 99, line: 3 }, { preserveFocus: true });
    const [shown] = posted.flatMap(({ method, argument }) => (method === 'show' ? [argument] : []));
    assert.deepEqual({ ...(shown as object), serial: 0 }, { offset: 99, line: 3, serial: 0 });
    assert.equal(panel.revealed, 1);
    views.dispose();
  });

  it('offers the ID of the line with the cursor to trace, wherever the cursor came there from', async () => {
    const { views, panel, say } = viewOf(sampleLog('worker1.log'));
    assert.equal(await views.idAtCursor(), null);
    await views.reveal(sampleLog('worker1.log'), { offset: null, line: 3 }, { preserveFocus: true });
    assert.equal(await views.idAtCursor(), 'of line 3');
    say('select', { offset: 512, line: 7 });
    assert.equal(await views.idAtCursor(), 'of line 7 at 512');
    panel.active = false;
    assert.equal(await views.idAtCursor(), null);
    panel.active = true;
    const { createQuickPick } = window;
    let box: QuickPick<QuickPickItem> | undefined;
    Object.assign(window, { createQuickPick: () => (box = createQuickPick()) });
    const shown: string[] = [];
    const parts = {
      views,
      recent: { all: [] },
      remote: { askAgain: () => {} },
      show: async (id: string) => shown.push(id),
    };
    try {
      const done = traceCommand(parts as unknown as TraceCommandParts, []);
      const filled = await eventually('the box', () => box?.value || undefined);
      assert.equal(filled, 'of line 7 at 512');
      box?.hide();
      await done;
      assert.deepEqual(shown, []);
    } finally {
      Object.assign(window, { createQuickPick });
      views.dispose();
    }
  });

  it('ends what its page has asked for when the page is hidden', async () => {
    const { views, panel, say, engine } = viewOf(sampleLog('worker1.log'));
    say('findText', { text: 'x', matchCase: false, from: 0, backwards: false });
    await eventually('the search', () => engine.signals[0]);
    panel.hide();
    assert.equal(engine.signals[0]?.aborted, true);
    views.dispose();
  });
});

/** A view whose page and engine are the test's. */
function viewOf(source: string) {
  const engine = {
    asked: [] as unknown[],
    closed: [] as string[],
    signals: [] as AbortSignal[],
    lines: async (request: unknown) => {
      engine.asked.push(request);
      return { lines: [], start: 0, size: { bytes: 0, isKnown: true }, note: null };
    },
    findText: (_: unknown, { signal }: { signal: AbortSignal }) => {
      engine.signals.push(signal);
      return new Promise(() => {});
    },
    at: async ({ line, offset }: AtRequest) => ({
      correlationId: `of line ${line}${offset === undefined ? '' : ` at ${offset}`}`,
    }),
    closeLog: async (closed: string) => void engine.closed.push(closed),
  };
  const posted: { type: string; method?: string; argument?: unknown; value?: unknown; message?: string }[] = [];
  const received = new EventEmitter<unknown>();
  const disposed = new EventEmitter<void>();
  const changed = new EventEmitter<void>();
  const panel = {
    visible: true,
    active: true,
    revealed: 0,
    webview: {
      cspSource: 'x',
      options: {},
      html: '',
      asWebviewUri: (uri: Uri) => uri,
      postMessage: async (message: (typeof posted)[number]) => posted.push(message),
      onDidReceiveMessage: received.event,
    },
    onDidDispose: disposed.event,
    onDidChangeViewState: changed.event,
    reveal: () => void panel.revealed++,
    close: () => disposed.fire(),
    hide: () => {
      panel.visible = false;
      changed.fire();
    },
  };
  const views = new LogViews({
    access: { current: engine, withSources: async () => engine },
    extensionUri: extensions.getExtension(extensionId)?.extensionUri,
    places: { current: () => [] },
    errors: { guard: (run: unknown) => run },
    hoverTraces: { learn: async () => false },
    timelines: () => ({ show: async () => {} }),
  } as unknown as LogViewsOptions);
  views.resolveCustomEditor({ uri: Uri.file(source), dispose: () => {} }, panel as unknown as WebviewPanel);
  let id = 0;
  const say = (method: string, argument: unknown) => received.fire({ type: 'request', id: ++id, method, argument });
  return { views, panel, posted, say, engine };
}
