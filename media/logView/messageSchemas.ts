/** The shape of everything that the extension may send to this page. */
import * as v from 'valibot';
import { severities } from '../../src/common/model/logRecord';
import type { CountedLines, CountedMatches, LogSize, ShownLines, TextPlace } from '../../src/common/protocol/logReader';
import type { LineInsight, LogPlace, LogViewMemory, LogViewState } from '../../src/common/protocol/logViewProtocol';

type Schema<Output> = v.GenericSchema<unknown, Output>;

const text = v.string();
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const countOrNull = v.nullable(count);
const size: Schema<LogSize> = v.object({ bytes: count, isKnown: v.boolean() });
const lineOfLog = v.object({ offset: count, line: countOrNull });

export const placeSchema: Schema<LogPlace> = v.object({ offset: countOrNull, line: countOrNull, serial: count });
export const linesSchema: Schema<ShownLines> = v.object({
  lines: v.array(
    v.object({
      from: count,
      to: count,
      line: countOrNull,
      continues: v.boolean(),
      text,
      moreBytes: count,
      severity: v.nullable(v.picklist(severities)),
      ids: v.array(v.object({ id: text, start: count, end: count })),
    }),
  ),
  start: count,
  size,
  note: v.nullable(text),
});

export const stateSchema: Schema<LogViewState> = v.object({
  name: text,
  place: v.nullable(placeSchema),
  lines: v.nullable(v.object({ at: count, shown: linesSchema })),
});

export const countedSchema: Schema<CountedLines> = v.object({
  lines: count,
  bytes: count,
  isAll: v.boolean(),
  size,
  offset: countOrNull,
});

export const matchesSchema: Schema<CountedMatches> = v.object({
  matches: count,
  bytes: count,
  ended: v.nullable(v.picklist(['all', 'many', 'far'])),
});
export const countOrNullSchema: Schema<number | null> = countOrNull;

export const textPlaceSchema: Schema<TextPlace | null> = v.nullable(v.object({ from: count, to: count }));
export const textSchema: Schema<string> = text;
export const bytesSchema: Schema<number> = count;

const bar = v.object({ slot: count, from: count, to: count, failed: v.boolean() });

export const insightSchema: Schema<LineInsight> = v.object({
  facts: v.array(v.object({ name: text, value: text })),
  quote: v.nullable(text),
  picture: v.nullable(v.object({ slots: count, bars: v.array(bar), marked: v.nullable(bar) })),
  note: v.nullable(text),
  traced: v.nullable(v.object({ id: text, step: v.nullable(text) })),
  record: v.object({ from: count, bytes: count }),
});

export const memorySchema: Schema<LogViewMemory> = v.object({
  top: count,
  selected: v.nullable(lineOfLog),
  serial: count,
  find: v.nullable(text),
  matchCase: v.boolean(),
  details: v.boolean(),
});
