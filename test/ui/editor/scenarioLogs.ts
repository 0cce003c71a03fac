import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repoRoot } from '../../host/paths';

/** One trace each, in a file of its own, beside the sample logs. */
export const traces = {
  showcase: '7c2d9f7b-18e7-4c7a-bf8c-4d83d13d9c01',
  agent: 'a6e70001-5ce0-4a11-8c0d-3f51b0c2e94d',
  idle: 'a6e70002-5ce0-4a11-8c0d-3f51b0c2e94d',
  fanOut: 'a6e70003-5ce0-4a11-8c0d-3f51b0c2e94d',
  skewed: 'a6e70004-5ce0-4a11-8c0d-3f51b0c2e94d',
  growing: 'a6e70005-5ce0-4a11-8c0d-3f51b0c2e94d',
  long: 'a6e70006-5ce0-4a11-8c0d-3f51b0c2e94d',
};

interface GivenStep {
  id: string;
  type: string;
  service: string;
  from: number;
  /** Left out: no end is logged. */
  to?: number;
  after?: string | string[];
  failure?: string;
  more?: Record<string, unknown>;
}

const origin = Date.parse('2026-03-02T10:30:00.000Z');

const line = (at: number, fields: Record<string, unknown>) =>
  `${JSON.stringify({ timestamp: new Date(origin + at).toISOString(), level: 'INFO', ...fields })}\n`;

const whose = { userId: 'u-77', sessionId: 's-31', entityId: 'order-4711', organizationId: 'acme' };

function stepLines(correlationId: string, { id, type, service, from, to, after, failure, more }: GivenStep): string {
  const fields = {
    correlationId,
    stepId: id,
    ...(after === undefined ? {} : { previousStepId: after }),
    stepType: type,
    service,
    host: `${service.toLowerCase()}-1`,
    ...whose,
  };
  const end = failure
    ? { level: 'ERROR', message: failure, event: 'step.failed' }
    : { message: `${type} completed`, event: 'step.end' };
  const start = line(from, { ...fields, message: `${type} started`, event: 'step.start' });
  return to === undefined ? start : start + line(to, { ...fields, ...end, ...more });
}

const steps = (id: string, given: readonly GivenStep[]) => given.map(step => stepLines(id, step)).join('');

const model = (input: number, output: number, cost: number) => ({
  'gen_ai.request.model': 'large-2',
  'gen_ai.usage.input_tokens': input,
  'gen_ai.usage.output_tokens': output,
  cost_usd: cost,
});

/** Three rounds of an agent, among what its framework does around them. */
const agent: GivenStep[] = [
  { id: 'a1', type: 'Take the question', service: 'API', from: 0, to: 40 },
  { id: 'a2', type: 'Load session', service: 'API', from: 60, to: 140, after: 'a1' },
  { id: 'a3', type: 'Rate limit', service: 'API', from: 150, to: 190, after: 'a2', failure: 'Limiter did not answer' },
  { id: 'a4', type: 'Build the request', service: 'API', from: 200, to: 260, after: 'a3' },
  ...[0, 1, 2].flatMap((round): GivenStep[] => {
    const at = 300 + round * 4000;
    const after = round === 0 ? 'a4' : `t${round - 1}`;
    return [
      {
        id: `l${round}`,
        type: 'LLM Inference',
        service: 'Worker1',
        from: at,
        to: at + 2600,
        after,
        more: model(1800 + round * 900, 240, 0.0123 + round / 100),
      },
      { id: `t${round}`, type: 'Tool: search', service: 'Worker2', from: at + 2700, to: at + 3900, after: `l${round}` },
    ];
  }),
  { id: 'z1', type: 'Store the conversation', service: 'API', from: 12_300, to: 12_500, after: 't2' },
  { id: 'z2', type: 'Metrics', service: 'API', from: 12_510, to: 12_520, after: 'z1' },
  { id: 'z3', type: 'Result', service: 'API', from: 12_600, to: 12_700, after: 'z2' },
];

