import type { RecordDocument, StepDocument } from '../protocol/documents';
import { compactDuration } from '../timeline/formatDuration';
import { visibleLines, visibleText } from '../timeline/visibleText';
import { recordText } from './recordText';
import { boundedDuration, labelOf } from './stepList';

/** One step for a chat or a ticket: its name, what is known of it, and its log lines, all as plain text. */
export function stepText(step: StepDocument): string {
  const facts: [name: string, value: string | null][] = [
    ['status', step.status],
    ['duration', step.durationMs === null ? null : `${boundedDuration(step)} (${step.durationKind})`],
    ['wait', duration(step.waitMs)],
    ['own time', duration(step.selfMs)],
    ['could save', duration(step.dragMs)],
    ['start', step.start],
    ['end', step.end],
    ['service', step.service],
    ['host', step.host],
    ['thread', step.thread],
    ['step ID', step.stepId],
    ['previous', step.previousSteps.map(({ stepId, key }) => stepId ?? key).join(', ') || null],
    ['message ID', step.messageId],
    ...Object.entries(step.attributes),
  ];
  const known = facts.flatMap(([name, value]) => (value === null ? [] : [[visibleText(name), value] as const]));
  const width = Math.max(...known.map(([name]) => name.length));
  return `${[
    labelOf(step),
    ...known.map(([name, value]) => `${name.padEnd(width)}  ${indented(value, width + 2)}`),
    ...(step.input === null ? [] : ['', 'Input:', `  ${indented(step.input, 2)}`]),
    ...(step.records.length === 0 ? [] : ['', 'Log lines:', ...step.records.map(line)]),
  ].join('\n')}\n`;
}

const duration = (ms: number | null): string | null => (ms === null ? null : compactDuration(ms));

/** Further lines stand below the first one. */
const indented = (text: string, by: number): string => visibleLines(text).replaceAll('\n', `\n${' '.repeat(by)}`);

function line(record: RecordDocument): string {
  const { timestamp, severity, source, line: number } = record;
  const head = [timestamp, severity, number === null ? source : `${source}:${number}`];
  const shown = head.flatMap(part => (part === null ? [] : [visibleText(part)])).join(' ');
  return `  ${shown} ${indented(recordText(record), 4)}`;
}
