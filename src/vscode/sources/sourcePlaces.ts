import {
  type Disposable,
  EventEmitter,
  l10n,
  type Memento,
  TabInputText,
  type TextDocument,
  window,
  workspace,
} from 'vscode';
import type { ReadingSettings } from '../../common/profile/readingSettings';
import type { SourcePlace } from '../../common/protocol/logEngine';
import { isRemote } from '../../common/protocol/places/remotePlaces';
import { commandIds, outputScheme, settingIds, stateKeys } from '../contributions';
import { readReadingSettings, readSourcesSetting } from '../settings';
import { commandAction, manageTrust, UserError } from '../userError';
import { hasNoFile, isLogDocument, sourceOf } from './logDocuments';
import { RemovedLogs } from './removedLogs';
import { type ResolvedPatterns, resolvePatterns, staysInside } from './sourcePatterns';
import { isVirtual, VirtualLogs } from './virtualLogs';

/** A text document above this size is no longer handed to extensions by VS Code itself. */
const maxTextLength = 50 * 1024 * 1024;

/** What to read, as the user says by setting, by *Add Log Files…*, and by what is open before them. */
export class SourcePlaces implements Disposable {
  private readonly state: Memento;
  private readonly changedAdded = new EventEmitter<void>();
  readonly onDidChangeAdded = this.changedAdded.event;
  /** Not read: what a workspace names outside of itself, and what no workspace without trust has asked for. */
  private refused = { outside: [] as string[], untrusted: [] as string[] };
  private warned = '';
  private readonly warn: (error: UserError) => void;

  private readonly texts: () => SourcePlace[];
  private readonly removed: RemovedLogs;
  private readonly virtual = new VirtualLogs(() => this.added);

  /** @param texts what else there is to read, and is in no document */
  constructor(state: Memento, warn: (error: UserError) => void, texts: () => SourcePlace[] = () => []) {
    this.state = state;
    this.removed = new RemovedLogs(state);
    this.warn = warn;
    this.texts = texts;
    this.virtual.onDidChange(() => this.changedAdded.fire());
  }

  /** What the user added: files and folders by absolute paths, places on other machines. */
  get added(): string[] {
    return this.state.get<string[]>(stateKeys.addedLogs, []);
  }

  /** Looks again at what only VS Code can read; to be waited for before `current`. Never rejects. */
  refresh(): Promise<void> {
    return this.virtual.refresh();
  }

  dispose(): void {
    this.virtual.dispose();
    this.changedAdded.dispose();
  }

  async setAdded(paths: readonly string[]): Promise<void> {
    await this.removed.change(this.added, paths);
    await this.state.update(stateKeys.addedLogs, [...new Set(paths)]);
    this.changedAdded.fire();
  }

  /** @throws UserError where a setting cannot be used. */
  current(): SourcePlace[] {
    const open = openDocuments();
    const files = open.filter(
      document => document.uri.scheme === 'file' && isLogDocument(document) && !this.removed.has(document.uri),
    );
    const added = this.added.filter(path => workspace.isTrusted || !isRemote(path));
    const named = new Set([...added, ...files.map(({ uri }) => uri.fsPath)]);
    return [
      // A glob may fit nothing; what was named one by one must not vanish without a word.
      ...this.configured().map((place): SourcePlace => ({ kind: 'path', ...place, optional: true })),
      // What only VS Code can read is among the texts.
      ...[...named].filter(path => !isVirtual(path)).map((path): SourcePlace => ({ kind: 'path', path })),
      ...open
        .filter(document => hasNoFile(document) && !isOwnOutput(document) && !isTooLong(document) && !isBlank(document))
        .map(textPlace('text')),
      ...workspace.textDocuments
        .filter(document => document.uri.scheme === 'file' && document.isDirty && !isTooLong(document))
        .map(textPlace('unsaved')),
      ...this.texts(),
      ...this.virtual.places(),
    ];
  }

