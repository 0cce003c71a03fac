import * as v from 'valibot';

const offset = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** What is known of a mirror beside its bytes: kept as JSON, which may be anything when it is read. */
export const mirrorStateSchema = v.object({
  url: v.string(),
  /** Name of the file with the bytes: one of its own, which stays when the far file is renamed. */
  data: v.pipe(v.string(), v.regex(/^[0-9a-f]{32}\.log$/)),
  /** Of the far file, as far as it was taken note of. */
  size: offset,
  modified: v.nullable(v.number()),
  version: v.nullable(v.string()),
  identity: v.nullable(v.string()),
  /** Why some of it was never asked for; `null` where all was. */
  cut: v.optional(v.nullable(v.string()), null),
  /** Stretches that are here, in ascending order. */
  held: v.array(v.object({ from: offset, to: offset })),
});

export type MirrorState = v.InferOutput<typeof mirrorStateSchema>;
