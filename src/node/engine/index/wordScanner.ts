import { type BlockWords, blockSize, lookBack, TwinScanner, type WordScanner } from '../../../common/scan/wordScan';
import type { WordRule } from '../../../common/scan/words';
import { type KernelExports, openKernel } from './kernel';

const pageSize = 64 * 1024;

/**
 * The scanner for the words of a source: the kernel where it is and can run, else its twin, which finds the same.
 * @param file the kernel; `null`: the one beside the bundle that this code is in
 */
export function openWordScanner(rule: WordRule, file: string | null = null): WordScanner {
  const kernel = openKernel(file);
  if (kernel) return new KernelScanner(rule, kernel);
  const memory = new WebAssembly.Memory({ initial: Math.ceil((lookBack + blockSize) / pageSize) });
  return new TwinScanner(rule, memory.buffer);
}

/** The scanner of `src/kernel`, in WebAssembly. */
class KernelScanner implements WordScanner {
  readonly kind = 'kernel';
  readonly memory: Uint8Array;
  private readonly digits: number;
  private readonly kernel: KernelExports;
  private readonly before: Uint8Array;
  /** Newlines and checksum. */
  private readonly facts: Uint32Array;

  /** @throws Error where the kernel is one for other sizes */
  constructor(rule: WordRule, exports: KernelExports) {
    this.kernel = exports;
    const { memory, blockAt, factsAt, ...kernel } = this.kernel;
    if (kernel.blockSize.value !== blockSize || kernel.lookBack.value !== lookBack)
      throw new Error('The kernel is of another version.');
    this.digits = Number(rule.digits);
    this.memory = new Uint8Array(memory.buffer, blockAt.value, blockSize);
    this.before = new Uint8Array(memory.buffer, blockAt.value - lookBack, lookBack);
    this.facts = new Uint32Array(memory.buffer, factsAt.value, 2);
  }

  reset(before: Uint8Array = new Uint8Array(0)): void {
    const tail = before.subarray(Math.max(0, before.length - lookBack));
    this.before.fill(0, 0, lookBack - tail.length);
    this.before.set(tail, lookBack - tail.length);
  }

  scan(length: number): BlockWords {
    const hashes = this.hashes(this.kernel.scan(length, this.digits));
    const [newlines = 0, checksum = 0] = this.facts;
    return { hashes, newlines, checksum };
  }

  finish(): Uint32Array {
    return this.hashes(this.kernel.finish(this.digits));
  }

  checksum(length: number): number {
    return this.kernel.checksum(length) >>> 0;
  }

  private hashes(count: number): Uint32Array {
    return new Uint32Array(this.kernel.memory.buffer, this.kernel.hashesAt.value, count);
  }
}
