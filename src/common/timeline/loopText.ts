import type { LoopDocument } from '../protocol/documents';
import { formatDuration } from './formatDuration';
import { visibleText } from './visibleText';

/** `×5: LLM → tool, 12.10 s in all, 1.20 s to 3.40 s each`: how often what comes again, and how long it takes. */
export function loopText({ pattern, count, measured, parallel, totalMs, minMs, maxMs, spanMs }: LoopDocument): string {
  const parts = [`×${count}: ${pattern.map(name => visibleText(name)).join(' → ')}`];
  if (totalMs !== null && minMs !== null && maxMs !== null && spanMs !== null) {
    parts.push(`${formatDuration(totalMs)} in all${parallel ? ` within ${formatDuration(spanMs)}, in parallel` : ''}`);
    const [least, most] = [formatDuration(minMs), formatDuration(maxMs)];
    parts.push(least === most ? `${most} each` : `${least} to ${most} each`);
  }
  if (measured < count) parts.push(measured === 0 ? 'times not known' : `times of ${measured} of ${count} known`);
  return parts.join(', ');
}
