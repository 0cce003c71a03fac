import { open } from 'node:fs/promises';
import { AbortError } from '../../common/protocol/rpcChannel';
import { unreadable } from '../sources/discover/skipped';
import { blocksOf, heldBlock } from '../sources/heldBlocks';
import { inTurns, type Mirrored } from './fileMirrors';
import type { Mirror } from './mirror';
import type { MirrorStore } from './mirrorStore';
import type { TimeLimit } from './timeLimit';
import { tookTooLong } from './transfer';
import { type FarFile, type LineTransport, RemoteError } from './transport';

export interface LineWay {
  transport: LineTransport;
  /** What it may take. */
  limit: TimeLimit;
  /** Whether it is asked again and again. */
  follow: boolean;
  count(bytes: number): void;
  reserve(bytes: number): Promise<void>;
}

/** So much of the end is handed back, so that the far side can tell what is new; more where it is but one line. */
const tailLength = 64 * 1024;
const longestTail = 16 * 1024 * 1024;

/** Appends what is new of each listed stream of lines. @throws AbortError, a passing RemoteError */
export async function mirrorLines(files: readonly FarFile[], store: MirrorStore, way: LineWay): Promise<Mirrored> {
  const found: Mirrored = { files: [], skipped: [] };
  const taken = new Map<FarFile, Mirror>();
  await inTurns(files, async far => {
    const mirror = await store.of(far.url);
    try {
      await mirror.turn.run(() => append(mirror, far, way));
      taken.set(far, mirror);
      if (mirror.cut !== null) found.skipped.push({ source: far.url, reason: mirror.cut });
    } catch (error) {
      if (error instanceof AbortError || (error instanceof RemoteError && error.passing)) throw error;
      found.skipped.push({ source: far.url, reason: unreadable(error) });
      // What is here stays.
      if (mirror.size > 0) taken.set(far, mirror);
    }
  });
  for (const far of files) {
    const mirror = taken.get(far);
    if (mirror) found.files.push({ far, mirror, mirrored: mirror.mirrored });
  }
  return found;
}

async function append(mirror: Mirror, far: FarFile, way: LineWay): Promise<void> {
  const { transport, limit, follow, count, reserve } = way;
  if (!mirror.isNew && !mirror.canBe({ ...far, size: null })) await mirror.clear();
  const tail = await wholeLines(mirror, tailLength);
  let cut: string | null = null;
  const handle = await open(mirror.path, 'r+');
  let size = mirror.size;
  try {
    const take = async (lines: Uint8Array) => {
      await reserve(lines.length);
      await handle.write(lines, 0, lines.length, size);
      size += lines.length;
      count(lines.length);
    };
    cut = await transport.more(far, tail, take, { signal: limit.signal, follow });
  } catch (error) {
    throw limit.isOver ? tookTooLong(limit) : error;
  } finally {
    await handle.close();
    // What came before it broke off is whole lines, and stays.
    const before = mirror.size;
    const grew = size > before;
    if (grew || mirror.isNew) {
      await mirror.grow({ ...far, size, modified: grew ? Date.now() : mirror.modified });
      for (let block = Math.floor(before / heldBlock); block < blocksOf(size); block++) mirror.hold(block);
      mirror.cut = cut ?? mirror.cut;
      await mirror.save();
    }
  }
}

/** The last lines of what is here, at least one if there is any. */
async function wholeLines(mirror: Mirror, length: number): Promise<Buffer> {
  const from = Math.max(0, mirror.size - length);
  const tail = await mirror.read({ from, to: mirror.size });
  if (from === 0) return tail;
  const lines = tail.subarray(tail.indexOf(0x0a) + 1);
  return lines.length > 0 || length >= longestTail ? lines : wholeLines(mirror, length * 16);
}
