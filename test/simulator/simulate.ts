import { eventsOf } from './events.ts';
import type { Identity, LogEvent, SimulatedTrace } from './model.ts';
import { defaultOptions, type SimulationOptions } from './options.ts';
import { planTrace } from './plan.ts';
import { Random } from './random.ts';
import { scheduleTrace } from './schedule.ts';

const organizations = ['acme', 'globex', 'initech', 'umbrella', 'hooli', 'stark'];

/** The traces in the order in which their requests arrive. A trace depends on seed and index only, not on its neighbours. */
export function* simulate(input: Partial<SimulationOptions> = {}): Generator<SimulatedTrace> {
  const options = { ...defaultOptions, ...input };
  const arrivals = new Random(options.seed, 0x517);
  let start = options.start;
  for (let index = 0; index < options.traces; index++) {
    yield simulateOne(options, index, start);
    start += arrivals.int(1, options.everyMs * 2);
  }
}

function simulateOne(options: SimulationOptions, index: number, start: number): SimulatedTrace {
  const random = new Random(options.seed, index, 1);
  const identity = identityOf(options.seed, index);
  const { stages, ending } = planTrace(random, options);
  scheduleTrace(random, stages, start);
  const events = eventsOf(stages, identity);
  const other = index > 0 && random.chance(options.mentionShare) ? identityOf(options.seed, index - 1) : null;
  const line = other ? events.find(event => event.kind === 'progress') : undefined;
  if (!line || !other) return { identity, stages, ending, events, mentions: null };
  const mention: LogEvent = { ...line, message: `Reusing cached context of request ${other.correlationId}` };
  const mentioning = events.map(event => (event === line ? mention : event));
  return { identity, stages, ending, events: mentioning, mentions: other.correlationId };
}

function identityOf(seed: number, index: number): Identity {
  const random = new Random(seed, index, 2);
  const user = random.int(1, 60);
  return {
    correlationId: random.uuid(),
    userId: `u-${user}`,
    sessionId: `s-${user * 4 + random.int(0, 3)}`,
    entityId: `order-${random.int(1000, 1999)}`,
    organizationId: organizations[user % organizations.length] ?? 'acme',
  };
}
