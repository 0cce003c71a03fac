import { countNewlines } from '../../../common/scan/newlineCounter';
import type { ByteSource } from '../../sources/byteSource';
import { type KernelExports, openKernel } from '../index/kernel';
import type { ByteWindow } from './hitReader';

/** A page of WebAssembly memory. Such memory begins at a page of the machine, which no other buffer promises. */
const pageSize = 64 * 1024;
/** Bytes before a chunk that stay in view: enough for most records and the longest ID. */
export const carrySize = 16 * 1024;
/** The same before a chunk that no other one was read before. */
const firstCarry = 4 * 1024;
/** The kernel has room for one that long. */
const longestNeedle = 8 * 1024;

/** One chunk and what stood before it, in one stretch of memory: a kernel's where there is one, which searches it too. */
export class Chunk {
  readonly size: number;
  private readonly kernel: KernelExports | null;
  private readonly memory: Buffer;
  /** Bytes of the chunk and its carry. */
  private held = 0;

  /** @param kernel a kernel of its own; `null`: none */
  constructor(size: number, kernel: KernelExports | null = openKernel(null)) {
    this.size = size;
    this.kernel = kernel && size <= kernel.chunkSize.value && kernel.chunkAt.value === pageSize ? kernel : null;
    const memory = this.kernel?.memory ?? new WebAssembly.Memory({ initial: 1 + Math.ceil(size / pageSize) });
    this.memory = Buffer.from(memory.buffer);
  }

  /**
   * Reads the chunk at offset `at`, which is read to the beginning of a page where `at` is one of the file: `read` is
   * up to five times slower otherwise. The carry before it is read too where it is not there from the chunk before.
   */
  load(source: ByteSource, at: number, length: number, carried: number): ByteWindow {
    const { start } = source.ref;
    const carry = carried === 0 ? Math.min(firstCarry, at - start) : Math.min(carrySize, this.held);
    let read = 0;
    if (carried === 0) {
      // Where the file ends before the chunk by now, the memory holds bytes of something else.
      read = Math.max(0, source.read(this.memory.subarray(pageSize - carry, pageSize + length), at - carry) - carry);
    } else {
      this.memory.copyWithin(pageSize - carry, pageSize + carried - carry, pageSize + carried);
      read = source.read(this.memory.subarray(pageSize, pageSize + length), at);
    }
    this.held = carry + read;
    return {
      bytes: this.memory.subarray(pageSize - carry, pageSize + read),
      base: at - carry,
      startsAtFileStart: at - carry === start,
      endsAtFileEnd: read < length || at + read >= (source.size ?? 0),
    };
  }

  /** As `bytes.indexOf(needle, from)`. @param bytes a window of this chunk */
  find(bytes: Buffer, needle: Buffer, from: number): number {
    const { kernel, memory } = this;
    if (!kernel || needle.length === 0 || needle.length > longestNeedle) return bytes.indexOf(needle, from);
    memory.set(needle, kernel.needleAt.value);
    const end = bytes.byteOffset + bytes.length;
    const found = kernel.find(bytes.byteOffset + from, end, needle.length);
    return found === end ? -1 : found - bytes.byteOffset;
  }

  /** Line feeds in `bytes[start, end)`. @param bytes a window of this chunk */
  countNewlines(bytes: Buffer, start: number, end: number): number {
    if (!this.kernel) return countNewlines(bytes, start, end);
    return start < end ? this.kernel.newlines(bytes.byteOffset + start, bytes.byteOffset + end) : 0;
  }
}
