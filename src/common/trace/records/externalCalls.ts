import { append } from '../../base/groupBy';
import { remembered } from '../../base/remembered';
import type { LinkEvidence, Step } from '../../model/trace';
import { type Nanos, nanos } from '../../model/units';
import type { Callee } from './callees';
import type { Lanes } from './lanes';
import { type OrderedRecords, stampOf } from './orderRecords';

/** One call of a step, at a time or over a stretch. */
interface Call {
  caller: Step;
  callee: Callee;
  start: Nanos | null;
  end: Nanos | null;
}

/**
 * Puts a made-up step after each step that calls a service which does not log, or publishes to a queue from which nobody
 * here takes: one for all calls of one parent to one service. They carry no records, are part of no path and claim no more
 * than that the call took at most as long as the caller's side of it. Where the callee logs anything, there is none.
 *
 * @param steps in row order; not changed
 */
export function withExternalCalls(steps: readonly Step[], ordered: OrderedRecords): readonly Step[] {
  const { callees } = ordered;
  if (!callees) return steps;
  const calls: Call[] = [];
  for (const step of steps) addCalls(calls, step, callees, ordered);
  const isLogged = remembered(loggers(steps, ordered.lanes));
  const answered = answeredSteps(steps);
  const groups = new Map<string, Call[]>();
  for (const call of calls) {
    const { caller, callee } = call;
    if (isLogged(callee.name) || answered[callee.means].has(caller.key)) continue;
    const parent = callee.isSpan ? caller.previousSteps.find(({ meaning }) => meaning === 'encloses')?.key : undefined;
    append(groups, JSON.stringify([callee.means, callee.name, parent ?? caller.key]), call);
  }
  const after = new Map<string, Step[]>();
  const taken = new Set(steps.map(({ key }) => key));
  for (const group of groups.values()) {
    const step = externalStep(group, taken);
    append(after, group[0]!.caller.key, step);
  }
  return insertBelow(steps, after);
}

function addCalls(calls: Call[], step: Step, callees: readonly (Callee | null)[], ordered: OrderedRecords): void {
  let spans: Set<string> | null = null;
  for (const index of step.records) {
    const callee = callees[index];
    if (!callee || step.handoffs.includes(index)) continue;
    if (callee.isSpan) {
      // Start and end of one span name the same callee twice.
      if (spans?.has(callee.name)) continue;
      spans ??= new Set();
      spans.add(callee.name);
      calls.push({ caller: step, callee, start: step.start, end: step.end });
      continue;
    }
    const at = stampOf(ordered, index);
    const { duration, timeIs } = ordered.records[index]!;
    const start = at === null ? null : nanos(duration !== null && timeIs === 'end' ? at - duration : at);
    calls.push({
      caller: step,
      callee,
      start,
      end: start !== null && duration !== null ? nanos(start + duration) : null,
    });
  }
}

/**
 * Steps whose callee is in the logs: another service logs the other side of the call, or a step inside it; of a message,
 * somebody takes it up.
 */
function answeredSteps(steps: readonly Step[]): Record<Callee['means'], ReadonlySet<string>> {
  const serviceOf = new Map(steps.map(({ key, service }) => [key, service]));
  const call = new Set<string>();
  const publish = new Set<string>();
  for (const { key, service, attempts, previousSteps } of steps) {
    if (attempts.some(({ sides }) => sides.length > 0)) call.add(key);
    for (const { key: to, meaning, evidence } of previousSteps) {
      const elsewhere = service !== null && service !== serviceOf.get(to);
      if (elsewhere && meaning === 'encloses') call.add(to);
      if (meaning === 'encloses' || evidence !== 'inferred') publish.add(to);
    }
  }
  return { call, publish };
}

