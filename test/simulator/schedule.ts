import { endOf, type Progress, type Run, type Stage, type Step, stepsOf, tailsOf } from './model.ts';
import type { Random } from './random.ts';
import type { Kind } from './services.ts';

/** The shortest queue wait: longer than a start-only publisher needs for its lines, which come after its work. */
const shortestWait = 4;

/** How long work takes, [from, to] in ms. */
const work: Record<Kind, [number, number]> = {
  request: [20, 80],
  context: [60, 1200],
  llm: [800, 12000],
  tool: [100, 4000],
  result: [20, 150],
  observability: [20, 300],
  audit: [10, 60],
};

const chatter: Record<Kind, readonly string[]> = {
  request: ['Authorising the caller', 'Assigning a correlation id'],
  context: ['Loading conversation history', 'Context has 3912 tokens', 'Trimming context to the token budget'],
  llm: ['Prompt has 2312 tokens', 'Streaming tokens', 'Model is thinking'],
  tool: ['Validating tool input', 'Cache miss', 'Parsing the response body'],
  result: ['Rendering the answer'],
  observability: ['Aggregating token usage'],
  audit: ['Hashing the audit entry'],
};

const externals = ['geo.example.com', 'payments.example.net', 'models.example.org', 'rates.example.com'];
const errors = [
  'TimeoutError: no answer within 1000 ms',
  'ConnectionError: connection reset by peer',
  'IllegalStateError: unexpected token < in JSON at position 0',
  'QuotaExceededError: 429 Too Many Requests',
];

/** Gives every step of a planned trace its times, from `start` on. */
export function scheduleTrace(random: Random, stages: readonly Stage[], start: number): void {
  let before: Stage | undefined;
  for (const stage of stages) {
    const previous = tailsOf(before);
    const ready = before ? Math.max(...previous.map(endOf)) : start;
    const waits = stage.chains.map(() => (before ? queueWait(random) : 0)).sort((a, b) => a - b);
    let latest = -1;
    for (const [index, chain] of stage.chains.entries()) {
      latest = Math.max(latest + 1, ready + (waits[index] ?? 0));
      let at = latest;
      for (const step of chain) {
        runStep(random, step, at, index);
        at = endOf(step) + queueWait(random);
      }
    }
    before = stage;
  }
  const steps = stepsOf(stages);
  const sides = steps.flatMap(step => step.sides);
  const over = Math.max(...steps.filter(step => !sides.includes(step)).map(endOf));
  for (const [index, side] of sides.entries()) runStep(random, side, over + random.int(200, 5000), index);
  handOver(random, stages);
}

function queueWait(random: Random): number {
  const [from, to] = random.pick([
    [shortestWait, 30],
    [20, 500],
    [20, 500],
    [300, 5000],
  ] as const);
  return random.int(from, to);
}

/** `slot` keeps parallel steps off each other's thread. */
function runStep(random: Random, step: Step, start: number, slot: number): void {
  const { service, kind } = step;
  const took = () => {
    const ms = Math.round(random.int(...work[kind]) / service.tickMs) * service.tickMs;
    return Math.max(ms, service.tickMs);
  };
  const lane = () => ({
    host: random.pick(service.hosts),
    thread: `${service.thread}-${((random.int(0, 7) + slot) % 512) + 1}`,
  });
  const elsewhere = (run: Run) => ({ ...lane(), host: random.pick(service.hosts.filter(host => host !== run.host)) });
  const ok = (at: number, where = lane(), ms = took()): Run => {
    return { ...where, start: at, end: at + ms, status: 'ok', progress: progressOf(random, step, at, ms), error: null };
  };
  const failed = (at: number, where = lane()): Run => ({
    ...ok(at, where),
    status: 'failed',
    error: random.pick(errors),
  });
  const dead = (at: number, status: 'failed' | 'unknown'): Run => ({ ...ok(at), end: null, status });
  const after = (run: Run) =>
    (run.end ?? Math.max(run.start, ...run.progress.map(line => line.time))) + random.int(200, 4000);

  if (step.outcome === 'lost') step.runs = [dead(start, 'unknown')];
  else if (step.redelivery === 'exhausted') {
    const first = failed(start);
    const second = failed(after(first), elsewhere(first));
    step.runs = [first, second, failed(after(second), elsewhere(second))];
  } else if (step.redelivery === 'duplicate') {
    const first = ok(start);
    step.runs = [first, { ...ok(after(first), elsewhere(first), random.int(5, 40)), progress: [] }];
  } else if (step.redelivery) {
    const first = step.redelivery === 'crash' ? dead(start, 'failed') : failed(start);
    step.runs = [first, ok(after(first), elsewhere(first))];
  } else step.runs = [step.outcome === 'failed' ? failed(start) : ok(start)];
}

/** Lines between start and end. An end-only service has none: they would look like its start. */
function progressOf(random: Random, step: Step, start: number, ms: number): Progress[] {
  if (step.service.phases === 'end' || ms < 10) return [];
  if (step.external) {
    const url = `https://${random.pick(externals)}`;
    return [
      { time: start + 2, level: 'INFO', message: `Calling external API ${url}` },
      { time: start + ms - 4, level: 'DEBUG', message: `Response body of ${url} has ${random.int(1, 900)} kB` },
    ];
  }
  const times = Array.from({ length: random.int(0, 2) }, () => start + random.int(1, ms - 5)).sort((a, b) => a - b);
  const level = () => (random.chance(0.1) ? 'WARN' : random.chance(0.3) ? 'DEBUG' : 'INFO');
  return times.map(time => ({ time, level: level(), message: random.pick(chatter[step.kind]) }));
}

/** Decides, once times are known, who publishes to whom and what a fan-in names. */
export function handOver(random: Random, stages: readonly Stage[]): void {
  for (const [index, stage] of stages.entries()) {
    const joinNamesOne = stages[index - 1]?.joinNamesOne ?? false;
    for (const chain of stage.chains) {
      for (const step of chain) {
        const siblings =
          step.previous.length === 1 && step === chain[0] ? stage.chains.flatMap(other => other[0] ?? []) : [step];
        step.handoff = handoffTo(step, siblings);
        for (const side of step.sides) side.handoff = handoffTo(side, [side]);
        if (joinNamesOne) step.named = [step.handoff?.by ?? random.pick(step.previous)];
      }
    }
  }
}

function handoffTo(step: Step, siblings: readonly Step[]): Step['handoff'] {
  const by = [...step.previous].sort((a, b) => endOf(b) - endOf(a))[0];
  if (!by?.service.publishes) return null;
  const end = endOf(by);
  // In a fan-in the line shares its publisher's end stamp, whichever branch on that service it is ascribed to; with a
  // start-only branch, whose inferred end would tie with the line, there is none.
  if (step.previous.length > 1) return step.previous.some(isStartOnly) ? null : { time: end, by };
  const position = siblings.indexOf(step);
  // A start-only step publishes when its work is done, so that the line is an upper bound of its end. Its interval is
  // not known well enough to tell the line from the work of a step that logs no start.
  if (isStartOnly(by)) {
    const logsStart = step.service.phases === 'start' || step.service.phases === 'start+end';
    return logsStart ? { time: end + Math.min(position, shortestWait - 1), by } : null;
  }
  return { time: end - Math.min(3, siblings.length - position), by };
}

const isStartOnly = (step: Step) => step.service.phases === 'start';
