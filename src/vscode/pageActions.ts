import { l10n, type ViewColumn } from 'vscode';
import type { CompressedLogs } from './compressedLogs';
import { copyTrace } from './copy';
import { revealRecord } from './revealRecord';
import type { PageActions, TimelinePanel } from './timelinePanel';
import { type ErrorReporter, UserError } from './userError';

export interface PageActionParts {
  logs: CompressedLogs;
  errors: ErrorReporter;
  /** Columns that show timelines. */
  columns(): ViewColumn[];
  show(text: string): Promise<void>;
}

/** What a page may set off. It names records by step and index, never a path (SEC-04); failures are shown to the user. */
export const pageActions =
  ({ logs, errors, columns, show }: PageActionParts) =>
  ({ session }: TimelinePanel): PageActions => ({
    openRecord: errors.guard(async ({ traceId, key, record, preview }) => {
      const { records } = await session.ask(traceId, engine => engine.step({ traceId, key }));
      const place = records[record];
      if (!place) throw new UserError(l10n.t('This log line is no longer part of the trace.'));
      await revealRecord(place, logs, { preserveFocus: preview, avoid: columns() });
    }),
    copy: errors.guard(({ what }) => copyTrace(session, what)),
    pivot: errors.guard(({ role }) => {
      const value = session.trace?.[role];
      if (value) void errors.guard(show)(value);
    }),
  });
