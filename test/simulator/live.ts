import { appendFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { formatEvent } from './formats.ts';
import { groupBy } from './group.ts';
import type { LogEvent } from './model.ts';
import { defaultOptions, type SimulationOptions } from './options.ts';
import { simulate } from './simulate.ts';

export interface LiveOptions extends Partial<Omit<SimulationOptions, 'start' | 'everyMs' | 'traces'>> {
  readonly directory: string;
  readonly tracesPerSecond: number;
  readonly seconds: number;
  readonly signal?: AbortSignal;
}

export interface Lived {
  readonly records: number;
  /** In order of their requests. */
  readonly started: readonly string[];
  /** Those whose last record was written; the others were still running when time was up. */
  readonly complete: readonly string[];
}

const tickMs = 20;

/** Appends records as they happen, stamped with the present time, until time is up. */
export async function appendLive(options: LiveOptions): Promise<Lived> {
  const start = Date.now();
  const everyMs = 1000 / options.tracesPerSecond;
  const traces = Math.ceil(options.seconds * options.tracesPerSecond * 2);
  const coming = simulate({ ...defaultOptions, ...options, traces, start, everyMs });
  const over = start + options.seconds * 1000;
  const left = new Map<string, number>();
  let pending: LogEvent[] = [];
  let next = coming.next().value ?? null;
  let records = 0;

  await mkdir(options.directory, { recursive: true });
  while (!options.signal?.aborted) {
    const now = Math.min(Date.now(), over);
    for (; next?.events[0] && next.events[0].time <= now; next = coming.next().value ?? null) {
      pending.push(...next.events);
      left.set(next.identity.correlationId, next.events.length);
    }
    const due = pending.filter(event => event.time <= now).sort((a, b) => a.time - b.time);
    pending = pending.filter(event => event.time > now);
    for (const [file, events] of groupBy(due, event => event.service.file)) {
      await appendFile(join(options.directory, file), events.map(event => `${formatEvent(event)}\n`).join(''));
    }
    for (const { identity } of due) {
      if (identity) left.set(identity.correlationId, (left.get(identity.correlationId) ?? 0) - 1);
    }
    records += due.length;
    if (now >= over) break;
    await sleep(tickMs);
  }
  return {
    records,
    started: [...left.keys()],
    complete: [...left].filter(([, count]) => count === 0).map(([id]) => id),
  };
}
