import { eventsOf } from './events.ts';
import type { Identity, Progress, SimulatedTrace, Stage, Step } from './model.ts';
import type { Random } from './random.ts';
import { handOver } from './schedule.ts';
import { type Kind, serviceNamed } from './services.ts';

export const showcaseIdentity: Identity = {
  correlationId: '7c2d9f7b-18e7-4c7a-bf8c-4d83d13d9c01',
  userId: 'u-42',
  sessionId: 's-9',
  entityId: 'order-1881',
  organizationId: 'acme',
};

interface Scene {
  readonly stepType: string;
  readonly kind: Kind;
  readonly service: string;
  readonly from: number;
  readonly ms: number;
  readonly error?: string;
  /** `offset: text` of the lines between start and end. */
  readonly lines: Readonly<Record<number, string>>;
}

/** The seed's pipeline with its durations, and waits that make it 12.10 s over 41 lines, as design §8 draws it. */
export function showcase(random: Random, start: number): SimulatedTrace {
  const stages: Stage[] = [];
  const add = (...scenes: Scene[]) => {
    const previous = (stages.at(-1)?.chains ?? []).flat();
    stages.push({ chains: scenes.map(scene => [play(random, scene, previous, start)]), joinNamesOne: false });
  };
  const context = { stepType: 'Context Management', kind: 'context' } as const;
  add({
    ...context,
    service: 'API',
    from: 0,
    ms: 120,
    lines: { 14: 'Loading conversation history', 96: 'Context has 1204 tokens' },
  });
  add({
    stepType: 'LLM Inference',
    kind: 'llm',
    service: 'Worker1',
    from: 260,
    ms: 8400,
    lines: {
      12: 'Prompt has 1204 tokens',
      640: 'Calling external API https://models.example.org/v1/generate',
      1710: 'Streaming tokens: 64',
      2680: 'Streaming tokens: 128',
      3720: 'Streaming tokens: 192',
      4810: 'Streaming tokens: 256',
      5900: 'Streaming tokens: 320',
      7130: 'Streaming tokens: 384',
      8350: 'Model asks for 2 tools: search, fetch',
    },
  });
  add({
    ...context,
    service: 'Worker1',
    from: 8680,
    ms: 970,
    lines: {
      40: 'Adding the answer to the context',
      520: 'Trimming context to the token budget',
      930: 'Planning 2 tool calls',
    },
  });
  add(
    {
      stepType: 'Tool: search',
      kind: 'tool',
      service: 'Worker2',
      from: 9710,
      ms: 2100,
      lines: { 8: 'Query is "refund policy order-1881"', 610: 'Searching 3 indexes', 2060: 'Ranking 12 documents' },
    },
    {
      stepType: 'Tool: fetch',
      kind: 'tool',
      service: 'Worker3',
      from: 9720,
      ms: 1100,
      error: 'TimeoutError: no answer within 1000 ms',
      lines: { 6: 'Calling external API https://shop.example.com/orders/1881', 1006: 'Aborting the request' },
    },
  );
  add({
    ...context,
    service: 'API',
    from: 11840,
    ms: 160,
    lines: { 30: 'Merging 2 tool results, 1 of them an error' },
  });
  add({
    stepType: 'Result',
    kind: 'result',
    service: 'API',
    from: 12010,
    ms: 90,
    lines: { 22: 'Rendering the answer' },
  });
  handOver(random, stages);
  const events = eventsOf(stages, showcaseIdentity);
  return { identity: showcaseIdentity, stages, ending: 'result', events, mentions: null };
}

function play(random: Random, scene: Scene, previous: readonly Step[], base: number): Step {
  const service = serviceNamed(scene.service);
  const start = base + scene.from;
  const failed = scene.error !== undefined;
  const progress = Object.entries(scene.lines).map(([offset, message]): Progress => {
    return { time: start + Number(offset), level: message.startsWith('Aborting') ? 'WARN' : 'INFO', message };
  });
  return {
    stepId: `s-${random.hex(10)}`,
    messageId: `msg-${random.hex(12)}`,
    stepType: scene.stepType,
    kind: scene.kind,
    service,
    previous,
    sides: [],
    outcome: failed ? 'failed' : 'ok',
    redelivery: null,
    external: false,
    runs: [
      {
        host: random.pick(service.hosts),
        thread: `${service.thread}-${random.int(1, 8)}`,
        start,
        end: start + scene.ms,
        status: failed ? 'failed' : 'ok',
        progress,
        error: scene.error ?? null,
      },
    ],
    named: previous,
    handoff: null,
  };
}
