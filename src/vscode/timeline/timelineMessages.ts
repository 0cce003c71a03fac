import * as v from 'valibot';
import type { TimelineHost, TimelinePageMemory } from '../../common/protocol/timelineProtocol';
import type { ShownEntries } from '../../common/timeline/arrangement';
import type { Checked } from '../webview/checkedHandlers';

/** The page shows hostile text, so what it sends is checked like any input from outside (SEC-04). */
const id = v.pipe(v.string(), v.nonEmpty(), v.maxLength(1_000));
const index = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const traceId = id;
const maxRows = 20_000;
const maxQuery = 2_000;
/** It names a path. */
const longestRecordId = 10_000;

const range = v.pipe(
  v.strictObject({ traceId, from: index, to: index }),
  v.check(({ from, to }) => from <= to && to - from <= maxRows, 'The range is too large.'),
);

const places = v.pipe(
  v.instance(Uint32Array),
  v.check(rows => rows.length <= maxRows, 'Too many rows.'),
);

/** No row belongs to two entries, so no answer takes more than all rows do. */
const areApart = ({ starts, ends }: ShownEntries): boolean =>
  starts.length === ends.length &&
  ends.every((end, place) => starts[place]! <= end && end <= (starts[place + 1] ?? Number.POSITIVE_INFINITY));

const keys = v.pipe(v.array(id), v.maxLength(maxRows));
const arrangement = v.strictObject({
  lens: v.boolean(),
  level: v.nullable(index),
  closed: keys,
  opened: keys,
  openRuns: keys,
});

export const requestSchemas = {
  ready: v.unknown(),
  rows: range,
  overview: v.strictObject({
    traceId,
    columns: v.pipe(index, v.minValue(1), v.maxValue(4_000)),
    compress: v.boolean(),
  }),
  arrange: v.strictObject({ traceId, arrangement, show: v.nullable(index) }),
  pick: v.strictObject({
    traceId,
    entries: v.pipe(
      v.strictObject({ starts: places, ends: places, kinds: v.instance(Uint8Array) }),
      v.check(entries => areApart(entries), 'Entries out of order.'),
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
  recordAt: v.strictObject({ traceId, id: v.pipe(v.string(), v.nonEmpty(), v.maxLength(longestRecordId)) }),
  links: v.strictObject({ traceId, key: id }),
  openLine: v.strictObject({ traceId, index, preview: v.boolean() }),
  openCode: v.strictObject({ traceId, key: id }),
  openFrame: v.strictObject({ traceId, key: id, record: index, frame: index }),
  openNote: v.strictObject({ traceId, note: index, record: index, preview: v.boolean() }),
  copy: v.variant('what', [
    v.strictObject({ traceId, what: v.picklist(['id', 'list', 'markdown']) }),
    v.strictObject({ traceId, what: v.literal('link'), step: v.nullable(id) }),
    v.strictObject({ traceId, what: v.picklist(['stepText', 'stepJson']), step: id }),
  ]),
  moveClocks: v.strictObject({ traceId, apply: v.boolean() }),
  setLive: v.strictObject({ live: v.boolean() }),
  lens: v.strictObject({ on: v.nullable(v.boolean()) }),
  cancel: v.unknown(),
  searchAgain: v.unknown(),
  addLogs: v.unknown(),
  openSetting: v.unknown(),
  howRead: v.unknown(),
  pivot: v.strictObject({
    traceId,
    role: v.picklist(['userId', 'sessionId', 'entityId', 'organizationId']),
  }),
} satisfies Record<keyof TimelineHost, v.GenericSchema>;

/** One handler for each request of the protocol, its argument checked. */
export type CheckedHost = Checked<TimelineHost, typeof requestSchemas>;

/** What a page answers when it is asked which step is selected. */
export const selectedSchema = v.nullable(id);

const memorySchema = v.object({
  query: v.pipe(v.string(), v.nonEmpty(), v.maxLength(10_000)),
}) satisfies v.GenericSchema<unknown, Pick<TimelinePageMemory, 'query'>>;

/** What a page that VS Code restores was about; the rest of its memory is its own. `null` where it remembers nothing of use. */
export function readMemory(memory: unknown): Pick<TimelinePageMemory, 'query'> | null {
  const parsed = v.safeParse(memorySchema, memory);
  return parsed.success ? parsed.output : null;
}
