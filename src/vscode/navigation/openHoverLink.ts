import { commands, l10n, Position, ProgressLocation, Range, window } from 'vscode';
import { commandIds } from '../contributions';
import { labelText } from '../format';
import type { HoverLinks, HoverTarget } from '../hover/hoverLinks';
import { sourceOf } from '../sources/logDocuments';
import type { ShowManner } from '../timeline/timelines';
import { commandAction, UserError } from '../userError';
import { type LineTraces, recordOn } from './lineTraces';
import type { RevealParts } from './revealRecord';
import { revealRecord } from './revealRecord';

type HoverPlace = Extract<HoverTarget, { kind: 'hover' }>;

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
  if (target.kind === 'hover') return showHover(target, lines);
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

/** Shows a hover anew as soon as the trace of its line is known, or cannot be; not where the user has left the log. */
async function showHover({ uri, line, character }: HoverPlace, lines: LineTraces): Promise<void> {
  const editorNow = () => window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri);
  const document = editorNow()?.document;
  if (!document) return;
  const title = l10n.t('Reading the logs for the hover');
  await window.withProgress({ location: ProgressLocation.Window, title }, () =>
    lines.atPlace({ source: sourceOf(document), line: line + 1 }),
  );
  const viewColumn = editorNow()?.viewColumn;
  if (viewColumn === undefined) return;
  const at = new Position(line, character);
  await window.showTextDocument(document, { viewColumn, selection: new Range(at, at) });
  await commands.executeCommand('editor.action.showHover');
}
