import { type SegmentWords, WordPairs, type WordTable } from '../../../common/index/wordTable';
import type { KernelExports } from './kernel';

/** What collects the words of a segment: a kernel or, where there is none, TypeScript, which makes the same table. */
export const openSegmentWords = (kernel: KernelExports | null): SegmentWords =>
  kernel ? new KernelWords(kernel) : new WordPairs();

/** The words in the memory of a kernel: it grows with them. */
class KernelWords implements SegmentWords {
  private readonly kernel: KernelExports;

  constructor(kernel: KernelExports) {
    this.kernel = kernel;
  }

  clear(): void {
    this.kernel.forget();
  }

  add(hashes: Uint32Array, block: number): void {
    const { kernel } = this;
    // What the same kernel found is there already.
    const isThere = hashes.buffer === kernel.memory.buffer;
    kernel.keep(isThere ? hashes.byteOffset : this.put(hashes), hashes.length, block);
  }

  private put(hashes: Uint32Array): number {
    const { kernel } = this;
    const at = kernel.room(hashes.length);
    new Uint32Array(kernel.memory.buffer, at, hashes.length).set(hashes);
    return at;
  }

  table(): WordTable {
    const { kernel } = this;
    const bytes = kernel.table();
    const { buffer } = kernel.memory;
    const bucketBits = kernel.bucketBits.value;
    return {
      bucketBits,
      starts: new Uint32Array(buffer, kernel.startsAt.value, 2 ** bucketBits + 1).slice(),
      bits: new Uint8Array(buffer, kernel.bitsAt.value, bytes).slice(),
    };
  }
}
