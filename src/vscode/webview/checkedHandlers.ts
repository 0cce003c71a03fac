import * as v from 'valibot';
import type { HandlerContext } from '../../common/protocol/rpcChannel';

type Awaitable<Value> = Value | Promise<Value>;
type Schemas<Host> = Record<keyof Host, v.GenericSchema>;
type Answer<Method> = Method extends (...request: never[]) => infer Value ? Value : never;

/** A page's host whose arguments have been checked by `Requests`. */
export type Checked<Host, Requests extends Schemas<Host>> = {
  [Name in keyof Host]: (
    argument: v.InferOutput<Requests[Name]>,
    context: HandlerContext,
  ) => Awaitable<Answer<Host[Name]>>;
};

/** Handlers for an `RpcChannel`: nothing unchecked reaches `host` (SEC-04). */
export function checkedHandlers<Host, Requests extends Schemas<Host>>(
  schemas: Requests,
  host: Checked<Host, Requests>,
): Record<keyof Host & string, (argument: unknown, context?: HandlerContext) => Awaitable<unknown>> {
  const names = Object.keys(schemas) as (keyof Host & string)[];
  const handlers = Object.fromEntries(
    names.map(name => [
      name,
      (argument: unknown, context = unheard) => {
        const parsed = v.safeParse(schemas[name], argument);
        // Without valibot's own text, which repeats what was received.
        if (!parsed.success) throw new Error(`Malformed request "${name}".`);
        return host[name](parsed.output as never, context);
      },
    ]),
  );
  return handlers as ReturnType<typeof checkedHandlers<Host, Requests>>;
}

/** Of a call that nobody can cancel, and whose progress nobody hears of. */
export const unheard: HandlerContext = { signal: new AbortController().signal, progress: () => {} };

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
