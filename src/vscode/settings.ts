import { l10n, workspace } from 'vscode';
import {
  parseFields,
  parseFormats,
  parseSources,
  type ReadingSettings,
  SettingError,
  type SourceEntry,
} from '../common/profile/readingSettings';
import { type CodePath, CodePathError, parseCodePaths } from './code/codePaths';
import { defaultIndexSize, defaultRemoteSize, defaultRemoteTime, defaultSources, settingIds } from './contributions';
import { commandAction, UserError } from './userError';

export interface SourcesSetting {
  entries: SourceEntry[];
  /** True where the workspace defines them: it may come from a stranger, and names only what lies inside it. */
  fromWorkspace: boolean;
}

/** @throws UserError that names the setting, the entry and the remedy. */
export function readSourcesSetting(): SourcesSetting {
  const { ofUser, ofWorkspace } = valuesOf(settingIds.sources);
  const entries = forUser(() => parseSources(ofWorkspace ?? ofUser ?? defaultSources));
  return { entries, fromWorkspace: ofWorkspace !== undefined };
}

/** The settings that are objects: the workspace's members beside the user's, and before them. @throws UserError as above. */
export function readReadingSettings(): Pick<ReadingSettings, 'fields' | 'formats'> {
  return forUser(() => ({
    fields: parseFields(members(settingIds.fields)),
    formats: parseFormats(members(settingIds.formats)),
  }));
}

/** Runs what reads settings. @throws UserError that opens the setting which cannot be used. */
function forUser<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof SettingError)) throw error;
    const { setting, reason, remedy } = error;
    throw new UserError(
      l10n.t('The setting "{0}" cannot be used: {1}. {2}', setting, reason, remedy),
      openSetting(setting),
    );
  }
}

export const openSetting = (setting: string) =>
  commandAction(l10n.t('Open Setting'), 'workbench.action.openSettings', setting);

/** Where the code that logs name lies; what the workspace says before what the user says. @throws UserError as above */
export function readCodePaths(folders: readonly string[]): CodePath[] {
  const { ofUser = {}, ofWorkspace = {} } = valuesOf(settingIds.codePaths);
  try {
    return [...parseCodePaths(ofWorkspace, folders, folders), ...parseCodePaths(ofUser, folders, null)];
  } catch (error) {
    if (!(error instanceof CodePathError)) throw error;
    throw new UserError(
      l10n.t('The setting "{0}" cannot be used: {1}', settingIds.codePaths, error.message),
      openSetting(settingIds.codePaths),
    );
  }
}

/** What the index may take on disk, in bytes; 0: nothing is written. */
export function readIndexSize(): number {
  const { ofUser, ofWorkspace } = valuesOf(settingIds.indexSize);
  const size = Number(ofWorkspace ?? ofUser ?? defaultIndexSize);
  return (size >= 0 ? size : defaultIndexSize) * 2 ** 20;
}

/** What copies of remote logs may take on disk, in bytes. */
export function readRemoteSize(): number {
  const { ofUser, ofWorkspace } = valuesOf(settingIds.remoteSize);
  const size = Number(ofWorkspace ?? ofUser ?? defaultRemoteSize);
  return (size > 0 ? size : defaultRemoteSize) * 2 ** 20;
}

/** What a search may take for one remote log, in ms. */
export function readRemoteTime(): number {
  const { ofUser, ofWorkspace } = valuesOf(settingIds.remoteTime);
  const seconds = Number(ofWorkspace ?? ofUser ?? defaultRemoteTime);
  // No timer waits for longer than a day.
  return Math.min(seconds > 0 ? seconds : defaultRemoteTime, 86_400) * 1_000;
}

function valuesOf(setting: string): { ofUser: unknown; ofWorkspace: unknown } {
  const [section, name] = setting.split('.') as [string, string];
  const inspected = workspace.getConfiguration(section).inspect<unknown>(name);
  // VS Code holds back what it restricts in an untrusted workspace; this is the second lock on the same door.
  return { ofUser: inspected?.globalValue, ofWorkspace: workspace.isTrusted ? inspected?.workspaceValue : undefined };
}

function members(setting: string): unknown {
  const { ofUser = {}, ofWorkspace = {} } = valuesOf(setting);
  // What is no object is told as it is.
  if (!isObject(ofWorkspace)) return ofWorkspace;
  return isObject(ofUser) ? { ...ofUser, ...ofWorkspace } : ofUser;
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
