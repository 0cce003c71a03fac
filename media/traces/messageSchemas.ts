/** The shape of everything that the extension may send to this page. */
import * as v from 'valibot';
import { noteKinds } from '../../src/common/model/note';
import { type TraceName, type TraceSummaryDocument, unnamedReasons } from '../../src/common/protocol/documents';
import {
  type TraceCandidates,
  type TraceQuery,
  type TracesPageMemory,
  type TracesState,
  traceSorts,
} from '../../src/common/protocol/tracesProtocol';

type Schema<Output> = v.GenericSchema<unknown, Output>;

const text = v.string();
const textOrNull = v.nullable(text);
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const numberOrNull = v.nullable(v.number());

const trace: Schema<TraceSummaryDocument> = v.object({
  correlationId: text,
  start: textOrNull,
  end: textOrNull,
  durationMs: numberOrNull,
  records: count,
  steps: count,
  services: v.array(text),
  errors: count,
  status: v.picklist(['ok', 'failed', 'recovered', 'running', 'unknown']),
  userId: textOrNull,
  sessionId: textOrNull,
  entityId: textOrNull,
  organizationId: textOrNull,
});
export const rowsSchema: Schema<TraceSummaryDocument[]> = v.array(trace);
const name: Schema<TraceName> = v.object({ name: textOrNull, unnamed: v.nullable(v.picklist(unnamedReasons)) });
export const namesSchema: Schema<TraceName[]> = v.array(name);
export const candidatesSchema: Schema<TraceCandidates> = v.object({
  traces: rowsSchema,
  names: namesSchema,
  of: count,
});

const query: Schema<TraceQuery> = v.object({ filter: text, sort: v.picklist(traceSorts), reverse: v.boolean() });

export const stateSchema: Schema<TracesState> = v.object({
  query,
  list: v.nullable(
    v.object({
      query,
      revision: count,
      total: count,
      longestMs: numberOrNull,
      sources: v.nullable(count),
      searched: text,
      read: text,
      hasFolder: v.boolean(),
      notes: v.array(
        v.object({
          kind: v.picklist(noteKinds),
          count,
          text,
          steps: v.array(text),
          records: v.array(v.object({ source: text, line: v.nullable(count) })),
        }),
      ),
    }),
  ),
  reading: v.nullable(
    v.object({ progress: v.nullable(v.object({ bytesRead: count, bytesTotal: count, traces: count })) }),
  ),
  problem: v.nullable(v.object({ kind: v.picklist(['failed', 'cancelled']), message: text })),
});

export const memorySchema: Schema<TracesPageMemory> = v.object({
  query,
  selected: v.nullable(v.object({ id: text, index: count })),
  scrollTop: v.number(),
});
