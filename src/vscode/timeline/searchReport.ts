import { commands, type LogOutputChannel, l10n, window } from 'vscode';
import { commandIds, settingIds } from '../contributions';
import { labelText, notificationText } from '../format';
import type { ErrorReporter } from '../userError';
import type { SearchEnd } from './traceSession';

export interface SearchReportParts {
  errors: ErrorReporter;
  log: LogOutputChannel;
  /** Tells of sources that are not read. */
  warn(): void;
}

/** Tells how a search ended, once: in a message where the timeline does not, and to the output channel without log text. */
export const searchReport =
  ({ errors, log, warn }: SearchReportParts) =>
  (end: SearchEnd, text: string, told: boolean): void => {
    warn();
    if (end.kind === 'trace') log.info(`Found a trace: ${end.trace.steps} steps, ${end.trace.records} records.`);
    if (end.kind === 'failed') {
      if (told) errors.note(end.error);
      else errors.show(end.error);
    }
    if (end.kind !== 'notFound') return;
    const { sources, bytesRead, elapsedMs } = end.completeness;
    log.info(`Found nothing: ${sources} sources, ${bytesRead} bytes, ${elapsedMs} ms.`);
    if (!told) void offerMoreSources(sources === 0, text);
  };

async function offerMoreSources(nothingRead: boolean, text: string): Promise<void> {
  const add = l10n.t('Add Log Files…');
  const setting = l10n.t('Open Setting');
  const message = nothingRead
    ? l10n.t('There are no log files to search. Add some, or open the folder that holds them.')
    : l10n.t('Nothing found for {0}.', labelText(text, 40));
  const chosen = await window.showInformationMessage(notificationText(message), add, setting);
  if (chosen === add) await commands.executeCommand(commandIds.addLogFiles);
  if (chosen === setting) await commands.executeCommand('workbench.action.openSettings', settingIds.sources);
}
