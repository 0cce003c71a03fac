import { l10n, window } from 'vscode';
import { commandIds } from '../contributions';
import { commandAction, UserError } from '../userError';
import { type LineTraces, recordOn } from './lineTraces';
import type { RevealParts } from './revealRecord';
import { revealRecord } from './revealRecord';

/**
 * *Next / Previous Record of This Trace*: from the cursor's line to the record of the same trace that comes after or before
 * it in time, in whatever file it stands. @throws UserError where there is none
 */
export async function goToRecord(lines: LineTraces, parts: RevealParts, way: 1 | -1): Promise<void> {
  const editor = window.activeTextEditor;
  if (!editor) throw new UserError(l10n.t('Put the cursor on a line of a log first.'));
  const found = await lines.at(editor.document, editor.selection.active.line);
  const trace = commandAction(l10n.t('Trace Correlation ID'), commandIds.trace);
  if (!found || found.trace.record === null)
    throw new UserError(l10n.t('This line belongs to no trace that was found.'), trace);
  const { traceId } = found.trace;
  const from = recordOn(found.trace, way > 0 ? 'next' : 'previous');
  if (from === null)
    throw new UserError(
      way > 0 ? l10n.t('This is the last record of its trace.') : l10n.t('This is the first record of its trace.'),
    );
  const [next] = await lines.engine.records({ traceId, from, to: from + 1 });
  if (!next) throw new UserError(l10n.t('This log line is no longer part of the trace.'), trace);
  const ids = found.insight.correlationId === null ? [] : [found.insight.correlationId];
  await revealRecord({ ...next, ids }, parts, {
    preserveFocus: false,
    avoid: [],
    again: trace,
    column: editor.viewColumn,
  });
}
