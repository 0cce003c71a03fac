/**
 * Every name that the manifest and the code share, in one place. `test/unit/manifest.test.ts` compares them with
 * package.json, so neither can drift. No `vscode` here: that test runs in plain Node.
 */
export const extensionId = 'throughline.throughline';

/** Commands that the user sees: each has a title in package.json and a handler in extension.ts. */
export const commandIds = {
  trace: 'throughline.traceCorrelationId',
  traceInFolder: 'throughline.traceInFolder',
  traceInFile: 'throughline.traceInFile',
  openSampleLogs: 'throughline.openSampleLogs',
  addLogFiles: 'throughline.addLogFiles',
  addLogSource: 'throughline.addLogSource',
  removeLogFiles: 'throughline.removeLogFiles',
  clearIndex: 'throughline.clearIndex',
  clearRemote: 'throughline.clearRemoteLogs',
  nextRecord: 'throughline.nextRecord',
  previousRecord: 'throughline.previousRecord',
  openTraceText: 'throughline.openTraceText',
  copyAsList: 'throughline.copyAsList',
  copyAsMarkdown: 'throughline.copyAsMarkdown',
  copyLink: 'throughline.copyLink',
  cancel: 'throughline.cancelTrace',
  showActivity: 'throughline.showActivity',
  howRead: 'throughline.howAreMyLogsRead',
  goToLine: 'throughline.goToLine',
  openInLogView: 'throughline.openInLogView',
  refreshSources: 'throughline.refreshSources',
  openSource: 'throughline.openSource',
  removeSource: 'throughline.removeSource',
  retrySource: 'throughline.retrySource',
  refreshTraces: 'throughline.refreshTraces',
  sortTraces: 'throughline.sortTraces',
  showFailedTraces: 'throughline.showFailedTraces',
  showAllTraces: 'throughline.showAllTraces',
  openTrace: 'throughline.openTrace',
  openTraceToSide: 'throughline.openTraceToSide',
  copyTraceId: 'throughline.copyTraceId',
  tracesOfUser: 'throughline.tracesOfUser',
  tracesOfSession: 'throughline.tracesOfSession',
  tracesOfEntity: 'throughline.tracesOfEntity',
  tracesOfOrganization: 'throughline.tracesOfOrganization',
} as const;

/** Commands behind links of our own; not in the palette. */
export const linkCommandIds = {
  openHoverLink: 'throughline.openHoverLink',
  openStep: 'throughline.openStep',
  openTextLink: 'throughline.openTextLink',
  openFrame: 'throughline.openFrame',
} as const;

export type CommandId =
  | (typeof commandIds)[keyof typeof commandIds]
  | (typeof linkCommandIds)[keyof typeof linkCommandIds];

/** One handler a command: the compiler names the one that is missing. Arguments come from anywhere. */
export type CommandHandlers = Record<CommandId, (...args: unknown[]) => unknown>;

export const settingIds = {
  sources: 'throughline.sources',
  fields: 'throughline.fields',
  formats: 'throughline.formats',
  indexSize: 'throughline.indexSize',
  remoteSize: 'throughline.remoteSize',
  remoteTime: 'throughline.remoteTime',
  codeLens: 'throughline.codeLens',
  debugOutput: 'throughline.debugOutput',
  codePaths: 'throughline.codePaths',
} as const;

export const defaultSources: readonly string[] = ['**/*.log', '**/*.jsonl', '**/*.ndjson', '**/*.log.*'];

/** In MB. */
export const defaultIndexSize = 1024;
export const defaultRemoteSize = 2048;
/** In seconds. */
export const defaultRemoteTime = 60;

export const timelineViewType = 'throughline.timeline';
/** The activity bar's entry. */
export const containerId = 'throughline';
/** The walkthrough, as VS Code's command names it. */
export const tourId = `${extensionId}#start`;
export const tracesViewId = 'throughline.traces';
export const stepsViewId = 'throughline.steps';
export const sourcesViewId = 'throughline.sources';
export const readingViewType = 'throughline.reading';
export const logViewType = 'throughline.logView';

/** VS Code's own for what stands in the Output panel. */
export const outputScheme = 'output';

/** Read-only documents of logs that no text editor opens: packed, in an archive, behind a URL. */
export const logScheme = 'throughline-log';

/** Read-only documents of what debug sessions write. */
export const debugScheme = 'throughline-debug';

/** Read-only documents of traces. */
export const traceTextScheme = 'throughline-trace';

export const contextKeys = {
  /** Whether *Add Log Files…* has added something that can be removed. */
  hasAddedLogs: 'throughline.hasAddedLogs',
  /** Whether the *Sources* view has looked and found nothing at all. */
  noSources: 'throughline.noSources',
  /** Whether anything is searched or indexed that takes long. */
  busy: 'throughline.busy',
  /** Whether the search of any timeline runs. */
  searching: 'throughline.searching',
  /** Whether the *Steps* view shows a trace: that of a timeline that is open. */
  hasTrace: 'throughline.hasTrace',
  /** Whether the *Traces* view shows a part of the traces only. */
  tracesFiltered: 'throughline.tracesFiltered',
} as const;

export const stateKeys = {
  addedLogs: 'addedLogs',
  agentLens: 'agentLens',
  noOffer: 'noOfferOfLogView',
  recentIds: 'recentIds',
  removedLogs: 'removedLogs',
  remoteSecrets: 'remoteSecrets',
  searchScopes: 'searchScopes',
  trustedHosts: 'trustedHosts',
} as const;

/**
 * Documents with hovers: those whose opening activates the extension, and its own. A hover that comes or stays away
 * depending on what was used before would be a riddle.
 */
export const hoverDocuments: readonly { scheme: string; language?: string }[] = [
  { scheme: logScheme },
  { scheme: outputScheme },
  { scheme: debugScheme },
  ...['file', 'untitled'].flatMap(scheme => ['log', 'jsonl'].map(language => ({ scheme, language }))),
];

/** Documents that are searched wherever they lie once they are open. Every entry names its scheme: output is not meant. */
export const logDocuments: readonly { scheme: string; language?: string; pattern?: string }[] = [
  { scheme: 'untitled' },
  { scheme: logScheme },
  ...['log', 'jsonl', 'plaintext'].map(language => ({ scheme: 'file', language })),
  ...['**/*.{log,jsonl,ndjson,out}', '**/*.log.*'].map(pattern => ({ scheme: 'file', pattern })),
];
