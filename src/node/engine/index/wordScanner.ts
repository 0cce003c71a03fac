import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type BlockWords, blockSize, lookBack, TwinScanner, type WordScanner } from '../../../common/scan/wordScan';
import type { WordRule } from '../../../common/scan/words';

const pageSize = 64 * 1024;

/**
 * The scanner for the words of a source: the kernel where it is and can run, else its twin, which finds the same.
 * `THROUGHLINE_SCANNER=twin` asks for the twin.
 * @param file the kernel; left out: the one beside the bundle that this code is in
 */
export function openWordScanner(rule: WordRule, file = besideBundle()): WordScanner {
  const kernel = process.env.THROUGHLINE_SCANNER === 'twin' || !file ? null : kernelIn(file);
  if (kernel) return new KernelScanner(rule, new WebAssembly.Instance(kernel).exports);
  const memory = new WebAssembly.Memory({ initial: Math.ceil((lookBack + blockSize) / pageSize) });
  return new TwinScanner(rule, memory.buffer);
}

/** Only a CommonJS bundle knows its folder so. */
const besideBundle = (): string | null => (typeof __dirname === 'string' ? path.join(__dirname, 'kernel.wasm') : null);

/** Compiled once: what runs hot is compiled again by the machine, better, and all instances have it. */
const compiled = new Map<string, WebAssembly.Module | null>();

function kernelIn(file: string): WebAssembly.Module | null {
  const known = compiled.get(file);
  if (known !== undefined) return known;
  let kernel: WebAssembly.Module | null = null;
  try {
    kernel = new WebAssembly.Module(readFileSync(file));
  } catch {
    // No such file, or a processor without SIMD: the twin does the same work.
  }
  compiled.set(file, kernel);
  return kernel;
}

interface KernelExports {
  memory: WebAssembly.Memory;
  scan(length: number, digits: number): number;
  finish(digits: number): number;
  checksum(length: number): number;
  blockAt: { value: number };
  blockSize: { value: number };
  lookBack: { value: number };
  factsAt: { value: number };
  hashesAt: { value: number };
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
  constructor(rule: WordRule, exports: Record<string, unknown>) {
    this.kernel = exports as unknown as KernelExports;
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
