import * as v from 'valibot';
import { fieldRoles } from '../../../common/model/fieldRole';
import { profileVersion } from '../../../common/profile/profileSource';
import type { SourceSample } from '../scan/scanJobs';

/** How a source is read, as it is kept with its index: so that a known folder need not be looked into again. */
export interface StoredSample {
  /** What the user said, and what else was decided by. */
  key: string;
  identity: string;
  /** Stored bytes. */
  size: number;
  sample: SourceSample;
}

const text = v.string();
const number = v.number();
const textOrNull = v.nullable(text);
const numberOrNull = v.nullable(number);
const evidence = v.picklist(['user', 'name', 'layout', 'data', 'position', 'source', 'default']);
const formats = v.array(v.object({ name: text, share: number }));
const timezone = v.object({ value: text, assumed: v.boolean(), evidence });
const service = v.object({ value: textOrNull, evidence });
const stampIs = v.picklist(['start', 'end']);
const framing = v.picklist(['line', 'stamp', 'head', 'json', 'table']);
const wrapper = v.picklist(['docker', 'cri', 'kubernetes', 'compose', 'heroku', 'logcli', 'syslog', 'stamp']);
const binding = v.object({ fields: v.array(text), evidence });

const profile = v.object({
  version: v.literal(profileVersion),
  format: text,
  formats,
  // A user's own pattern is compiled: it comes from the settings alone.
  userFormats: v.pipe(v.array(v.object({ name: text, pattern: text })), v.maxLength(0)),
  encoding: v.picklist(['utf-8', 'utf-16le', 'utf-16be', 'latin1']),
  framing,
  table: v.nullable(
    v.object({
      dialect: v.picklist(['csv', 'zeek', 'w3c']),
      separator: text,
      columns: v.array(text),
      others: v.array(v.array(text)),
      quoted: v.boolean(),
      comment: textOrNull,
      header: v.boolean(),
      empty: v.array(text),
    }),
  ),
  wrapper: v.nullable(wrapper),
  roles: v.object(v.entriesFromList(fieldRoles, v.exactOptional(binding))),
  timezone,
  dateOrder: v.exactOptional(v.picklist(['dmy', 'mdy', 'ymd'])),
  dated: v.exactOptional(number),
  stampColumn: v.exactOptional(number),
  stampUnit: v.exactOptional(number),
  durationUnit: v.exactOptional(v.object({ field: text, nanos: number })),
  stampIs,
  service,
  idSpellings: v.object({
    case: v.picklist(['lower', 'upper', 'mixed']),
    dashes: v.picklist(['with', 'without', 'mixed']),
    decimal: v.exactOptional(v.boolean()),
    base64: v.exactOptional(v.boolean()),
  }),
  sourceGroup: v.exactOptional(v.object({ id: text, field: text, evidence: v.picklist(['file', 'head']) })),
  sampled: number,
});

const detected = v.object({
  path: text,
  format: textOrNull,
  sampled: number,
  records: numberOrNull,
  lines: numberOrNull,
  unparsed: numberOrNull,
  recordsWithCorrelationId: numberOrNull,
  distinctCorrelationIds: numberOrNull,
  roles: v.record(text, v.object({ field: text, evidence })),
  timezone: v.nullable(timezone),
  encoding: text,
  wrapper: textOrNull,
  framing: text,
  service,
  stampIs,
  formats,
  set: textOrNull,
  coverage: v.array(v.object({ service: textOrNull, records: number, with: v.record(text, number) })),
  unparsedExamples: v.array(v.object({ line: numberOrNull, text })),
  samples: v.null(),
});

export const storedSampleSchema: v.GenericSchema<unknown, StoredSample> = v.strictObject({
  key: text,
  identity: text,
  size: number,
  sample: v.strictObject({
    profile,
    detected,
    note: v.nullable(v.object({ kind: v.picklist(['truncatedSource', 'cut']), text })),
    times: v.nullable(v.object({ from: number, to: number })),
  }),
});
