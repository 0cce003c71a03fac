import { commands, l10n, window } from 'vscode';
import { formatNames } from '../../common/formats/formats';
import { type FieldRole, fieldRoles } from '../../common/model/fieldRole';
import { isZone } from '../../common/profile/time/zone';
import type { DetectedSource } from '../../common/protocol/documents';
import type { LogEngine } from '../../common/protocol/logEngine';
import type { ChangeableFact } from '../../common/protocol/readingProtocol';
import { settingIds } from '../contributions';
import { labelText } from '../format';
import type { LogViews } from '../logView/logViews';
import { revealRecord } from '../navigation/revealRecord';
import type { ErrorReporter } from '../userError';
import type { ReadingActions } from './readingPanel';
import type { ReadingSession } from './readingSession';
import type { SourceChange } from './settingChange';
import { writeFieldRole, writeSourceChange } from './writeSetting';

export interface ReadingActionParts {
  engine: Pick<LogEngine, 'at'>;
  views: LogViews;
  errors: ErrorReporter;
  /** @returns whether there is something new to read */
  addLogs(): Promise<boolean>;
}

/** What the page may set off; each ends in a setting that the user can see and take back. */
export const readingActions =
  ({ engine, views, errors, addLogs }: ReadingActionParts) =>
  (session: ReadingSession): ReadingActions => ({
    openLine: errors.guard(async ({ line, ...request }) => {
      const { path } = session.source(request);
      const { record } = await engine.at({ source: path, line });
      const again = { title: l10n.t('Read Again'), run: () => session.read(false) };
      await revealRecord(
        { ...record, source: path, line, ids: [] },
        { views, engine },
        { preserveFocus: false, avoid: [], again },
      );
    }),
    change: errors.guard(async ({ what, ...request }) => {
      const source = session.source(request);
      const change = await asks[what](source);
      if (change) await writeSourceChange(source.path, change);
    }),
    assign: errors.guard(async ({ field, ...request }) => {
      const source = session.source(request);
      const role = await askForRole(source, field);
      if (role === undefined) return;
      const scope = role === null ? 'all' : await askForScope(source);
      if (scope === 'all') await writeFieldRole(role, field);
      else if (scope === 'source' && role !== null)
        await writeSourceChange(source.path, { fields: { [role]: [field] } });
    }),
    openSetting: errors.guard(() =>
      commands.executeCommand('workbench.action.openSettings', '@ext:throughline.throughline'),
    ),
    addLogs: errors.guard(async () => {
      if (await addLogs()) await session.read(false);
    }),
  });

/** How each fact is asked for; `null` where the user thinks better of it. */
const asks: Record<ChangeableFact, (source: DetectedSource) => Promise<SourceChange | null>> = {
  format: async ({ format, path }) => {
    const items = formatNames.map(name => ({ label: name, description: name === format ? l10n.t('as it is') : '' }));
    const chosen = await window.showQuickPick(items, { title: l10n.t('Format of {0}', labelText(path)) });
    return chosen ? { format: chosen.label } : null;
  },
  timezone: async ({ timezone, path }) => {
    const zone = await window.showInputBox({
      title: l10n.t('Time zone of {0}', labelText(path)),
      prompt: l10n.t('For stamps that name none: Europe/Berlin, UTC, +02:00'),
      value: timezone?.value ?? 'UTC',
      validateInput: value => (isZone(value.trim()) ? null : l10n.t('This is no time zone that is known here.')),
    });
    return zone === undefined ? null : { timezone: zone.trim() };
  },
  service: async ({ service, path }) => {
    const name = await window.showInputBox({
      title: l10n.t('Service that writes {0}', labelText(path)),
      prompt: l10n.t('Where no field of a record names one'),
      value: service.value ?? '',
      validateInput: value => (value.trim() === '' ? l10n.t('Give a name.') : null),
    });
    return name === undefined ? null : { service: name.trim() };
  },
  stampIs: async ({ path }) => {
    const items = [
      { label: l10n.t('The end of the step'), stampIs: 'end' as const },
      { label: l10n.t('The start of the step'), stampIs: 'start' as const },
    ];
    const title = l10n.t('What the stamp of a record with a duration is, in {0}', labelText(path));
    const chosen = await window.showQuickPick(items, { title });
    return chosen ? { stampIs: chosen.stampIs } : null;
  },
};

/** `undefined` where the user thinks better of it, `null` for what is no longer to be said of the field. */
async function askForRole({ roles }: DetectedSource, field: string): Promise<FieldRole | null | undefined> {
  const items = fieldRoles.map(role => ({
    label: role,
    description: roles[role]?.field === field ? l10n.t('as it is') : '',
    role,
  }));
  const none = {
    label: l10n.t('What its name and values say'),
    description: l10n.t('takes back your setting'),
    role: null,
  };
  const chosen = await window.showQuickPick([...items, none], {
    title: l10n.t('Use the field {0} as', labelText(field)),
    matchOnDescription: true,
  });
  return chosen?.role;
}

async function askForScope({ path }: DetectedSource): Promise<'all' | 'source' | undefined> {
  const items = [
    { label: l10n.t('In all logs'), description: settingIds.fields, scope: 'all' as const },
    { label: l10n.t('In {0} only', labelText(path)), description: settingIds.sources, scope: 'source' as const },
  ];
  const chosen = await window.showQuickPick(items, { title: l10n.t('Where') });
  return chosen?.scope;
}
