/**
 * Columns of numbers: one for each record, step or link of a trace, all 0 at first.
 *
 * Long ones lie in shared memory, though nobody shares them. V8 counts other buffers from outside its heap, and with each
 * 64 MB of them it begins to collect the whole heap (`kExternalAllocationSoftLimit`), all the records of the caller
 * included: at a million steps that took longer than to assemble them. The objects that are made beside the columns weigh
 * several times as much and do count, so what is no longer needed is still collected in time.
 */
export const int32Column = (length: number): Int32Array =>
  isLong(length) ? new Int32Array(new SharedArrayBuffer(4 * length)) : new Int32Array(length);
export const uint8Column = (length: number): Uint8Array =>
  isLong(length) ? new Uint8Array(new SharedArrayBuffer(length)) : new Uint8Array(length);
export const float32Column = (length: number): Float32Array =>
  isLong(length) ? new Float32Array(new SharedArrayBuffer(4 * length)) : new Float32Array(length);
export const float64Column = (length: number): Float64Array =>
  isLong(length) ? new Float64Array(new SharedArrayBuffer(8 * length)) : new Float64Array(length);

/** Most traces are short; and a page of a browser may have no shared memory. */
const isLong = (length: number): boolean => length > 10_000 && typeof SharedArrayBuffer !== 'undefined';

/** A column that begins as another one is. */
export function int32Copy(column: Int32Array): Int32Array {
  const copy = int32Column(column.length);
  copy.set(column);
  return copy;
}

/** Numbers that come one after another, nobody knows how many: a list that grows is copied, too, and collected besides. */
export class NumberList<Column extends Int32Array | Float64Array> {
  length = 0;
  private column: Column;
  private readonly make: (length: number) => Column;

  /** @param make one of the columns above */
  constructor(make: (length: number) => Column) {
    this.make = make;
    this.column = make(64);
  }

  push(value: number): void {
    if (this.length === this.column.length) {
      const grown = this.make(2 * this.length);
      grown.set(this.column);
      this.column = grown;
    }
    this.column[this.length++] = value;
  }

  at(place: number): number {
    return this.column[place]!;
  }

  set(place: number, value: number): void {
    this.column[place] = value;
  }

  /** What there is so far. */
  values(): Column {
    return this.column.subarray(0, this.length) as Column;
  }
}
