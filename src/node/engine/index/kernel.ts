import { readFileSync } from 'node:fs';
import path from 'node:path';

/** What `src/kernel` exports. Addresses and sizes are in bytes. */
export interface KernelExports {
  memory: WebAssembly.Memory;
  scan(at: number, length: number, digits: number): number;
  finish(digits: number): number;
  checksum(length: number): number;
  find(from: number, to: number, length: number): number;
  newlines(from: number, to: number): number;
  needleAt: { value: number };
  chunkAt: { value: number };
  chunkSize: { value: number };
  lookBack: { value: number };
  factsAt: { value: number };
  hashesAt: { value: number };
  forget(): void;
  room(hashes: number): number;
  keep(from: number, hashes: number, block: number): void;
  table(): number;
  bucketBits: { value: number };
  startsAt: { value: number };
  bitsAt: { value: number };
}

/**
 * A new kernel with a memory of its own; `null` where there is none or it cannot run, and where
 * `THROUGHLINE_SCANNER=twin` asks for what does the same without it.
 * @param file the kernel; `null`: the one beside the bundle that this code is in
 */
export function openKernel(file: string | null): KernelExports | null {
  const found = file ?? besideBundle();
  const module = process.env.THROUGHLINE_SCANNER === 'twin' || !found ? null : compile(found);
  return module && (new WebAssembly.Instance(module).exports as unknown as KernelExports);
}

/** Only a CommonJS bundle knows its folder so. */
const besideBundle = (): string | null => (typeof __dirname === 'string' ? path.join(__dirname, 'kernel.wasm') : null);

/** Compiled once: what runs hot is compiled again by the machine, better, and all instances have it. */
const compiled = new Map<string, WebAssembly.Module | null>();

function compile(file: string): WebAssembly.Module | null {
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
