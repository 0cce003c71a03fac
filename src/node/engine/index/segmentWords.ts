import { type SegmentWords, WordPairs, type WordTable } from '../../../common/index/wordTable';
import { type KernelExports, openKernel } from './kernel';

/**
 * What collects the words of a segment: the kernel where it is and can run, else TypeScript, which makes the same table.
 * @param file the kernel; `null`: the one beside the bundle that this code is in
 */
export function openSegmentWords(file: string | null = null): SegmentWords {
  const kernel = openKernel(file);
  return kernel ? new KernelWords(kernel) : new WordPairs();
}

/** The words in the memory of a kernel of their own: it grows with them. */
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
    const at = kernel.room(hashes.length);
    new Uint32Array(kernel.memory.buffer, at, hashes.length).set(hashes);
    kernel.keep(hashes.length, block);
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
