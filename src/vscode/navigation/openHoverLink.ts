import { commands, l10n, ProgressLocation, window } from 'vscode';
import { commandIds } from '../contributions';
import { labelText } from '../format';
import type { HoverLinks } from '../hoverLinks';
import type { RevealParts } from '../revealRecord';
import { revealRecord } from '../revealRecord';
import type { ShowManner } from '../timelines';
import { commandAction, UserError } from '../userError';
import { type LineTraces, recordOn } from './lineTraces';

export interface HoverLinkParts {
  links: HoverLinks;
  lines: LineTraces;
  reveal: RevealParts;
  show(text: string, manner?: ShowManner): Promise<void>;
}

/** Goes where a link of a hover or a lens leads: to a timeline, or to another record. @throws UserError */
export async function openHoverLink({ links, lines, reveal, show }: HoverLinkParts, token: unknown): Promise<void> {
  const target = links.targetOf(token);
  if (!target) return;
  // It would stay over what the link opens.
  await commands.executeCommand('editor.action.hideHover');
  if (target.kind === 'timeline') return show(target.id, { selected: target.step });
  const { id, source, line, way } = target;
  const again = commandAction(l10n.t('Trace Correlation ID'), commandIds.trace, id);
  const title = l10n.t('Searching the logs for {0}', labelText(id, 40));
  const found = await window.withProgress({ location: ProgressLocation.Window, title }, () =>
    lines.atPlace({ source, line }),
  );
  const from = found && recordOn(found.trace, way);
  if (!found || from === null) throw new UserError(l10n.t('This line belongs to no trace that was found.'), again);
  const [record] = await lines.engine.records({ traceId: found.trace.traceId, from, to: from + 1 });
  if (!record) throw new UserError(l10n.t('This log line is no longer part of the trace.'), again);
  await revealRecord({ ...record, ids: [id] }, reveal, { preserveFocus: false, avoid: [], again });
}
