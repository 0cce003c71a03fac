import { l10n, type Memento, type TextDocument, window, workspace } from 'vscode';
import type { SourcePlace } from '../common/protocol/logEngine';
import { commandIds, settingIds, stateKeys } from './contributions';
import { isLogDocument, isUntitled, sourceOf } from './logDocuments';
import { readSourcesSetting } from './settings';
import { resolvePatterns } from './sourcePatterns';
import { UserError } from './userError';

/** A text document above this size is no longer handed to extensions by VS Code itself. */
const maxTextLength = 50 * 1024 * 1024;

/** What to read, as the user says by setting, by *Add Log Files…*, and by what is open before them. */
export class SourcePlaces {
  private readonly state: Memento;
  private warned = '';
  private readonly warn: (error: UserError) => void;

  constructor(state: Memento, warn: (error: UserError) => void) {
    this.state = state;
    this.warn = warn;
  }

  /** Files and folders that the user added; absolute paths. */
  get added(): string[] {
    return this.state.get<string[]>(stateKeys.addedLogs, []);
  }

  async setAdded(paths: readonly string[]): Promise<void> {
    await this.state.update(stateKeys.addedLogs, [...new Set(paths)]);
  }

  /** @throws UserError where a setting cannot be used. */
  current(): SourcePlace[] {
    const named = new Set([...this.added, ...openFiles()]);
    return [
      // A glob may fit nothing; what was named one by one must not vanish without a word.
      ...this.configured().map((path): SourcePlace => ({ kind: 'path', path, optional: true })),
      ...[...named].map((path): SourcePlace => ({ kind: 'path', path })),
      ...openTexts().map(
        (document): SourcePlace => ({ kind: 'text', id: sourceOf(document), text: document.getText() }),
      ),
    ];
  }

  private configured(): string[] {
    const { patterns, fromWorkspace } = readSourcesSetting();
    const folders = (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
    const { paths, refused } = resolvePatterns(
      patterns,
      folders.map(({ uri }) => uri.fsPath),
      fromWorkspace,
    );
    this.warnOf(refused.map(({ pattern }) => pattern));
    return paths;
  }

  /** Once for the same set: the setting is read again with every search. */
  private warnOf(patterns: string[]): void {
    const key = patterns.join('\n');
    if (key === this.warned) return;
    this.warned = key;
    if (key === '') return;
    this.warn(
      new UserError(
        l10n.t(
          'Not read, since a workspace may only name logs inside of it: {0}. To read them, put them into "{1}" of your user settings, or add them by hand.',
          patterns.join(', '),
          settingIds.sources,
        ),
        { title: l10n.t('Open User Settings'), command: 'workbench.action.openSettingsJson' },
        { title: l10n.t('Add Log Files…'), command: commandIds.addLogFiles },
      ),
    );
  }
}

/** The file in front of the user is meant, wherever it lies. */
const openFiles = (): string[] =>
  window.visibleTextEditors
    .map(({ document }) => document)
    .filter(document => document.uri.scheme === 'file' && isLogDocument(document))
    .map(({ uri }) => uri.fsPath);

/** Untitled texts: those on screen, so that no forgotten scratch joins a trace. */
const openTexts = (): TextDocument[] => [
  ...new Set(
    window.visibleTextEditors
      .map(({ document }) => document)
      .filter(document => isUntitled(document) && !isBlank(document)),
  ),
];

const isBlank = (document: TextDocument): boolean => {
  const text = document.getText();
  return text.length > maxTextLength || text.trim() === '';
};
