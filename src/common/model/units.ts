/**
 * Branded numbers: a time, a span of time, a byte offset and a line number are all integers, and mixing them up is the
 * classic error of trace viewers. A brand exists for the type checker only.
 */
declare const unit: unique symbol;
type Unit<Value, Name extends string> = Value & { readonly [unit]: Name };

/** Nanoseconds since 1970-01-01T00:00:00Z. Doubles cannot hold them, hence bigint. */
export type EpochNanos = Unit<bigint, 'EpochNanos'>;

/**
 * Nanoseconds as a plain integer: a span of time, or a time relative to its trace's {@link EpochNanos} origin.
 * Exact up to 2^53 ns (104 days).
 */
export type Nanos = Unit<number, 'Nanos'>;

/** Offset in the decoded (decompressed) bytes of a source. */
export type ByteOffset = Unit<number, 'ByteOffset'>;

/** Line in a source, the first one being 1. */
export type LineNumber = Unit<number, 'LineNumber'>;

/** What names a source everywhere: the absolute path of a physical file, or a URI. */
export type SourceId = Unit<string, 'SourceId'>;

export const epochNanos = (value: bigint): EpochNanos => value as EpochNanos;
export const nanos = (value: number): Nanos => value as Nanos;
export const byteOffset = (value: number): ByteOffset => value as ByteOffset;
export const lineNumber = (value: number): LineNumber => value as LineNumber;
export const sourceId = (value: string): SourceId => value as SourceId;

export const nanosPerMs = 1_000_000;

export const toMs = (value: Nanos): number => value / nanosPerMs;
export const fromMs = (ms: number): Nanos => Math.round(ms * nanosPerMs) as Nanos;
