import type { RecordDocument, StepDocument, TraceDocument } from '../protocol/documents';
import { compactDuration } from '../timeline/formatDuration';
import { stepNumbers } from '../timeline/stepNumbers';
import { visibleText } from '../timeline/visibleText';
import { stepLabel } from '../trace/steps/stepLabel';

/** The seed's plain list: `Step 2  LLM Inference  8.4s`, one line a step. */
export function stepList(document: TraceDocument): string {
  const numbers = stepNumbers(document.steps);
  const rows = document.steps.map(step => [
    `Step ${numbers.get(step.key)}`,
    labelOf(step),
    boundedDuration(step),
    step.external ? 'does not log' : step.status === 'failed' ? 'failed' : '',
  ]);
  const widths = [0, 1].map(column => Math.max(0, ...rows.map(row => row[column]!.length)));
  return rows
    .map(([number, label, duration, failed]) =>
      `${number!.padEnd(widths[0]!)}  ${label!.padEnd(widths[1]!)}  ${duration!.padEnd(failed ? 8 : 0)}${failed}`.trimEnd(),
    )
    .join('\n');
}

export const labelOf = (step: StepDocument): string => visibleText(stepLabel(step, firstOwnRecord(step)?.message));

/** The first record of the step's own work: the publisher's lines that announce it stand before its start. */
export function firstOwnRecord({ stepId, start, records }: StepDocument): RecordDocument | undefined {
  if (stepId === null) return records[0];
  const own = records.find(
    ({ timestamp }) => start !== null && timestamp !== null && Date.parse(timestamp) >= Date.parse(start),
  );
  return own ?? records[0];
}

/**
 * `8.4s`; `≤ 8.4s` and `≥ 8.4s` where the logs give a bound only, `—` where they give nothing.
 * @param written how the text around it writes durations
 */
export function boundedDuration({ durationMs, bound }: StepDocument, written = compactDuration): string {
  if (durationMs === null) return '—';
  const sign = bound === 'atMost' ? '≤ ' : bound === 'atLeast' ? '≥ ' : '';
  return `${sign}${written(durationMs)}`;
}
