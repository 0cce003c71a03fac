import { commands, type LogOutputChannel, l10n, window } from 'vscode';
import { visibleLines } from '../common/timeline/visibleText';
import { notificationText } from './format';

export interface UserAction {
  title: string;
  run(): unknown;
}

export const commandAction = (title: string, command: string, ...args: unknown[]): UserAction => ({
  title,
  run: () => commands.executeCommand(command, ...args),
});

/** What to do about whatever waits for the workspace to be trusted. */
export const manageTrust = (): UserAction => commandAction(l10n.t('Manage Workspace Trust'), 'workbench.trust.manage');

/** An error that is meant for the user: what is wrong, where, and what to do about it, with the button that does it. */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly actions: UserAction[];
  constructor(message: string, ...actions: UserAction[]) {
    super(message);
    this.actions = actions;
  }
}

/** Errors of the engine cross a thread, where classes are lost: the name tells them. */
const isForUser = (error: Error): boolean => error.name === 'UserError' || error.name === 'EngineError';

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

export const isCancellation = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'AbortError' || error.name === 'Canceled');

/** What to tell the user of any error. The text of an unforeseen one may hold log text: it is not repeated. */
export function messageOf(error: unknown): string {
  const known = asError(error);
  if (isForUser(known)) return known.message;
  return l10n.t('Something unexpected went wrong in Throughline ({0}). Its output channel says where.', known.name);
}

/** Where errors end: the user's in a notification with its remedy, all of them in the output channel. */
export class ErrorReporter {
  private readonly log: LogOutputChannel;
  constructor(log: LogOutputChannel) {
    this.log = log;
  }

  /** Writes down where it happened; never the message of an unforeseen error, which may hold log text. */
  note(error: unknown): void {
    if (isCancellation(error)) return;
    const known = asError(error);
    const places = (known.stack ?? '').split('\n').filter(line => /^\s+at /.test(line));
    this.log.error(visibleLines([isForUser(known) ? known.message : known.name, ...places].join('\n')));
  }

  show(error: unknown): void {
    if (isCancellation(error)) return;
    this.note(error);
    void this.offer(messageOf(error), error instanceof UserError ? error.actions : []);
  }

  private async offer(message: string, actions: UserAction[]): Promise<void> {
    const showLog = l10n.t('Show Output');
    const titles = actions.map(({ title }) => title);
    const chosen = await window.showErrorMessage(notificationText(message), ...titles, showLog);
    if (chosen === showLog) this.log.show(true);
    await actions.find(({ title }) => title === chosen)?.run();
  }

  /** A handler whose failure is shown instead of ending in VS Code's own "command failed". */
  guard<Arguments extends unknown[]>(run: (...args: Arguments) => unknown): (...args: Arguments) => Promise<void> {
    return async (...args) => {
      try {
        await run(...args);
      } catch (error) {
        this.show(error);
      }
    };
  }
}
