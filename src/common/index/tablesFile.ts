import * as v from 'valibot';
import type { BlockCounts } from './blockFile';
import { beginningOf, type CheckedColumns, checksum, type FileKind, headOf, mixed, padded } from './checkedBytes';

/** What tables were made of. They are good for a source only as long as this is true of it. */
export interface TabledSource {
  /** The source's name. */
  id: string;
  /** Of its file and beginning and the way it is read. */
  key: string;
  /** Who made them: another build may read otherwise. */
  builder: string;
  /** Same as long as nothing but more was written to it since. */
  made: string;
  /** Stored bytes, all of which are in the tables; `written` when there were so many, see `SourceRef`. */
  size: number;
  written: string;
  /** Checksum of the last of these bytes; 0 for what does not grow. */
  tail: number;
  /** Epoch seconds that times are counted from. */
  base: number;
  /** What else is to be kept of the source, as JSON; whoever reads it checks it. */
  sample: unknown;
}

/** A range of a source, `to` the end of the source where it has no ranges, and what there is in it beside its traces. */
export interface StoredRange {
  from: number;
  to: number | null;
  newlines: number;
  bytes: number;
  records: number;
  unparsed: number;
  withoutId: number;
  cut: number;
  /** Bytes of its block's columns. */
  unpacked: number;
  counts: BlockCounts;
}

/** A range with its block's columns, packed. */
export interface PackedRange {
  range: StoredRange;
  packed: Uint8Array;
}

/**
 * The tables of a source as a file: a head, which has the checksum of each range, and for each range the columns of its
 * block, deflated. Raise the version with every change of the columns, also of what stands in them.
 */
const kind: FileKind = { magic: 0x54544c54, version: 1 };

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
/** Seconds that a date can show. */
const epoch = v.pipe(v.number(), v.safeInteger(), v.minValue(-8e12), v.maxValue(8e12));
const headSchema = v.object({
  source: v.object({
    id: v.string(),
    key: v.string(),
    builder: v.string(),
    made: v.string(),
    size: count,
    written: v.string(),
    tail: count,
    base: epoch,
    sample: v.unknown(),
  }),
  ranges: v.array(
    v.object({
      packed: count,
      checksum: count,
      range: v.object({
        from: count,
        to: v.nullable(count),
        newlines: count,
        bytes: count,
        records: count,
        unparsed: count,
        withoutId: count,
        cut: count,
        unpacked: v.pipe(count, v.maxValue(2 ** 31)),
        counts: v.object({
          traces: count,
          services: count,
          steps: count,
          open: count,
          previous: count,
          values: count,
          pairs: count,
          idBytes: count,
          valueBytes: count,
          placeBytes: count,
        }),
      }),
    }),
  ),
});

/** The parts of a file, one behind the other. */
export function encodeTables(source: TabledSource, ranges: readonly PackedRange[]): Uint8Array[] {
  const parts: Uint8Array[] = [];
  const head: v.InferOutput<typeof headSchema> = { source, ranges: [] };
  for (const { range, packed } of ranges) {
    const bytes = new Uint8Array(padded(packed.length));
    bytes.set(packed);
    parts.push(bytes);
    head.ranges.push({ range, packed: packed.length, checksum: sumOf(bytes, packed.length) });
  }
  return [beginningOf(kind, head), ...parts];
}

/** What tables were made of, by the beginning of their file alone. @returns `null` where it is none */
export function sourceOfTables(bytes: Uint8Array): { source: TabledSource } | null {
  const parsed = v.safeParse(headSchema, headOf(bytes, kind)?.head);
  return parsed.success ? { source: parsed.output.source } : null;
}

/**
 * @param bytes of a file, which may hold anything; what is packed is a view of them
 * @returns `null` where they are no tables, or some that are damaged or of another version
 */
export function decodeTables(bytes: Uint8Array): { source: TabledSource; ranges: PackedRange[] } | null {
  const file = headOf(bytes, kind);
  const parsed = v.safeParse(headSchema, file?.head);
  if (!file || !parsed.success) return null;
  const { source, ranges: heads } = parsed.output;
  const ranges: PackedRange[] = [];
  for (const { range, packed: length, checksum: sum } of heads) {
    const packed = takeChecked(file.columns, length, sum);
    if (!packed || !follows(range, ranges.at(-1)?.range)) return null;
    ranges.push({ range, packed });
  }
  return file.columns.isRead ? { source, ranges } : null;
}

function takeChecked(columns: CheckedColumns, length: number, sum: number): Uint8Array | null {
  const bytes = columns.bytes(length);
  return columns.takeSum() === sum ? bytes : null;
}

const sumOf = (bytes: Uint8Array, length: number): number => mixed(0, checksum(bytes, length));

/** Whether a range is one, and begins where the one before ends. */
const follows = ({ from, to }: StoredRange, before: StoredRange | undefined): boolean =>
  (to === null || to > from) && (before === undefined || before.to === from);
