import * as v from 'valibot';
import type { LogViewHost } from '../../common/protocol/logViewProtocol';
import type { Checked } from '../webview/checkedHandlers';

/** The page shows hostile text, so what it sends is checked like any input from outside (SEC-04). */
const index = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const lineNumber = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const mostLines = 2_000;
/** What a page asks for of one line at a time. */
const mostText = 4 * 1024 * 1024;
const mostCopied = 16 * 1024 * 1024;

const lineOfLog = v.strictObject({ offset: index, line: v.nullable(lineNumber) });

const sought = { text: v.pipe(v.string(), v.nonEmpty(), v.maxLength(2_000)), matchCase: v.boolean() };

export const logViewSchemas = {
  ready: v.unknown(),
  lines: v.strictObject({
    at: index,
    before: v.pipe(index, v.maxValue(mostLines)),
    after: v.pipe(index, v.maxValue(mostLines)),
    known: v.optional(v.strictObject({ offset: index, line: lineNumber })),
  }),
  lineText: v.pipe(
    v.strictObject({ from: index, to: index }),
    v.check(({ from, to }) => from <= to && to - from <= mostText, 'The stretch is too large.'),
  ),
  countLines: v.strictObject({ toLine: v.nullable(lineNumber) }),
  findText: v.strictObject({
    ...sought,
    from: index,
    backwards: v.boolean(),
  }),
  countMatches: v.strictObject(sought),
  matchesBefore: v.strictObject({ ...sought, at: index }),
  insight: lineOfLog,
  trace: v.strictObject({
    id: v.pipe(v.string(), v.nonEmpty(), v.maxLength(10_000)),
    step: v.nullable(v.pipe(v.string(), v.maxLength(10_000))),
  }),
  select: lineOfLog,
  copy: v.strictObject({ text: v.pipe(v.string(), v.maxLength(mostCopied)) }),
} satisfies Record<keyof LogViewHost, v.GenericSchema>;

export type CheckedLogViewHost = Checked<LogViewHost, typeof logViewSchemas>;
