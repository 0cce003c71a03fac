import { l10n } from 'vscode';
import { commandIds } from '../contributions';
import type { HoverLinks } from '../hoverLinks';
import type { RevealParts } from '../revealRecord';
import { revealRecord } from '../revealRecord';
import type { ShowManner } from '../timelines';
import { commandAction, UserError } from '../userError';
import type { LineTraces } from './lineTraces';

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
  if (target.kind === 'timeline') return show(target.id, { selected: target.step });
  const { id, traceId, index } = target;
  const again = commandAction(l10n.t('Trace Correlation ID'), commandIds.trace, id);
  const records = await lines.engine.records({ traceId, from: index, to: index + 1 }).catch(() => []);
  const [record] = records;
  if (!record) throw new UserError(l10n.t('This trace is no longer held: look it up again.'), again);
  await revealRecord({ ...record, ids: [id] }, reveal, { preserveFocus: false, avoid: [], again });
}
