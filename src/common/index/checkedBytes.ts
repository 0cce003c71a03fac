import { checksumOf } from '../scan/words';

/**
 * Files that are not believed without a look: four numbers of 32 bits (magic, version, checksum of the head, length of
 * the head), a head in JSON, and columns, of which the head has the checksums. Each of these is filled with zeros up to
 * a multiple of 4 bytes. Numbers are the machine's own: a file from one with another byte order has a wrong magic.
 */
export interface FileKind {
  magic: number;
  version: number;
}

const preamble = 16;

export const padded = (length: number): number => Math.ceil(length / 4) * 4;

/** The bytes that a file begins with. */
export function beginningOf({ magic, version }: FileKind, head: unknown): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(head));
  const beginning = new Uint8Array(preamble + padded(text.length));
  beginning.set(text, preamble);
  const sum = checksum(beginning.subarray(preamble), text.length);
  new Uint32Array(beginning.buffer, 0, 4).set([magic, version, sum, text.length]);
  return beginning;
}

/**
 * @param bytes of a file, which may hold anything
 * @returns its head, which is whole but may say anything, and what is behind it; `null` where they are no such file
 */
export function headOf(bytes: Uint8Array, kind: FileKind): { head: unknown; columns: CheckedColumns } | null {
  if (bytes.length < preamble || bytes.length % 4 !== 0 || bytes.byteOffset % 4 !== 0) return null;
  const [magic, version, sum = 0, length = 0] = new Uint32Array(bytes.buffer, bytes.byteOffset, 4);
  if (magic !== kind.magic || version !== kind.version) return null;
  const columns = new CheckedColumns(bytes, preamble);
  const text = columns.bytes(length);
  if (!text || columns.takeSum() !== mixed(0, sum)) return null;
  try {
    return { head: JSON.parse(new TextDecoder().decode(text)), columns };
  } catch {
    return null;
  }
}

/** Columns behind each other. */
export class CheckedColumns {
  private readonly all: Uint8Array;
  private at: number;
  private sum = 0;

  constructor(all: Uint8Array, at: number) {
    this.all = all;
    this.at = at;
  }

  get isRead(): boolean {
    return this.at === this.all.length;
  }

  /** A view of them; `null` where there are not so many bytes. */
  bytes(length: number): Uint8Array | null {
    const { at } = this;
    if (at + padded(length) > this.all.length) return null;
    this.at += padded(length);
    this.sum = mixed(this.sum, checksum(this.all.subarray(at, this.at), length));
    return this.all.subarray(at, at + length);
  }

  /** The checksum of what was read since it was asked for last. */
  takeSum(): number {
    const { sum } = this;
    this.sum = 0;
    return sum;
  }

  numbers(length: number): Uint32Array | null {
    const bytes = this.bytes(4 * length);
    return bytes && new Uint32Array(bytes.buffer, bytes.byteOffset, length);
  }
}

/** Of some columns. */
export const mixed = (sum: number, next: number): number => Math.imul(sum ^ next, 0x9e3779b1) >>> 0;

/**
 * Of bytes that begin at a multiple of 4; the last ones that make no 64 are filled up with zeros.
 * @param bytes with those behind `length` that must be zero
 */
export function checksum(bytes: Uint8Array, length: number): number {
  const whole = length - (length % 64);
  const rest = new Int32Array(16);
  new Uint8Array(rest.buffer).set(bytes.subarray(whole));
  const sum = checksumOf(new Int32Array(bytes.buffer, bytes.byteOffset, whole / 4), whole);
  return mixed(sum, checksumOf(rest, length - whole));
}
