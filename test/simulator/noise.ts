import { groupBy } from './group.ts';
import type { LogEvent } from './model.ts';
import { Random } from './random.ts';

const lines = [
  'GET /health 200',
  'GET /ready 200',
  'GC pause (young) 12 ms',
  'Connection pool has 7 idle connections',
  'Configuration reloaded from /etc/agent/config.yaml',
  'Heartbeat sent to coordinator',
  'Queue depth is 14',
];

/** Records that belong to nobody, so many that they make up `share` of all; each service's lie within its own time. */
export function noise(events: readonly LogEvent[], share: number, seed: number): LogEvent[] {
  const random = new Random(seed, 0xa015e);
  const byService = groupBy(events, event => event.service);
  return [...byService].flatMap(([service, own]) => {
    const from = own.reduce((least, event) => Math.min(least, event.time), Number.POSITIVE_INFINITY);
    const to = own.reduce((most, event) => Math.max(most, event.time), 0);
    const count = Math.round((own.length * share) / (1 - share));
    return Array.from({ length: count }, (): LogEvent => {
      return {
        time: random.int(from, to),
        service,
        host: random.pick(service.hosts),
        thread: 'main',
        level: random.chance(0.05) ? 'WARN' : 'DEBUG',
        kind: 'noise',
        message: random.pick(lines),
        identity: null,
        step: null,
        attempt: 1,
        status: null,
        durationMs: null,
        error: null,
        attributes: {},
      };
    });
  });
}
