import { open } from 'node:fs/promises';
import { AbortError } from '../../common/protocol/rpcChannel';
import { blocksOf, heldBlock } from '../sources/heldBlocks';
import { unreadable } from '../sources/skipped';
import type { Mirrored } from './fileMirrors';
import type { Mirror } from './mirror';
import type { MirrorStore } from './mirrorStore';
import { type FarFile, type LineTransport, RemoteError } from './transport';

export interface LineWay {
  transport: LineTransport;
  signal: AbortSignal;
  count(bytes: number): void;
  reserve(bytes: number): Promise<void>;
}

/** So much of the end is handed back, so that the far side can tell what is new. */
const tailLength = 64 * 1024;

/** Appends what is new of each listed stream of lines. @throws AbortError, a passing RemoteError */
export async function mirrorLines(files: readonly FarFile[], store: MirrorStore, way: LineWay): Promise<Mirrored> {
  const found: Mirrored = { files: [], skipped: [] };
  for (const far of files) {
    try {
      const mirror = await store.of(far.url);
      await mirror.turn.run(() => append(mirror, far, way));
      found.files.push({ far, mirror, mirrored: mirror.mirrored });
    } catch (error) {
      if (error instanceof AbortError || (error instanceof RemoteError && error.passing)) throw error;
      found.skipped.push({ source: far.url, reason: unreadable(error) });
    }
  }
  return found;
}

async function append(mirror: Mirror, far: FarFile, { transport, signal, count, reserve }: LineWay): Promise<void> {
  if (!mirror.isNew && !mirror.canBe({ ...far, size: null })) await mirror.clear();
  const from = Math.max(0, mirror.size - tailLength);
  const tail = await mirror.read({ from, to: mirror.size });
  const whole = from === 0 ? tail : tail.subarray(tail.indexOf(0x0a) + 1);
  const handle = await open(mirror.path, 'r+');
  let size = mirror.size;
  try {
    const take = async (lines: Uint8Array) => {
      await reserve(lines.length);
      await handle.write(lines, 0, lines.length, size);
      size += lines.length;
      count(lines.length);
    };
    await transport.more(far, whole, take, { signal, follow: false });
  } finally {
    await handle.close();
    // What came before it broke off is whole lines, and stays.
    const before = mirror.size;
    await mirror.grow({ ...far, size });
    for (let block = Math.floor(before / heldBlock); block < blocksOf(size); block++) mirror.hold(block);
    await mirror.save();
  }
}
