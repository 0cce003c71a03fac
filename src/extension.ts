import { commands, type ExtensionContext, type WebviewPanel, window, workspace } from 'vscode';
import { type CommandHandlers, commandIds, timelineViewType } from './vscode/contributions';
import { createCompanions } from './vscode/createCompanions';
import { DebugOutput } from './vscode/debug/debugOutput';
import { BackgroundIndex } from './vscode/engine/backgroundIndex';
import { createClient } from './vscode/engine/createClient';
import { EngineAccess } from './vscode/engine/engineAccess';
import { createHover } from './vscode/hover/createHover';
import { HoverLinks } from './vscode/hover/hoverLinks';
import { HoverTraces } from './vscode/hover/hoverTraces';
import { createLogViews } from './vscode/logView/logViews';
import { createNavigation } from './vscode/navigation/createNavigation';
import { LinkHandler } from './vscode/pick/linkHandler';
import { RecentIds } from './vscode/pick/recentIds';
import { traceCommand } from './vscode/pick/traceCommand';
import { readingActions } from './vscode/reading/readingActions';
import { ReadingPanel } from './vscode/reading/readingPanel';
import { addLogFiles } from './vscode/sources/addLogFiles';
import { SourcePlaces } from './vscode/sources/sourcePlaces';
import { AgentLens } from './vscode/timeline/agentLens';
import { copyCommands } from './vscode/timeline/copyCommands';
import { pageActions } from './vscode/timeline/pageActions';
import { searchReport } from './vscode/timeline/searchReport';
import { SearchScopes } from './vscode/timeline/searchScopes';
import { Timelines } from './vscode/timeline/timelines';
import { createTraces } from './vscode/traces/createTraces';
import { ErrorReporter } from './vscode/userError';

let engine: EngineAccess | undefined;

/** Creates the parts and wires them; nothing is read or started before it is asked for. */
export function activate(context: ExtensionContext): void {
  const start = performance.now();
  const { extensionUri, subscriptions, workspaceState: state, globalState } = context;
  const log = window.createOutputChannel('Throughline', { log: true });
  const errors = new ErrorReporter(log);
  const debugOutput = new DebugOutput();
  const output = () => debugOutput.places();
  const places = new SourcePlaces(state, error => errors.show(error), output);
  const { client, remote } = createClient(context);
  const index = new BackgroundIndex(client, error => errors.note(error));
  const access = new EngineAccess(
    client,
    () => places.current(),
    () => places.reading(),
    () => index.wake(),
    () => places.refresh(),
  );
  engine = access;

  const recent = new RecentIds(state);
  const links = new HoverLinks();
  const hoverTraces = new HoverTraces(access);
  const views = createLogViews({ access, extensionUri, places, errors, hoverTraces, timelines: () => timelines });
  const timelines: Timelines = new Timelines({
    access,
    recent,
    scopes: new SearchScopes(state, () => places.current()),
    extensionUri,
    actions: pageActions({
      lens: new AgentLens(globalState),
      engine: access.current,
      views,
      errors,
      columns: () => timelines.columns,
      list: query => traces.list(query),
      searchAgain: timeline => timelines.searchAgain(timeline),
      addLogs: () => addLogFiles(places),
    }),
    report: searchReport({ errors, log, warn: () => places.warnOfRefused() }),
  });

  const actions = readingActions({ engine: access.current, views, errors, addLogs: () => addLogFiles(places) });
  const reading = new ReadingPanel({ access, extensionUri, actions });

  const traces = createTraces({
    access,
    places,
    errors,
    extensionUri,
    show: (text, manner) => timelines.show(text, manner),
    howRead: () => reading.show(),
  });

  const navigation = createNavigation({
    access,
    traces: hoverTraces,
    links,
    errors,
    reveal: { views, engine: access.current },
    sessions: () => timelines.sessions,
    columns: () => timelines.columns,
    show: (text, manner) => timelines.show(text, manner),
  });

  const companions = createCompanions({
    context,
    remote,
    access,
    recent,
    places,
    debugOutput,
    timelines,
    views,
    index,
    errors,
  });

  const handlers: CommandHandlers = {
    [commandIds.trace]: (...args) =>
      traceCommand({ access, remote, recent, views, show: text => timelines.show(text) }, args),
    [commandIds.howRead]: () => reading.show(),
    [commandIds.addLogFiles]: () => addLogFiles(places),
    [commandIds.cancel]: () => timelines.cancel(),
    ...copyCommands(() => timelines.active),
    ...traces.commands,
    ...navigation.commands,
    ...companions.commands,
  };

  subscriptions.push(
    log,
    remote,
    timelines,
    reading,
    views,
    hoverTraces,
    index,
    ...traces.disposables,
    ...navigation.disposables,
    ...companions.disposables,
    ...Object.entries(handlers).map(([id, run]) => commands.registerCommand(id, errors.guard(run))),
    workspace.onDidChangeConfiguration(
      errors.guard(event => event.affectsConfiguration('throughline') && reading.refresh()),
    ),
    window.registerUriHandler(
      new LinkHandler({ errors, outside: () => places.outside(), show: (id, manner) => timelines.show(id, manner) }),
    ),
    ...createHover({ access, links, traces: hoverTraces, errors }),
    window.registerWebviewPanelSerializer(timelineViewType, {
      deserializeWebviewPanel: errors.guard((panel: WebviewPanel, memory: unknown) => timelines.restore(panel, memory)),
    }),
  );
  performance.measure('throughline.activate', { start });
}

/** VS Code waits for this: the engine's threads end with the extension. */
export const deactivate = (): Promise<void> | undefined => engine?.dispose();