/** Three short calls in ten minutes. */
const idle: GivenStep[] = [
  { id: 'i1', type: 'Ask for approval', service: 'API', from: 0, to: 900 },
  { id: 'i2', type: 'Approved', service: 'Inbox', from: 400_000, to: 400_800, after: 'i1' },
  { id: 'i3', type: 'Book the flight', service: 'Worker1', from: 600_000, to: 602_500, after: 'i2' },
];

/** Branches that rejoin, one of them failing, one without an end, and one that came from a step nobody logged. */
const fanOut: GivenStep[] = [
  { id: 'f1', type: 'Plan', service: 'API', from: 0, to: 300 },
  {
    id: 'f2',
    type: 'Tool: search the whole archive of the organisation',
    service: 'Worker2',
    from: 400,
    to: 2900,
    after: 'f1',
  },
  { id: 'f3', type: 'Read the index', service: 'Worker2', from: 500, to: 900, after: 'f2' },
  {
    id: 'f4',
    type: 'Tool: fetch',
    service: 'Worker3',
    from: 420,
    to: 1500,
    after: 'f1',
    failure: 'Tool: fetch failed: TimeoutError: no answer within 1000 ms',
    more: { codeLocation: 'src/fetch.py:12', attempts: 1, url: 'https://archive.example/documents' },
  },
  { id: 'f5', type: 'Notify', service: 'Notifications', from: 600, after: 'f1' },
  { id: 'f6', type: 'Join results', service: 'Context', from: 3000, to: 3400, after: ['f2', 'f4'] },
  { id: 'f7', type: 'Enrich', service: 'CustomerDirectory', from: 3500, to: 3900, after: 'never-logged' },
  { id: 'f8', type: 'Result', service: 'API', from: 4000, to: 4100, after: 'f6' },
];

/** The worker's clock is a second behind. */
const skewed: GivenStep[] = [
  { id: 'k1', type: 'Order', service: 'API', from: 0, to: 200 },
  { id: 'k2', type: 'Payment', service: 'Worker1', from: -700, to: -600, after: 'k1' },
  { id: 'k3', type: 'Confirm', service: 'API', from: 400, to: 420, after: 'k2' },
];

const long = Array.from(
  { length: 3000 },
  (_, at): GivenStep => ({
    id: `n${at}`,
    type: at % 7 === 3 ? 'Tool: search' : 'Page',
    service: `Worker${at % 4}`,
    from: at * 20,
    to: at * 20 + 15,
    ...(at === 0 ? {} : { after: `n${at - 1}` }),
    ...(at === 2222 ? { failure: 'Page 2222 is not there' } : {}),
  }),
);

/** What of the growing trace is there when the suite begins, and what comes later. */
export const growingFile = 'growing.jsonl';
const growing = (from: number, to: number) =>
  steps(
    traces.growing,
    Array.from({ length: to - from }, (_, offset): GivenStep => {
      const at = from + offset;
      const after = at === 0 ? {} : { after: `g${at - 1}` };
      return { id: `g${at}`, type: `Page ${at + 1}`, service: 'Grower', from: at * 500, to: at * 500 + 400, ...after };
    }),
  );
export const growingLater = (from: number, to: number): string => growing(from, to);

export function writeScenarioLogs(folder: string): void {
  cpSync(join(repoRoot, 'media', 'sample-logs'), folder, { recursive: true });
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  write('agent.jsonl', steps(traces.agent, agent));
  write('idle.jsonl', steps(traces.idle, idle));
  write('fan-out.jsonl', steps(traces.fanOut, fanOut));
  write('skewed.jsonl', steps(traces.skewed, skewed));
  write('long.jsonl', steps(traces.long, long));
  write(growingFile, growing(0, 3));
  mkdirSync(join(folder, 'src'));
  write(join('src', 'fetch.py'), 'pass\n'.repeat(20));
}
