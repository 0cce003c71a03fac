import * as v from 'valibot';
import type { TimelinePageMemory } from '../../src/common/protocol/timelineProtocol';
import { type Arrangement, allShown } from '../../src/common/timeline/arrangement';
import { vscode } from '../page/vscodeApi';
import { arrangementSchema } from './messageSchemas';

/** Each write is a message, so it is made when things rest. */
const restMs = 150;

const noSizes = { right: null, below: null };

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
  paneSizes: v.optional(v.object({ right: v.nullable(v.number()), below: v.nullable(v.number()) }), noSizes),
  detailsAt: v.optional(v.nullable(v.object({ step: v.string(), top: v.number() })), null),
  record: v.optional(v.nullable(v.object({ id: v.string(), step: v.string() })), null),
  recordsTop: v.optional(v.number(), 0),
  notes: v.optional(v.boolean(), false),
  header: v.optional(v.boolean(), false),
  find: v.nullable(v.string()),
  hide: v.boolean(),
  arrangement: v.optional(arrangementSchema, allShown),
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
  paneSizes: noSizes,
  detailsAt: null,
  record: null,
  recordsTop: 0,
  notes: false,
  header: false,
  find: null,
  hide: false,
  arrangement: allShown,
};

let now: TimelinePageMemory | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Before the first trace is shown: what was chosen in another timeline. */
export function beginWith({ lens }: Pick<Arrangement, 'lens'>): void {
  fresh.arrangement = { ...allShown, lens };
}

/** What this page, or the one before it in this panel, has kept for a query. The panes stay as they are for the next one. */
export function recall(query: string): TimelinePageMemory {
  if (now === null) {
    const kept = v.safeParse(schema, vscode.getState());
    now = kept.success ? kept.output : null;
  }
  if (now?.query !== query) now = { ...fresh, paneSizes: now?.paneSizes ?? noSizes, query };
  return now;
}

export function keep(query: string, change: Partial<TimelinePageMemory>): void {
  now = { ...recall(query), ...change };
  clearTimeout(timer);
  timer = setTimeout(() => now && vscode.setState(now), restMs);
}
