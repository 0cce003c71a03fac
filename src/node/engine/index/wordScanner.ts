import { type BlockWords, chunkSize, lookBack, TwinScanner, type WordScanner } from '../../../common/scan/wordScan';
import type { WordRule } from '../../../common/scan/words';
import type { KernelExports } from './kernel';

const pageSize = 64 * 1024;

/** The scanner for the words of a source: a kernel or, where there is none, its twin, which finds the same. */
export function openWordScanner(rule: WordRule, kernel: KernelExports | null): WordScanner {
  if (kernel) return new KernelScanner(rule, kernel);
  const memory = new WebAssembly.Memory({ initial: Math.ceil((lookBack + chunkSize) / pageSize) });
  return new TwinScanner(rule, memory.buffer);
}

/** The scanner of `src/kernel`, in WebAssembly. */
class KernelScanner implements WordScanner {
  readonly kind = 'kernel';
  private readonly digits: number;
  private readonly kernel: KernelExports;
  private readonly chunkAt: number;
  private views: KernelViews;

  /** @throws Error where the kernel is one for other sizes */
  constructor(rule: WordRule, kernel: KernelExports) {
    if (kernel.chunkSize.value !== chunkSize || kernel.lookBack.value !== lookBack)
      throw new Error('The kernel is of another version.');
    this.kernel = kernel;
    this.chunkAt = kernel.chunkAt.value;
    this.digits = Number(rule.digits);
    this.views = viewsOf(kernel);
  }

  get memory(): Uint8Array {
    return this.current.chunk;
  }

  reset(before: Uint8Array = new Uint8Array(0)): void {
    const tail = before.subarray(Math.max(0, before.length - lookBack));
    const { before: room } = this.current;
    room.fill(0, 0, lookBack - tail.length);
    room.set(tail, lookBack - tail.length);
  }

  scan(length: number, at = 0): BlockWords {
    const hashes = this.hashes(this.kernel.scan(this.chunkAt + at, length, this.digits));
    const [newlines = 0, checksum = 0] = this.current.facts;
    return { hashes, newlines, checksum };
  }

  finish(): Uint32Array {
    return this.hashes(this.kernel.finish(this.digits));
  }

  checksum(length: number): number {
    return this.kernel.checksum(length) >>> 0;
  }

  private hashes(count: number): Uint32Array {
    const { chunk, hashesAt } = this.current;
    return new Uint32Array(chunk.buffer, hashesAt, count);
  }

  /** A memory that has grown has another buffer. */
  private get current(): KernelViews {
    if (this.views.chunk.buffer !== this.kernel.memory.buffer) this.views = viewsOf(this.kernel);
    return this.views;
  }
}

interface KernelViews {
  chunk: Uint8Array;
  before: Uint8Array;
  /** Newlines and checksum. */
  facts: Uint32Array;
  hashesAt: number;
}

function viewsOf({ memory: { buffer }, chunkAt, factsAt, hashesAt }: KernelExports): KernelViews {
  return {
    chunk: new Uint8Array(buffer, chunkAt.value, chunkSize),
    before: new Uint8Array(buffer, chunkAt.value - lookBack, lookBack),
    facts: new Uint32Array(buffer, factsAt.value, 2),
    hashesAt: hashesAt.value,
  };
}
