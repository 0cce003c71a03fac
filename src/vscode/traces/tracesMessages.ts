import * as v from 'valibot';
import { type TracesHost, traceSorts } from '../../common/protocol/tracesProtocol';
import { pivotRoles } from '../../common/query/roleQuery';
import type { Checked } from '../webview/checkedHandlers';

/** The page shows hostile text, so what it sends is checked like any input from outside (SEC-04). */
const index = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const id = v.pipe(v.string(), v.nonEmpty(), v.maxLength(10_000));
const maxRows = 2_000;
const maxNames = 500;

const query = v.strictObject({
  filter: v.pipe(v.string(), v.maxLength(10_000)),
  sort: v.picklist(traceSorts),
  reverse: v.boolean(),
});

export const tracesSchemas = {
  ready: v.strictObject({ query: v.nullable(query) }),
  ask: query,
  rows: v.pipe(
    v.strictObject({ revision: index, from: index, to: index }),
    v.check(({ from, to }) => from <= to && to - from <= maxRows, 'The range is too large.'),
  ),
  names: v.strictObject({ ids: v.pipe(v.array(id), v.maxLength(maxNames)) }),
  candidates: v.unknown(),
  open: v.strictObject({ text: id, preview: v.boolean() }),
  copy: v.strictObject({ correlationId: id }),
  refresh: v.unknown(),
  cancel: v.unknown(),
  addLogs: v.unknown(),
  openFolder: v.unknown(),
  openSetting: v.unknown(),
  takeTour: v.unknown(),
  howRead: v.unknown(),
} satisfies Record<keyof TracesHost, v.GenericSchema>;

export type CheckedTracesHost = Checked<TracesHost, typeof tracesSchemas>;

const roleValue = v.optional(v.pipe(v.string(), v.maxLength(10_000)));

/** What a row says of itself in `data-vscode-context`; VS Code hands it to the commands of the row's menu. */
const rowContext = v.object({
  webviewSection: v.literal('trace'),
  correlationId: id,
  ...(Object.fromEntries(pivotRoles.map(role => [role, roleValue])) as Record<
    (typeof pivotRoles)[number],
    typeof roleValue
  >),
});
export type RowContext = v.InferOutput<typeof rowContext>;

/** `null` where a command was not called from a row's menu. */
export function readRowContext(argument: unknown): RowContext | null {
  const parsed = v.safeParse(rowContext, argument);
  return parsed.success ? parsed.output : null;
}
