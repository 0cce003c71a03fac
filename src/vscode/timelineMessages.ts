import * as v from 'valibot';
import type { TimelineHost, TimelinePageMemory } from '../common/protocol/timelineProtocol';

/** The page shows hostile text, so what it sends is checked like any input from outside (SEC-04). */
const id = v.pipe(v.string(), v.nonEmpty(), v.maxLength(1_000));
const index = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const traceId = id;
const maxRows = 20_000;

const range = v.pipe(
  v.strictObject({ traceId, from: index, to: index }),
  v.check(({ from, to }) => from <= to && to - from <= maxRows, 'The range is too large.'),
);

export const requestSchemas = {
  ready: v.unknown(),
  rows: range,
  step: v.strictObject({ traceId, key: id }),
  locate: v.strictObject({ traceId, key: id }),
  openRecord: v.strictObject({ traceId, key: id, record: index, preview: v.boolean() }),
  copy: v.strictObject({ traceId, what: v.picklist(['id', 'list', 'markdown']) }),
  cancel: v.unknown(),
  searchAgain: v.unknown(),
  addLogs: v.unknown(),
  openSetting: v.unknown(),
  pivot: v.strictObject({
    traceId,
    role: v.picklist(['userId', 'sessionId', 'entityId', 'organizationId']),
  }),
} satisfies Record<keyof TimelineHost, v.GenericSchema>;

type Method = keyof TimelineHost;
type Awaitable<Value> = Value | Promise<Value>;

/** One handler for each request of the protocol, its argument checked. */
export type CheckedHost = {
  [Name in Method]: (
    argument: v.InferOutput<(typeof requestSchemas)[Name]>,
  ) => Awaitable<ReturnType<TimelineHost[Name]>>;
};

/** Handlers for an `RpcChannel`: nothing unchecked reaches `host`. */
export function checkedHandlers(host: CheckedHost): Record<Method, (argument: unknown) => Awaitable<unknown>> {
  const checked = (name: Method) => (argument: unknown) => {
    const parsed = v.safeParse(requestSchemas[name], argument);
    // Without valibot's own text, which repeats what was received.
    if (!parsed.success) throw new Error(`Malformed request "${name}".`);
    return host[name](parsed.output as never);
  };
  const names = Object.keys(requestSchemas) as Method[];
  return Object.fromEntries(names.map(name => [name, checked(name)])) as ReturnType<typeof checkedHandlers>;
}

const number = v.pipe(v.number(), v.safeInteger());
const word = v.pipe(v.string(), v.maxLength(100));

/** The envelopes of `RpcChannel`. */
export const envelopeSchema = v.variant('type', [
  v.object({ type: v.literal('request'), id: number, method: word, argument: v.optional(v.unknown()) }),
  v.object({ type: v.literal('reply'), id: number, value: v.optional(v.unknown()) }),
  v.object({ type: v.literal('error'), id: number, name: word, message: v.pipe(v.string(), v.maxLength(10_000)) }),
  v.object({ type: v.literal('progress'), id: number, value: v.optional(v.unknown()) }),
  v.object({ type: v.literal('cancel'), id: number }),
]);

const memorySchema = v.object({
  query: v.pipe(v.string(), v.nonEmpty(), v.maxLength(10_000)),
  selected: v.nullish(id, null),
}) satisfies v.GenericSchema<unknown, Pick<TimelinePageMemory, 'query' | 'selected'>>;

/** What a page that VS Code restores remembers; `null` where it remembers nothing of use. */
export function readMemory(memory: unknown): Pick<TimelinePageMemory, 'query' | 'selected'> | null {
  const parsed = v.safeParse(memorySchema, memory);
  return parsed.success ? parsed.output : null;
}
