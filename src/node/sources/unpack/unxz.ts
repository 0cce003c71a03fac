import { ReadableStream } from 'node:stream/web';
import type * as Xz from 'xz-decompress';
import type { XzReadableStream } from 'xz-decompress';
import type { ByteInput } from './byteInput';
import { type Decoded, damaged, endOf, refused, type Stopped } from './decoder';

/** What is unpacked from the piece that the damage is in is lost. */
const pieceSize = 4 * 1024;
const magic = Buffer.from('fd377a585a00', 'hex');

/** xz: streams one after the other, with padding between them. The decoder grants a dictionary of 64 MiB, no more. */
export async function* unxz(input: ByteInput): Decoded {
  if (!(await input.peek(magic.length)).equals(magic)) return endOf(input, 0, 'no xz header');
  const packed = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const piece = await input.peek(pieceSize);
      if (piece.length === 0) return controller.close();
      controller.enqueue(new Uint8Array(piece));
      input.skip(piece.length);
    },
  });
  const Unpacked = await loaded();
  const reader = new Unpacked(packed).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return null;
      if (value.length > 0) yield value;
    }
  } catch (error) {
    return problemOf(error);
  } finally {
    // All unpacking of a thread waits for the one before to let go.
    await reader.cancel().catch(() => {});
  }
}

/** Loaded when needed. Node sees its names only behind `default` where it is not bundled. */
async function loaded(): Promise<typeof XzReadableStream> {
  const module: typeof Xz & { default?: typeof Xz } = await import('xz-decompress');
  return (module.default ?? module).XzReadableStream;
}

/** The codes of the decoder's `enum xz_ret`. */
function problemOf(error: unknown): Stopped {
  const message = error instanceof Error ? error.message : String(error);
  const code = Number(/code (\d+)$/.exec(message)?.[1] ?? -1);
  if (code === 2 || code === 6) return refused('is packed in a way that is not known');
  if (code === 3 || code === 4) return refused('needs more than 64 MiB of memory to unpack');
  if (code === 5) return damaged('something else stands behind the compressed data');
  if (code === 7) return damaged('incorrect data check');
  if (code === 8) return damaged('unexpected end of file');
  return damaged(message);
}
