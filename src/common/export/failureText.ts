import type { StepDocument, TraceDocument } from '../protocol/documents';
import { stepNumbers } from '../timeline/stepNumbers';
import { visibleText } from '../timeline/visibleText';
import { labelOf } from './stepList';

/** A message may be a whole stack: its first line says what went wrong. */
const longest = 200;

/**
 * Where a trace failed, with what the log says of it: `Failed in 4b Tool: fetch: connection refused; then 2 LLM Inference`;
 * of one that went on all the same `Recovered from 4b …`. `null` where no step failed.
 */
export function failureText({ steps, failurePath }: TraceDocument): string | null {
  const numbers = stepNumbers(steps);
  const named = (step: StepDocument) => `${numbers.get(step.key)} ${labelOf(step)}`;
  const path = failurePath.flatMap(key => steps.find(step => step.key === key) ?? []);
  const [first = steps.find(({ status }) => status === 'failed'), ...others] = path;
  if (!first) return null;
  const error = errorOf(first);
  // A step without a name of its own is called by such a line already.
  const why = error && !labelOf(first).endsWith(error) ? `: ${error}` : '';
  const after = others.map((step, at) => `${why && at === 0 ? ';' : ','} then ${named(step)}`).join('');
  return `${path.length > 0 ? 'Failed in' : 'Recovered from'} ${named(first)}${why}${after}`;
}

/** The first line of a step's first error, or of its last record where none is called an error. */
function errorOf({ records }: StepDocument): string | null {
  const isError = (severity: string | null) => severity === 'error' || severity === 'fatal';
  const record = records.find(({ severity }) => isError(severity)) ?? records.at(-1);
  const [line = ''] = record?.message.trim().split(/\r?\n/, 1) ?? [];
  // A record without words is its whole text.
  if (/^[{[]/.test(line)) return null;
  const shown = visibleText(line.slice(0, longest));
  return shown === '' ? null : line.length > longest ? `${shown}…` : shown;
}
