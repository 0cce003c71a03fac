import type { Step } from '../model/trace';

const longest = 80;

const nouns = { call: 'calls', publish: 'messages' };

/** `TraceID: 4bf92f35… SpanID: 00f067aa… `: what a line begins with and all lines of a trace share says nothing of the step. */
const leadingIds = /^(?:[\w.-]{1,40} ?[:=] ?["']?[\da-f-]{8,64}["']?[\s,;|]+){1,4}(?=\S)/i;
/** `step_id=s1|user=bob|`: pairs that bars end stand before what the line says. */
const leadingPairs = /^(?:[\w.-]{1,40}=[^|\s]{0,200} ?\| ?){1,30}(?=\S)/;

/** What a step is called: its type, else the first words that it logged, else its ID. */
export function stepLabel(
  step: Pick<Step, 'stepType' | 'stepId' | 'key'> & { external?: Step['external'] },
  firstMessage: string | undefined,
): string {
  if (step.external)
    return `${step.stepType}${step.external.calls > 1 ? ` (${step.external.calls} ${nouns[step.external.means]})` : ''}`;
  if (step.stepType) return step.stepType;
  const line = firstMessage?.trim().split('\n', 1)[0]?.trim().replace(leadingPairs, '').replace(leadingIds, '');
  if (line) return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
  return step.stepId ?? step.key;
}
