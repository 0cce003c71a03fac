import * as v from 'valibot';
import { l10n, workspace } from 'vscode';
import { defaultSources, settingIds } from './contributions';
import { commandAction, UserError } from './userError';

export interface SourcesSetting {
  patterns: string[];
  /** True where the workspace defines them: it may come from a stranger, and names only what lies inside it. */
  fromWorkspace: boolean;
}

const patternsSchema = v.array(
  v.pipe(
    v.string(issue => `is ${kindOf(issue.input)}, not text`),
    v.trim(),
    v.nonEmpty('is empty'),
    v.excludes('\0', 'holds a NUL character'),
  ),
  issue => `is ${kindOf(issue.input)}, not a list`,
);

/** @throws UserError that names the setting, the entry and the remedy. */
export function readSourcesSetting(): SourcesSetting {
  const [section, name] = settingIds.sources.split('.') as [string, string];
  const inspected = workspace.getConfiguration(section).inspect<unknown>(name);
  // VS Code holds back what it restricts in an untrusted workspace; this is the second lock on the same door.
  const ofWorkspace = workspace.isTrusted ? inspected?.workspaceValue : undefined;
  const value = ofWorkspace ?? inspected?.globalValue ?? defaultSources;
  const parsed = v.safeParse(patternsSchema, value);
  if (parsed.success) return { patterns: parsed.output, fromWorkspace: ofWorkspace !== undefined };
  throw sourcesError(reasonOf(parsed.issues[0]));
}

export function sourcesError(reason: string): UserError {
  return new UserError(
    l10n.t(
      'The setting "{0}" cannot be used: {1}. It must be a list of paths or globs such as "**/*.log".',
      settingIds.sources,
      reason,
    ),
    commandAction(l10n.t('Open Setting'), 'workbench.action.openSettings', settingIds.sources),
  );
}

function reasonOf({ path, message }: v.BaseIssue<unknown>): string {
  const index = path?.[0]?.key;
  return index === undefined ? `it ${message}` : `entry ${Number(index) + 1} ${message}`;
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
