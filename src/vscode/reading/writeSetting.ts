import { ConfigurationTarget, Uri, workspace } from 'vscode';
import { defaultSources, settingIds } from '../contributions';
import { type SourceChange, withFieldRole, withSourceChange } from './settingChange';

/**
 * Writes what the user says of one source to `throughline.sources`: of the workspace, if the file lies in it and the
 * workspace has a say in what is read, else of the user.
 */
export async function writeSourceChange(path: string, change: SourceChange): Promise<void> {
  const { configuration, name } = settingOf(settingIds.sources);
  const { workspaceValue, globalValue } = configuration.inspect<unknown>(name) ?? {};
  const folder = workspace.getWorkspaceFolder(Uri.file(path));
  const inWorkspace = folder !== undefined && (Array.isArray(workspaceValue) || globalValue === undefined);
  const value = inWorkspace ? workspaceValue : globalValue;
  const entries = Array.isArray(value) ? value : defaultSources;
  const isOnlyFolder = workspace.workspaceFolders?.length === 1;
  const named = inWorkspace && isOnlyFolder ? workspace.asRelativePath(path, false) : path;
  await configuration.update(name, withSourceChange(entries, named, change), targetOf(inWorkspace));
}

/** Writes a field's role to `throughline.fields`; `null` takes back what the user said of it. */
export async function writeFieldRole(role: string | null, field: string): Promise<void> {
  const { configuration, name } = settingOf(settingIds.fields);
  const { workspaceValue, globalValue } = configuration.inspect<unknown>(name) ?? {};
  const inWorkspace =
    workspaceValue !== undefined || (globalValue === undefined && !!workspace.workspaceFolders?.length);
  const value = withFieldRole(inWorkspace ? workspaceValue : globalValue, role, field);
  await configuration.update(name, value, targetOf(inWorkspace));
}

const targetOf = (inWorkspace: boolean): ConfigurationTarget =>
  inWorkspace ? ConfigurationTarget.Workspace : ConfigurationTarget.Global;

function settingOf(id: string) {
  const [section, name] = id.split('.') as [string, string];
  return { configuration: workspace.getConfiguration(section), name };
}
