import * as zlib from 'node:zlib';
import { Decompress } from 'fzstd';

/** Takes one frame of Zstandard apart, block by block. */
export interface ZstdFrame {
  /**
   * What the next bytes of the frame decode to. They are whole blocks; the first ones follow the frame's header, the last
   * ones come with its checksum. @throws Error where they are damaged
   */
  push(bytes: Uint8Array, last: boolean): Promise<Uint8Array[]>;
  close(): void;
}

/** What zstd itself grants (2^27 bytes): a larger window has to be asked for by hand. */
const mostWindowLog = 27;
/** A block decodes to 128 KiB at most: smaller pieces would cost a turn of the thread pool each. */
const outputSize = 256 * 1024;

/** Node has zstd of its own from 22.15 on: five times as fast as a script, and it compares the frame's checksum. */
export const openZstdFrame = (): ZstdFrame => ('createZstdDecompress' in zlib ? nativeFrame() : scriptFrame());

function nativeFrame(): ZstdFrame {
  const params = { [zlib.constants.ZSTD_d_windowLogMax]: mostWindowLog };
  const raw = zlib.createZstdDecompress({ chunkSize: outputSize, params });
  const out: Buffer[] = [];
  let problem: Error | null = null;
  raw.on('data', (chunk: Buffer) => out.push(chunk));
  raw.on('error', error => {
    problem = error;
  });
  return {
    push: bytes =>
      new Promise((resolve, reject) => {
        // A destroyed stream calls nobody back.
        const settle = () => {
          raw.off('error', settle).off('close', settle);
          if (problem) reject(problem);
          else resolve(out.splice(0));
        };
        if (raw.destroyed) return settle();
        raw.once('error', settle).once('close', settle);
        raw.write(bytes, settle);
      }),
    close: () => raw.destroy(),
  };
}

function scriptFrame(): ZstdFrame {
  const out: Uint8Array[] = [];
  const decoder = new Decompress(chunk => out.push(chunk));
  return {
    async push(bytes, last) {
      decoder.push(bytes, last);
      return out.splice(0);
    },
    close() {},
  };
}