/** Whether a name is that of somebody who logs here: a service, a host, a type of step. */
function loggers(steps: readonly Step[], lanes: Lanes): (name: string) => boolean {
  const names = new Set<string>();
  for (const { service, host } of lanes.list) {
    for (const name of [service, host]) if (name !== null) names.add(plainService(name));
  }
  const types = [...new Set(steps.map(({ stepType }) => stepType ?? ''))].map(type => plainWord(type)).filter(Boolean);
  names.delete('');
  return callee => {
    const name = plainService(callee);
    if (name === '') return true;
    const isAlike = (other: string) =>
      other === name ||
      (Math.min(other.length, name.length) >= 4 && (other.startsWith(name) || name.startsWith(other)));
    return [...names].some(isAlike) || types.some(type => name.length >= 4 && type.includes(name));
  };
}

const plainWord = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** `payment-service.prod.svc:8080` → `payment`: its first label, without what services are called besides. An address stays. */
function plainService(name: string): string {
  const [host = ''] = name.toLowerCase().split(':');
  const isAddress = /^[\d.]+$/.test(host);
  const [first = '', ...domain] = isAddress ? [host] : host.split('.');
  // Of a public name (`api.example.org`) the first label is often no name.
  const label = domain.length > 1 && /^(?:api|www|app|v\d+)$/.test(first) ? domain[0]! : first;
  return plainWord(label.replace(/(?<=\w)[-_]?(?:service|svc|server|api)$/, ''));
}

function externalStep(calls: readonly Call[], taken: Set<string>): Step {
  const [{ caller, callee }] = calls as [Call, ...Call[]];
  let key = `~>${callee.name}#${caller.key}`;
  while (taken.has(key)) key += "'";
  taken.add(key);
  const callers = new Map<Step, LinkEvidence>();
  for (const call of calls) if (callers.get(call.caller) !== 'stated') callers.set(call.caller, call.callee.evidence);
  const starts = calls.flatMap(({ start }) => start ?? []);
  const ends = calls.flatMap(({ end }) => end ?? []);
  const isMeasured = calls.every(({ start, end }) => start !== null && end !== null);
  return {
    key,
    stepId: null,
    stepType: callee.name,
    kind: 'work',
    service: null,
    host: null,
    thread: null,
    messageId: null,
    previousSteps: [...callers].map(([step, evidence]) => ({
      key: step.key,
      stepId: step.stepId,
      meaning: 'encloses',
      evidence,
    })),
    start: starts.length > 0 ? starts.reduce((a, b) => (b < a ? b : a)) : null,
    end: isMeasured ? ends.reduce((a, b) => (b > a ? b : a)) : null,
    duration: isMeasured ? union(calls) : null,
    durationKind: isMeasured ? 'inferred' : 'unknown',
    bound: isMeasured ? 'atMost' : null,
    wait: null,
    sincePrevious: null,
    self: null,
    drag: null,
    status: 'unknown',
    attempts: [],
    depth: caller.depth + 1,
    input: null,
    attributes: {},
    tokens: null,
    cost: null,
    codeLocation: null,
    external: { calls: calls.length, means: callee.means },
    records: [],
    handoffs: [],
    clockOffset: null,
  };
}

/** How long any of the calls went on. */
function union(calls: readonly Call[]): Nanos {
  let [covered, reached] = [0, Number.NEGATIVE_INFINITY];
  for (const { start, end } of [...calls].sort((a, b) => a.start! - b.start!)) {
    covered += Math.max(0, end! - Math.max(start!, reached));
    reached = Math.max(reached, end!);
  }
  return nanos(covered);
}

/** Each behind its caller and all that stands below that. */
function insertBelow(steps: readonly Step[], after: ReadonlyMap<string, readonly Step[]>): Step[] {
  const result: Step[] = [];
  const waiting: { depth: number; steps: readonly Step[] }[] = [];
  for (const step of steps) {
    while (waiting.length > 0 && waiting.at(-1)!.depth >= step.depth) result.push(...waiting.pop()!.steps);
    result.push(step);
    const external = after.get(step.key);
    if (external) waiting.push({ depth: step.depth, steps: external });
  }
  for (const { steps: left } of waiting.reverse()) result.push(...left);
  return result;
}