  /** How the user wants them read; of sources that the workspace may not name nothing is said. @throws UserError as above. */
  reading(): ReadingSettings {
    const { entries, fromWorkspace } = readSourcesSetting();
    const sources = entries.flatMap(({ path, reading }) =>
      reading ? resolved([path], fromWorkspace).paths.map(place => ({ ...reading, path: place.path })) : [],
    );
    return { sources, ...readReadingSettings() };
  }

  /** Files that a search reads and that do not lie in the workspace. @throws UserError as above. */
  outside(): string[] {
    const folders = workspaceFolders();
    return this.current().flatMap(place =>
      place.kind === 'path' && place.within === undefined && !staysInside(place.path, folders) ? [place.path] : [],
    );
  }

  private configured(): ResolvedPatterns['paths'] {
    const { entries, fromWorkspace } = readSourcesSetting();
    const { paths, refused } = resolved(
      entries.map(({ path }) => path),
      fromWorkspace,
    );
    const isAllowed = ({ path }: { path: string }) => workspace.isTrusted || !isRemote(path);
    this.refused = {
      outside: refused.map(({ pattern }) => pattern),
      untrusted: paths.filter(place => !isAllowed(place)).map(({ path }) => path),
    };
    return paths.filter(isAllowed);
  }

  /**
   * Tells of what the setting names in vain: once for the same set, and only after a search that the user asked for, since
   * the setting is read again for every hover and every restored timeline.
   */
  warnOfRefused(): void {
    const { outside, untrusted } = this.refused;
    const key = JSON.stringify(this.refused);
    if (key === this.warned) return;
    this.warned = key;
    if (untrusted.length > 0) this.warn(remoteRefused(untrusted));
    if (outside.length === 0) return;
    this.warn(
      new UserError(
        l10n.t(
          'Not read, since a workspace may only name logs inside of it: {0}. To read them, put them into "{1}" of your user settings, or add them by hand.',
          outside.join(', '),
          settingIds.sources,
        ),
        commandAction(l10n.t('Open User Settings'), 'workbench.action.openSettingsJson'),
        commandAction(l10n.t('Add Log Files…'), commandIds.addLogFiles),
      ),
    );
  }
}

function resolved(patterns: readonly string[], fromWorkspace: boolean): ResolvedPatterns {
  return resolvePatterns(patterns, workspaceFolders(), fromWorkspace);
}

const workspaceFolders = (): string[] =>
  (workspace.workspaceFolders ?? []).flatMap(({ uri }) => (uri.scheme === 'file' ? [uri.fsPath] : []));

/**
 * The documents in open tabs, whether in front or behind another one: what the user has open is meant, wherever it lies.
 * Not all that VS Code has loaded, so that no forgotten scratch joins a trace.
 */
function openDocuments(): TextDocument[] {
  const tabs = window.tabGroups.all.flatMap(group => group.tabs);
  const inTabs = new Set(tabs.flatMap(({ input }) => (input instanceof TabInputText ? [input.uri.toString()] : [])));
  // VS Code tells late of a new tab.
  for (const { document } of window.visibleTextEditors) inTabs.add(document.uri.toString());
  return workspace.textDocuments.filter(({ uri }) => inTabs.has(uri.toString()));
}

const remoteRefused = (places: readonly string[]): UserError =>
  new UserError(
    l10n.t('Not read: {0}. In a workspace that is not trusted, Throughline asks no server.', places.join(', ')),
    manageTrust(),
  );

const textPlace =
  (kind: 'text' | 'unsaved') =>
  (document: TextDocument): SourcePlace => ({ kind, id: sourceOf(document), text: document.getText() });

/** What this extension says of searches would be found by the next one. */
const isOwnOutput = ({ uri }: TextDocument): boolean => uri.scheme === outputScheme && uri.path.includes('Throughline');

const isTooLong = (document: TextDocument): boolean => document.getText().length > maxTextLength;

const isBlank = (document: TextDocument): boolean => document.getText().trim() === '';
