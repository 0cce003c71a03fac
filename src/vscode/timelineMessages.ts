import * as v from 'valibot';
import type { TimelineHost, TimelinePageMemory } from '../common/protocol/timelineProtocol';
import type { Checked } from './checkedHandlers';

/** The page shows hostile text, so what it sends is checked like any input from outside (SEC-04). */
const id = v.pipe(v.string(), v.nonEmpty(), v.maxLength(1_000));
const index = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const traceId = id;
const maxRows = 20_000;
const maxQuery = 2_000;

const range = v.pipe(
  v.strictObject({ traceId, from: index, to: index }),
  v.check(({ from, to }) => from <= to && to - from <= maxRows, 'The range is too large.'),
);

export const requestSchemas = {
  ready: v.unknown(),
  rows: range,
  overview: v.strictObject({
    traceId,
    columns: v.pipe(index, v.minValue(1), v.maxValue(4_000)),
    compress: v.boolean(),
  }),
  pick: v.strictObject({
    traceId,
    rows: v.pipe(
      v.instance(Uint32Array),
      v.check(rows => rows.length <= maxRows, 'Too many rows.'),
    ),
  }),
  find: v.strictObject({ traceId, query: v.pipe(v.string(), v.maxLength(maxQuery)) }),
  nextRow: v.strictObject({
    traceId,
    from: v.nullable(index),
    landmark: v.picklist(['error', 'path']),
    backwards: v.boolean(),
  }),
  step: v.strictObject({ traceId, key: id }),
  locate: v.strictObject({ traceId, key: id }),
  openRecord: v.strictObject({ traceId, key: id, record: index, preview: v.boolean() }),
  recordRows: range,
  recordOf: v.strictObject({ traceId, key: id }),
  openLine: v.strictObject({ traceId, index, preview: v.boolean() }),
  copy: v.strictObject({ traceId, what: v.picklist(['id', 'list', 'markdown']) }),
  moveClocks: v.strictObject({ traceId, apply: v.boolean() }),
  setLive: v.strictObject({ live: v.boolean() }),
  cancel: v.unknown(),
  searchAgain: v.unknown(),
  addLogs: v.unknown(),
  openSetting: v.unknown(),
  pivot: v.strictObject({
    traceId,
    role: v.picklist(['userId', 'sessionId', 'entityId', 'organizationId']),
  }),
} satisfies Record<keyof TimelineHost, v.GenericSchema>;

/** One handler for each request of the protocol, its argument checked. */
export type CheckedHost = Checked<TimelineHost, typeof requestSchemas>;

const memorySchema = v.object({
  query: v.pipe(v.string(), v.nonEmpty(), v.maxLength(10_000)),
  selected: v.nullish(id, null),
}) satisfies v.GenericSchema<unknown, Pick<TimelinePageMemory, 'query' | 'selected'>>;

/** What a page that VS Code restores remembers; `null` where it remembers nothing of use. */
export function readMemory(memory: unknown): Pick<TimelinePageMemory, 'query' | 'selected'> | null {
  const parsed = v.safeParse(memorySchema, memory);
  return parsed.success ? parsed.output : null;
}
