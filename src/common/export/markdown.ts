import type { TraceDocument } from '../protocol/documents';
import { formatDuration } from '../timeline/formatDuration';
import { movedClocks } from '../timeline/movedClocks';
import { stepNumbers } from '../timeline/stepNumbers';
import { visibleText } from '../timeline/visibleText';
import { boundedDuration, labelOf } from './stepList';

/** The trace as Markdown: facts, table of steps, notes. Log text is escaped: none of it becomes markup. */
export function markdown(document: TraceDocument): string {
  const numbers = stepNumbers(document.steps);
  const facts = [
    document.status,
    document.durationMs === null ? null : formatDuration(document.durationMs),
    document.userId && `user ${document.userId}`,
    document.sessionId && `session ${document.sessionId}`,
    document.entityId && `entity ${document.entityId}`,
    document.organizationId && `organisation ${document.organizationId}`,
  ].filter(fact => fact !== null && fact !== '');
  const lines = [
    `### ${escapeMarkdown(document.correlationId)}`,
    '',
    facts.map(fact => escapeMarkdown(fact as string)).join(' · '),
  ];
  const moved = movedClocks(document);
  if (moved) lines.push('', escapeMarkdown(moved));
  if (document.bottleneck) lines.push('', escapeMarkdown(document.bottleneck.sentence));
  lines.push('', '| Step | | Service | Duration | Status |', '|---|---|---|--:|---|');
  for (const step of document.steps) {
    const indent = '&nbsp;'.repeat(2 * step.depth);
    const cells = [
      numbers.get(step.key)!,
      `${indent}${escapeMarkdown(labelOf(step))}`,
      step.external ? 'does not log' : escapeMarkdown(step.service ?? ''),
      boundedDuration(step, formatDuration),
      step.status,
    ];
    lines.push(`| ${cells.join(' | ')} |`);
  }
  if (document.notes.length > 0) lines.push('', ...document.notes.map(note => `- ${escapeMarkdown(note.text)}`));
  return `${lines.join('\n')}\n`;
}

const escapeMarkdown = (text: string): string =>
  visibleText(text)
    .replaceAll(/[\\`*_{}[\]()#+!|~$-]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/\s+/g, ' ');
