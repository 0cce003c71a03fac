import { AbortError } from '../../common/protocol/rpcChannel';
import type { Skipped } from '../sources/discover/skipped';
import { unreadable } from '../sources/discover/skipped';
import type { Mirror, MirroredFile } from './mirror';
import type { MirrorStore } from './mirrorStore';
import { bringUpToDate, type Transfer } from './transfer';
import type { FarFile } from './transport';

/** What a transfer needs beside the mirror and the file. */
export type Way = Omit<Transfer, 'mirror' | 'far'>;

/** So many files of a place are looked at at the same time. */
const together = 8;

export interface Mirrored {
  files: { far: FarFile; mirror: Mirror; mirrored: MirroredFile }[];
  skipped: Skipped[];
}

/**
 * Brings the mirrors of listed files up to date. A file that was renamed on the far side keeps its mirror: what does not
 * go with its name any more is looked for among the others, by its bytes.
 * @param gone mirrors of files that were listed before and are not now: one may have been renamed, and nothing stands at
 * its place yet
 * @param isSure that the files were listed after the last one was renamed, as far as anybody can tell
 * @returns `null` where a file is another one than was listed, and `isSure` is not: they are to be listed again
 * @throws AbortError, a passing RemoteError
 */
export async function mirrorFiles(
  files: readonly FarFile[],
  store: MirrorStore,
  way: Way,
  gone: readonly Mirror[],
  isSure: boolean,
): Promise<Mirrored | null> {
  const found: Mirrored = { files: [], skipped: [] };
  const taken = new Map<FarFile, Mirror>();
  const open: FarFile[] = [];
  const misfits: Mirror[] = [];
  const tryEach = (list: readonly FarFile[], look: (far: FarFile) => Promise<void>) =>
    inTurns(list, async far => {
      try {
        await look(far);
      } catch (error) {
        if (isOfAll(error)) throw error;
        found.skipped.push({ source: far.url, reason: unreadable(error) });
      }
    });
  await tryEach(files, async far => {
    const mirror = await store.of(far.url);
    const stays = await mirror.turn.run(async () => mirror.isNew || bringUpToDate({ ...way, mirror, far }));
    if (!stays) misfits.push(mirror);
    if (stays && !mirror.isNew) taken.set(far, mirror);
    else open.push(far);
  });
  if (misfits.length > 0 && !isSure) return null;
  const orphans = [...gone];
  for (const mirror of misfits) orphans.push(await store.detach(mirror));
  // One after the other, as each takes an orphan away.
  for (const far of open.sort((a, b) => files.indexOf(a) - files.indexOf(b))) {
    for (const orphan of [...orphans]) {
      const fits = await orphan.turn.run(() =>
        bringUpToDate({ ...way, mirror: orphan, far }).catch(error => {
          if (isOfAll(error)) throw error;
          return false;
        }),
      );
      if (!fits) continue;
      orphans.splice(orphans.indexOf(orphan), 1);
      taken.set(far, await store.move(orphan, far.url));
      break;
    }
  }
  await tryEach(
    open.filter(far => !taken.has(far)),
    async far => {
      const mirror = await store.of(far.url);
      await mirror.turn.run(() => bringUpToDate({ ...way, mirror, far }));
      taken.set(far, mirror);
    },
  );
  // Not before the others are made: none of them must get the number of a file that is gone.
  for (const orphan of orphans) if (!gone.includes(orphan)) await orphan.delete();
  for (const far of files) {
    const mirror = taken.get(far);
    if (mirror) found.files.push({ far, mirror, mirrored: mirror.mirrored });
  }
  return found;
}

/** What concerns the whole place, not one of its files. */
const isOfAll = (error: unknown): boolean =>
  error instanceof AbortError || (error instanceof Error && 'passing' in error && error.passing === true);

/** A few at a time; when one fails, no further one is begun. */
export async function inTurns<Item>(items: readonly Item[], use: (item: Item) => Promise<void>): Promise<void> {
  const left = [...items];
  const worker = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) {
      try {
        await use(item);
      } catch (error) {
        left.length = 0;
        throw error;
      }
    }
  };
  const settled = await Promise.allSettled(Array.from({ length: together }, worker));
  const failed = settled.find(each => each.status === 'rejected');
  if (failed) throw failed.reason;
}
