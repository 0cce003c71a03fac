/** The lines of one trace of a bulk file, with places to patch: 6 steps in series of 4 records each, all phases logged. */
export interface Template {
  readonly text: Uint8Array;
  readonly stampAt: number;
  readonly patches: readonly Patch[];
}

/** Copies `length` bytes of a trace's ids (its correlation id, then its step ids) to a place in the line. */
export interface Patch {
  readonly from: number;
  readonly to: number;
  readonly length: number;
}

export const idBytes = 36;
export const stepBytes = 12;
export const stepsPerTrace = 6;
export const recordsPerTrace = stepsPerTrace * 4;

const steps = [
  { type: 'API Request', service: 'API', host: 'api-1' },
  { type: 'Context Management', service: 'Context', host: 'context-1' },
  { type: 'LLM Inference', service: 'Worker1', host: 'worker1-a' },
  { type: 'Context Management', service: 'Context', host: 'context-2' },
  { type: 'Tool: search', service: 'Worker2', host: 'worker2-c' },
  { type: 'Result', service: 'API', host: 'api-1' },
] as const;

/** Each run of one such letter in a prepared line is a place; an id's first digits serve as its user and entity too. */
const stamp = '~'.repeat(23);
const id = '^'.repeat(idBytes);
const own = '<'.repeat(stepBytes);
const previous = '>'.repeat(stepBytes);
const user = '?'.repeat(2);
const entity = '!'.repeat(4);

export function bulkTemplates(format: 'json' | 'bracketed'): Template[] {
  const render = format === 'json' ? jsonLine : bracketedLine;
  return steps.flatMap((step, index) => {
    const next = steps[index + 1];
    return [
      template(render(step, index, step.type, 'step.start', `${step.type} started`), index),
      template(render(step, index, step.type, 'log', 'Loading the input of this step'), index),
      next
        ? template(render(step, index + 1, next.type, 'message.publish', `Publishing ${next.type} message`), index + 1)
        : template(render(step, index, step.type, 'log', 'Rendering the answer'), index),
      template(render(step, index, step.type, 'step.end', `${step.type} completed`), index),
    ];
  });
}

type Place = (typeof steps)[number];

function jsonLine(place: Place, index: number, stepType: string, event: string, message: string): string {
  const before = index ? `"${previous}"` : 'null';
  return (
    `{"timestamp":"${stamp}Z","level":"INFO","service":"${place.service}",` +
    `"message":"${message}","event":"${event}","stepType":"${stepType}","context":{"correlationId":"${id}",` +
    `"stepId":"${own}","previousStepId":${before},"entityId":"order-${entity}","organizationId":"acme","userId":"u-${user}"},` +
    `"sessionId":"s-9"}\n`
  );
}

function bracketedLine(place: Place, index: number, stepType: string, _event: string, message: string): string {
  return (
    `${stamp} INFO [correlationId: ${id}, stepId: ${own}, previousStepId: ${index ? previous : '-'}, ` +
    `service: ${place.service}, host: ${place.host}, thread: pool-7, stepType: ${stepType}, entityId: order-${entity}, ` +
    `organizationId: acme, userId: u-${user}, sessionId: s-9] ${message}\n`
  );
}

function template(line: string, step: number): Template {
  const stepAt = idBytes + step * stepBytes;
  const places = { [id]: 0, [user]: 0, [entity]: 0, [own]: stepAt, [previous]: stepAt - stepBytes };
  const patches = Object.entries(places).map(([mark, from]) => ({ from, to: line.indexOf(mark), length: mark.length }));
  return { text: Buffer.from(line), stampAt: line.indexOf(stamp), patches: patches.filter(({ to }) => to >= 0) };
}
