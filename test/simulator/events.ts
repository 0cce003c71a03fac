import {
  type Handoff,
  type Identity,
  type LogEvent,
  type Run,
  releasing,
  type Stage,
  type Step,
  stepsOf,
} from './model.ts';
import type { Kind } from './services.ts';

/** All records of one trace in time order. */
export function eventsOf(stages: readonly Stage[], identity: Identity): LogEvent[] {
  const steps = stepsOf(stages);
  const events = steps.flatMap(step => {
    const handoffs = steps.flatMap(next =>
      next.handoff?.by === step ? handoffEvent(next, next.handoff, identity) : [],
    );
    return step.runs.flatMap((run, index) => {
      const attempt = index + 1;
      // Handoffs before the end record: with equal stamps that is also their order in the file.
      return [
        ...startEvent(step, run, attempt, identity),
        ...progressEvents(step, run, attempt, identity),
        ...(run === releasing(step) ? handoffs : []),
        ...endEvent(step, run, attempt, identity),
      ];
    });
  });
  return events.sort((a, b) => a.time - b.time);
}

function base(step: Step, run: Run, attempt: number, identity: Identity) {
  const { host, thread } = run;
  return { service: step.service, host, thread, identity, step, attempt, ...plain };
}

const plain = { level: 'INFO', status: null, durationMs: null, error: null, attributes: {} } as const;

function startEvent(step: Step, run: Run, attempt: number, identity: Identity): LogEvent[] {
  const { phases } = step.service;
  if (phases !== 'start' && phases !== 'start+end') return [];
  const message = step.kind === 'request' ? 'API request received' : `${step.stepType} started`;
  return [{ ...base(step, run, attempt, identity), time: run.start, kind: 'start', message }];
}

function progressEvents(step: Step, run: Run, attempt: number, identity: Identity): LogEvent[] {
  return run.progress.map(line => ({ ...base(step, run, attempt, identity), ...line, kind: 'progress' }));
}

function endEvent(step: Step, run: Run, attempt: number, identity: Identity): LogEvent[] {
  const { phases } = step.service;
  if (phases === 'start' || run.end === null) return [];
  const failed = run.status === 'failed';
  return [
    {
      ...base(step, run, attempt, identity),
      time: run.end,
      kind: 'end',
      level: failed ? 'ERROR' : 'INFO',
      message: failed
        ? `${step.stepType} failed: ${run.error}`
        : (endMessages[step.kind] ?? `${step.stepType} completed`),
      status: failed ? 'failed' : 'ok',
      durationMs: phases === 'stated' ? run.end - run.start : null,
      error: failed ? run.error : null,
      attributes: step.kind === 'llm' && !failed ? tokens(run.end - run.start) : {},
    },
  ];
}

const endMessages: Partial<Record<Kind, string>> = {
  request: 'API request completed',
  result: 'Agent execution finished',
};

function tokens(ms: number): LogEvent['attributes'] {
  const output = Math.round(ms / 14);
  return {
    model: 'atlas-2',
    input_tokens: 2312,
    output_tokens: output,
    cost_usd: (0.0069 + output * 0.000015).toFixed(4),
  };
}

function handoffEvent(step: Step, handoff: Handoff, identity: Identity): LogEvent {
  const { by, time } = handoff;
  const topic = `${step.kind}-steps`;
  const message = `Publishing ${step.stepType} message`;
  return { ...base(by, releasing(by), 1, identity), step, time, kind: 'handoff', message, attributes: { topic } };
}
