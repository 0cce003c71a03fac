import type { StepKind } from '../../../src/common/model/trace';
import type { TimelineRow } from '../../../src/common/timeline/timelineRow';
import { after } from './sampleTraces';
import { makeRow, makeTrace, type PageTrace } from './traces';

type Given = [
  label: string,
  kind: StepKind,
  depth: number,
  startMs: number,
  endMs: number,
  more?: Partial<TimelineRow>,
];

/** Two rounds of an agent among what a framework does around it: an error and a part of the path are in the plumbing. */
const given: Given[] = [
  ['POST /chat', 'work', 0, 0, 40],
  ['Authenticate', 'plumbing', 0, 40, 55],
  ['Load session', 'work', 0, 60, 140, { waitMs: 5 }],
  ['Rate limit', 'plumbing', 0, 140, 150],
  ['Agent run', 'agent', 0, 200, 9600],
  ['Build the prompt', 'context', 1, 210, 260],
  ['Count tokens', 'plumbing', 1, 260, 270],
  ['LLM Inference', 'llm', 1, 900, 4100, { waitMs: 630, tokens: 1841, cost: 0.0123, service: 'Worker1' }],
  ['Parse the answer', 'work', 1, 4100, 4130],
  ['Publish tool calls', 'plumbing', 1, 4130, 4150, { status: 'failed', errors: 1 }],
  ['Publish tool calls', 'plumbing', 1, 4300, 4320],
  ['Trace export', 'observability', 2, 4302, 4310],
  ['Tool: search', 'tool', 2, 4500, 6100, { service: 'Worker2', waitMs: 180 }],
  ['HTTP GET', 'work', 3, 4600, 6000, { service: 'Worker2' }],
  ['Tool: fetch', 'tool', 2, 4500, 5200, { service: 'Worker3', waitMs: 180, status: 'failed', errors: 2 }],
  ['HTTP GET', 'work', 3, 4550, 4800, { service: 'Worker3', status: 'failed', errors: 1 }],
  ['HTTP GET', 'work', 3, 4900, 5200, { service: 'Worker3' }],
  ['Join results', 'context', 1, 6120, 6180],
  ['LLM Inference', 'llm', 1, 6400, 9300, { waitMs: 220, tokens: 4207, cost: 0.0281, service: 'Worker1' }],
  ['Store memory', 'plumbing', 1, 9300, 9500],
  ['Metrics', 'observability', 1, 9500, 9510],
  ['Result', 'work', 0, 9620, 9700],
  ['Respond', 'plumbing', 0, 9700, 9760],
];

export function agentRun(): PageTrace {
  const rows = given.map(([label, kind, depth, startMs, endMs, more = {}], index) =>
    makeRow({
      key: `a${index}`,
      number: String(index + 1),
      label,
      kind,
      depth,
      startMs,
      endMs,
      previous: index === 0 ? [] : after([index === 14 ? 11 : index - 1, `a${index - 1}`]),
      path: depth < 3 && index !== 14 ? [{ kind: 'run', startMs, endMs }] : [],
      ...more,
    }),
  );
  return makeTrace(rows, {
    correlationId: 'chat-2026-0815',
    status: 'recovered',
    tokens: 6048,
    cost: 0.0404,
    models: [{ model: 'claude-sonnet', calls: 2, tokens: 6048, cost: 0.0404 }],
  });
}
