/** The shape of everything that the extension may send to this page. */
import * as v from 'valibot';
import { noteKinds } from '../../src/common/model/note';
import type { DetectedSource } from '../../src/common/protocol/documents';
import type { ReadingState } from '../../src/common/protocol/readingProtocol';

const text = v.string();
const textOrNull = v.nullable(text);
const countOrNull = v.nullable(v.number());
const evidence = v.picklist(['user', 'name', 'layout', 'data', 'position', 'default']);

const summary = {
  path: text,
  format: textOrNull,
  sampled: v.number(),
  records: countOrNull,
  lines: countOrNull,
  unparsed: countOrNull,
  recordsWithCorrelationId: countOrNull,
  distinctCorrelationIds: countOrNull,
  roles: v.record(text, v.object({ field: text, evidence })),
  timezone: v.nullable(v.object({ value: text, assumed: v.boolean(), evidence })),
  encoding: text,
  wrapper: textOrNull,
  framing: text,
  service: v.object({ value: textOrNull, evidence }),
  stampIs: v.picklist(['start', 'end']),
  formats: v.array(v.object({ name: text, share: v.number() })),
  set: textOrNull,
  coverage: v.array(v.object({ service: textOrNull, records: v.number(), with: v.record(text, v.number()) })),
};

const field = v.object({
  name: text,
  value: text,
  role: textOrNull,
  evidence: v.nullable(evidence),
  start: countOrNull,
  end: countOrNull,
});

export const sourceSchema: v.GenericSchema<unknown, DetectedSource> = v.object({
  ...summary,
  unparsedExamples: v.array(v.object({ line: countOrNull, text })),
  samples: v.nullable(v.array(v.object({ line: countOrNull, text, fields: v.array(field) }))),
});

const note = v.object({
  kind: v.picklist(noteKinds),
  count: v.number(),
  text,
  steps: v.array(text),
  records: v.array(v.object({ source: text, line: countOrNull })),
});

export const stateSchema: v.GenericSchema<unknown, ReadingState> = v.variant('kind', [
  v.object({ kind: v.literal('loading'), full: v.boolean() }),
  v.object({
    kind: v.literal('sources'),
    revision: v.number(),
    full: v.boolean(),
    sources: v.array(v.object({ ...summary, name: text, advice: v.array(text) })),
    notes: v.array(note),
  }),
  v.object({ kind: v.literal('failed'), message: text }),
]);
