import * as v from 'valibot';
import type { TraceSummary } from '../model/trace';
import { epochNanos, nanos } from '../model/units';
import { beginningOf, type FileKind, headOf } from './checkedBytes';
import { statusOrder } from './traceTable';

/** What was read of a trace that columns cannot tell. */
export interface StoredSummary {
  /** The join keys of its IDs. */
  name: string;
  /** Hash of where its records stood, and in what. */
  places: string;
  summary: TraceSummary;
}

export interface StoredSummaries {
  /** Who read them: another build may read otherwise. */
  source: { id: string; builder: string };
  summaries: StoredSummary[];
}

/** Summaries as a file that is a head alone. Raise the version with every change. */
const kind: FileKind = { magic: 0x53544c54, version: 1 };

const text = v.string();
const textOrNull = v.nullable(text);
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
/** What a date can show, in nanoseconds, and a little less. */
const origin = v.pipe(
  v.string(),
  v.regex(/^-?\d{1,22}$/),
  v.transform(digits => BigInt(digits)),
  v.check((at: bigint) => at > -(86n * 10n ** 20n) && at < 86n * 10n ** 20n),
  v.transform(epochNanos),
);
const duration = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 60), v.transform(nanos));

const headSchema = v.object({
  source: v.object({ id: text, builder: text }),
  summaries: v.array(
    v.object({
      name: text,
      places: text,
      summary: v.object({
        correlationId: text,
        origin: v.nullable(origin),
        duration: v.nullable(duration),
        records: count,
        steps: count,
        services: v.array(text),
        errors: count,
        status: v.picklist(statusOrder),
        userId: textOrNull,
        sessionId: textOrNull,
        entityId: textOrNull,
        organizationId: textOrNull,
      }),
    }),
  ),
});

export function encodeSummaries({ source, summaries }: StoredSummaries): Uint8Array[] {
  const head: v.InferInput<typeof headSchema> = {
    source,
    summaries: summaries.map(({ summary, ...own }) => ({
      ...own,
      summary: { ...summary, services: [...summary.services], origin: summary.origin?.toString() ?? null },
    })),
  };
  return [beginningOf(kind, head)];
}

/** @param bytes of a file, which may hold anything @returns `null` where they are no summaries, or damaged ones */
export function decodeSummaries(bytes: Uint8Array): StoredSummaries | null {
  const file = headOf(bytes, kind);
  const parsed = v.safeParse(headSchema, file?.head);
  return file?.columns.isRead && parsed.success ? parsed.output : null;
}
