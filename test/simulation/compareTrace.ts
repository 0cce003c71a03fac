import { basename } from 'node:path';
import type { StepDocument, TraceDocument } from '../../src/common/protocol/documents';
import type { RecordRef, StepTruth, TraceTruth } from '../simulator/truth';

/** Every point in which a trace differs from its ground truth, in words; empty where it is equal. */
export function differences(trace: TraceDocument, truth: TraceTruth): string[] {
  const found: string[] = [];
  const expect = (what: string, actual: unknown, expected: unknown) => {
    const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
    if (a !== b) found.push(`${what}: ${a} instead of ${b}`);
  };
  expect('status', trace.status, truth.status);
  expect('failed step', trace.steps.find(step => step.key === trace.failedStep)?.stepId ?? null, truth.failedStepId);
  expect('end step', trace.steps.find(step => step.key === trace.criticalPath?.until)?.stepId, truth.endStepId);
  expect('duration', trace.durationMs, truth.durationMs);
  for (const role of ['userId', 'sessionId', 'entityId', 'organizationId'] as const)
    expect(role, trace[role], truth[role]);
  expect(
    'rows',
    // What a line says of somebody who does not log is made up, and no step of the truth.
    trace.steps.filter(({ external }) => !external).map(step => `${step.stepId} ${step.depth}`),
    truth.steps.map(step => `${step.stepId} ${step.depth}`),
  );
  expect('mentions', trace.mentions, truth.mentions.length);
  const records = trace.steps.flatMap(step => step.records);
  expect('records', places(records), places(truth.records));
  for (const expected of truth.steps) {
    const step = trace.steps.find(({ stepId }) => stepId === expected.stepId);
    if (!step) found.push(`step ${expected.stepId} is missing`);
    else compareStep(step, expected, (what, a, b) => expect(`${expected.stepId} ${expected.stepType}: ${what}`, a, b));
  }
  return found;
}

function compareStep(
  step: StepDocument,
  truth: StepTruth,
  expect: (what: string, actual: unknown, expected: unknown) => void,
): void {
  expect('type', step.stepType, truth.stepType);
  expect('service', step.service, truth.service);
  const links = (evidence: string[]) =>
    step.previousSteps
      .filter(link => evidence.includes(link.evidence))
      .map(link => link.stepId)
      .sort();
  expect('stated previous steps', links(['stated']), [...truth.loggedPreviousStepIds].sort());
  expect('previous steps', links(['stated', 'joined', 'inferred']), [...truth.previousStepIds].sort());
  const { durationMs, durationKind, bound } = step;
  expect('duration', { durationMs, durationKind, bound }, truth.expected);
  if (durationMs !== null && truth.end !== null) {
    const real = truth.end - truth.start;
    const holds =
      bound === 'exact' ? durationMs === real : bound === 'atMost' ? durationMs >= real : durationMs <= real;
    expect(`true duration of ${real} ms within the bound of ${durationMs} ms`, holds, true);
  }
  expect('wait', step.waitMs, truth.waitMs);
  expect('status', step.status, truth.status);
  expect(
    'attempts',
    step.attempts.map(attempt => attempt.status),
    truth.attemptStatuses,
  );
  expect('records', places(step.records), places([...truth.records, ...truth.handoffs]));
}

const places = (records: readonly (RecordRef | { source: string; line: number | null })[]): string[] =>
  records.map(({ source, line }) => `${basename(source)}:${line}`).sort();
