import { commands, l10n, type ViewColumn } from 'vscode';
import { stackFrames } from '../../common/code/stackFrames';
import { recordText } from '../../common/export/recordText';
import type { RecordDocument } from '../../common/protocol/documents';
import type { LogEngine } from '../../common/protocol/logEngine';
import { roleQuery } from '../../common/query/roleQuery';
import { revealCode } from '../code/revealCode';
import { commandIds, settingIds } from '../contributions';
import type { LogViews } from '../logView/logViews';
import { revealRecord } from '../navigation/revealRecord';
import { type ErrorReporter, messageOf, UserError } from '../userError';
import type { AgentLens } from './agentLens';
import { copyTrace } from './copy';
import type { PageActions, TimelinePanel } from './timelinePanel';

export interface PageActionParts {
  lens: AgentLens;
  engine: Pick<LogEngine, 'at'>;
  views: LogViews;
  errors: ErrorReporter;
  /** Columns that show timelines. */
  columns(): ViewColumn[];
  /** Lists the traces that fit a query. */
  list(query: string): Promise<void>;
  searchAgain(timeline: TimelinePanel): Promise<void>;
  /** @returns whether there is something new to search */
  addLogs(): Promise<boolean>;
}

/** What a page may set off. It names records by step and index, never a path (SEC-04); failures are shown to the user. */
export const pageActions =
  (parts: PageActionParts) =>
  (timeline: TimelinePanel): PageActions => {
    const { lens, engine, views, errors, columns, list, searchAgain, addLogs } = parts;
    const { session } = timeline;
    const again = { title: l10n.t('Search Again'), run: () => searchAgain(timeline) };
    const reveal = async (record: RecordDocument | undefined, preview: boolean) => {
      if (!record) throw new UserError(l10n.t('This log line is no longer part of the trace.'), again);
      const ids = session.trace?.spellings ?? [];
      await revealRecord({ ...record, ids }, { views, engine }, { preserveFocus: preview, avoid: columns(), again });
    };
    return {
      openRecord: errors.guard(async ({ traceId, key, record, preview }) => {
        const { records, nearby = [] } = await session.stepTold(traceId, key);
        await reveal([...records, ...nearby][record], preview);
      }),
      openLine: errors.guard(async ({ traceId, index, preview }) => {
        const [record] = await session.ask(traceId, held => held.records({ traceId, from: index, to: index + 1 }));
        await reveal(record, preview);
      }),
      openCode: errors.guard(async ({ traceId, key }) => {
        const { codeLocation } = await session.stepTold(traceId, key);
        if (codeLocation) await revealCode(codeLocation, columns());
      }),
      openFrame: errors.guard(async ({ traceId, key, record, frame }) => {
        const { records, nearby = [] } = await session.stepTold(traceId, key);
        const named = [...records, ...nearby][record];
        // Read again from the record itself: a page names no file.
        const place = stackFrames(named ? recordText(named) : '')[frame];
        if (!place) throw new UserError(l10n.t('This log line is no longer part of the trace.'), again);
        await revealCode(place, columns());
      }),
      openNote: errors.guard(async ({ traceId, note, record, preview }) => {
        const place = session.trace?.traceId === traceId ? session.trace.notes[note]?.records[record] : undefined;
        if (!place) throw new UserError(l10n.t('This log line is no longer part of the trace.'), again);
        const { source, line } = place;
        // The note knows the place alone; a line that cannot be read any more is told by the look for it.
        const read = line === null ? null : await engine.at({ source, line }).catch(() => null);
        const nothing = { byteOffset: 0, timestamp: null, severity: null, message: '', stack: null };
        await reveal({ ...nothing, ...read?.record, source, line }, preview);
      }),
      // The page says whether it was copied, so it is the page that tells of a failure.
      copy: request =>
        copyTrace(session, request).catch(error => {
          errors.note(error);
          throw new UserError(messageOf(error));
        }),
      pivot: errors.guard(({ role }) => {
        const value = session.trace?.[role];
        return value && list(roleQuery(role, value));
      }),
      lens: ({ on }) => lens.switch(on),
      searchAgain: () => void errors.guard(searchAgain)(timeline),
      addLogs: errors.guard(async () => {
        if (await addLogs()) void errors.guard(searchAgain)(timeline);
      }),
      openSetting: errors.guard(() => commands.executeCommand('workbench.action.openSettings', settingIds.sources)),
      howRead: errors.guard(() => commands.executeCommand(commandIds.howRead)),
    };
  };
