import {
  commands,
  type ExtensionContext,
  l10n,
  languages,
  type TextEditor,
  Uri,
  type WebviewPanel,
  window,
  workspace,
} from 'vscode';
import { EngineClient } from './node/engine/engineClient';
import { addLogFiles, removeLogFiles, updateContext } from './vscode/addLogFiles';
import { AgentLens } from './vscode/agentLens';
import { BackgroundIndex } from './vscode/backgroundIndex';
import { clearIndex } from './vscode/clearIndex';
import { CompressedLogs } from './vscode/compressedLogs';
import {
  type CommandHandlers,
  commandIds,
  hoverDocuments,
  linkCommandIds,
  logScheme,
  timelineViewType,
} from './vscode/contributions';
import { type CopyForm, copyTrace } from './vscode/copy';
import { EngineAccess } from './vscode/engineAccess';
import { IdHoverProvider } from './vscode/hover';
import { HoverLinks } from './vscode/hoverLinks';
import { HoverTraces } from './vscode/hoverTraces';
import { indexOptions } from './vscode/indexOptions';
import { pageActions } from './vscode/pageActions';
import { readingActions } from './vscode/readingActions';
import { ReadingPanel } from './vscode/readingPanel';
import { RecentIds } from './vscode/recentIds';
import { searchReport } from './vscode/searchReport';
import { SourcePlaces } from './vscode/sourcePlaces';
import { Timelines } from './vscode/timelines';
import { traceCommand } from './vscode/traceCommand';
import { createTraces } from './vscode/traces';
import { ErrorReporter, UserError } from './vscode/userError';

let engine: EngineAccess | undefined;

/** Creates the parts and wires them; nothing is read or started before it is asked for. */
export function activate(context: ExtensionContext): void {
  const { extensionUri, subscriptions, workspaceState, globalState } = context;
  const log = window.createOutputChannel('Throughline', { log: true });
  const errors = new ErrorReporter(log);
  const places = new SourcePlaces(workspaceState, error => errors.show(error));
  const script = (name: string) => ({ path: Uri.joinPath(extensionUri, 'dist', name).fsPath });
  const scripts = { engineWorker: script('engineWorker.cjs'), scanWorker: script('scanWorker.cjs') };
  const client = new EngineClient({ ...scripts, ...indexOptions(context) });
  const index = new BackgroundIndex(client, error => errors.note(error));
  const access = new EngineAccess(
    client,
    () => places.current(),
    () => places.reading(),
    () => index.wake(),
  );
  engine = access;

  const recent = new RecentIds(workspaceState);
  const logs = new CompressedLogs();
  const links = new HoverLinks();
  const hoverTraces = new HoverTraces(access);
  const timelines: Timelines = new Timelines({
    access,
    recent,
    extensionUri,
    actions: pageActions({
      lens: new AgentLens(globalState),
      engine: access.current,
      logs,
      errors,
      columns: () => timelines.columns,
      show: text => timelines.show(text),
      searchAgain: timeline => timelines.searchAgain(timeline),
      addLogs: () => addLogFiles(places),
    }),
    report: searchReport({ errors, log, warn: () => places.warnOfRefused() }),
  });

  const reading = new ReadingPanel({
    access,
    extensionUri,
    actions: readingActions({ engine: access.current, logs, errors, addLogs: () => addLogFiles(places) }),
  });

  const traces = createTraces({
    access,
    places,
    errors,
    extensionUri,
    show: (text, manner) => timelines.show(text, manner),
    howRead: () => reading.show(),
  });

  const copy = (form: CopyForm) => async () => {
    const session = timelines.active?.session;
    if (!session) throw new UserError(l10n.t('Open a timeline first, by "Throughline: Trace Correlation ID".'));
    await copyTrace(session, form);
  };
  const handlers: CommandHandlers = {
    [commandIds.trace]: (...args) => traceCommand({ access, recent, show: text => timelines.show(text) }, args),
    [commandIds.howRead]: () => reading.show(),
    [commandIds.addLogFiles]: () => addLogFiles(places),
    [commandIds.removeLogFiles]: () => removeLogFiles(places),
    [commandIds.clearIndex]: () => clearIndex(index),
    [commandIds.copyAsList]: copy('list'),
    [commandIds.copyAsMarkdown]: copy('markdown'),
    [commandIds.cancel]: () => timelines.cancel(),
    ...traces.commands,
    [linkCommandIds.openHoverLink]: token => {
      const target = links.targetOf(token);
      return target && timelines.show(target.id, { selected: target.step });
    },
  };

  const hover = new IdHoverProvider(access, links, hoverTraces, errors);
  const prepare = (editor: TextEditor | undefined) =>
    editor && void hover.prepare(editor.document).catch(error => errors.note(error));
  prepare(window.activeTextEditor);

  subscriptions.push(
    log,
    timelines,
    reading,
    hoverTraces,
    index,
    ...traces.disposables,
    ...Object.entries(handlers).map(([id, run]) => commands.registerCommand(id, errors.guard(run))),
    workspace.onDidChangeConfiguration(
      errors.guard(event => event.affectsConfiguration('throughline') && reading.refresh()),
    ),
    window.onDidChangeActiveTextEditor(prepare),
    languages.registerHoverProvider([...hoverDocuments], hover),
    workspace.registerTextDocumentContentProvider(logScheme, logs),
    window.registerWebviewPanelSerializer(timelineViewType, {
      deserializeWebviewPanel: errors.guard((panel: WebviewPanel, memory: unknown) => timelines.restore(panel, memory)),
    }),
  );
  void updateContext(places);
}

/** VS Code waits for this: the engine's threads end with the extension. */
export async function deactivate(): Promise<void> {
  await engine?.dispose();
}
