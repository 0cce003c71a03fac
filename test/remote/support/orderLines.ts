import { readFileSync } from 'node:fs';
import type { TraceDocument } from '../../../src/common/protocol/documents';

export const order = 'b9d4c2f1-7a60-4f3e-9a5e-2c1d8e7f6a50';
const begin = Date.UTC(2026, 2, 2, 10);

/** With nine digits of the second. */
export const stampOf = (ms: number): string => new Date(begin + ms).toISOString().replace('Z', '000001Z');

/** Lines that a program writes, some of them of one order, with the times at which they are written in ms. */
export const programLines = (count: number): { ms: number; stream: 'stdout' | 'stderr'; text: string }[] =>
  Array.from({ length: count }, (_, at) => {
    const time = new Date(begin + at * 10).toISOString();
    const id = at % 100 === 7 ? order : `other-${at}-0123456789`;
    const level = at % 5 === 0 ? 'error' : 'info';
    const text = `{"time":"${time}","level":"${level}","correlationId":"${id}","stepId":"s${at}","message":"did ${at} größe"}`;
    return { ms: at * 10, stream: at % 5 === 0 ? 'stderr' : 'stdout', text };
  });

/** What a trace says, without where its lines stand. */
export const stepsOf = (document: Pick<TraceDocument, 'steps'> | null): unknown[] | undefined =>
  document?.steps.map(({ stepId, start, end, durationMs, waitMs, status, service, depth }) => ({
    ...{ stepId, start, end, durationMs, waitMs, status, service, depth },
  }));

/** The whole lines of a file that may be written to. */
export function wholeLines(path: string): string[] {
  const text = readFileSync(path, 'utf8');
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .slice(0, -1);
}
