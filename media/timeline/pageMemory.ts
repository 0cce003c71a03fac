import * as v from 'valibot';
import type { TimelinePageMemory } from '../../src/common/protocol/timelineProtocol';
import { vscode } from '../page/vscodeApi';

/** Each write is a message, so it is made when things rest. */
const restMs = 150;

const schema: v.GenericSchema<unknown, TimelinePageMemory> = v.object({
  query: v.string(),
  selected: v.nullable(v.string()),
  asked: v.nullable(v.string()),
  scrollTop: v.number(),
  details: v.boolean(),
  window: v.optional(v.nullable(v.object({ fromMs: v.number(), toMs: v.number() })), null),
  compress: v.optional(v.boolean(), false),
  clock: v.optional(v.picklist(['start', 'utc', 'local', 'logged']), 'start'),
  tab: v.picklist(['step', 'records']),
  find: v.nullable(v.string()),
  hide: v.boolean(),
});

const fresh: Omit<TimelinePageMemory, 'query'> = {
  selected: null,
  asked: null,
  scrollTop: 0,
  details: true,
  window: null,
  compress: false,
  clock: 'start',
  tab: 'step',
  find: null,
  hide: false,
};

let now: TimelinePageMemory | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;

/** What this page, or the one before it in this panel, has kept for a query. */
export function recall(query: string): TimelinePageMemory {
  if (now === null) {
    const kept = v.safeParse(schema, vscode.getState());
    now = kept.success ? kept.output : null;
  }
  if (now?.query !== query) now = { ...fresh, query };
  return now;
}

export function keep(query: string, change: Partial<TimelinePageMemory>): void {
  now = { ...recall(query), ...change };
  clearTimeout(timer);
  timer = setTimeout(() => now && vscode.setState(now), restMs);
}
