import { statSync } from 'node:fs';
import { groupBy } from '../../common/base/groupBy';
import { hasRanges, pathOf, type SourceRef } from './byteSource';
import { fileName } from './fileSource';
import { continuationOf, type ReadMark, rememberedBytes } from './readMark';

/** What has become of the sources since they were read. */
export interface Continued<Mark extends ReadMark> {
  /** Sources that hold what was read, under the same name or another one, perhaps with more behind it. */
  goneOn: { mark: Mark; ref: SourceRef }[];
  /** What was copied away and emptied; `whole` unless the copy lacks the last of what was read. */
  copied: { mark: Mark; ref: SourceRef; whole: boolean }[];
  /** Sources with nothing that was read before. */
  begun: SourceRef[];
  /** What is at no place any more; `emptied` where its file is still there, with other bytes. */
  gone: { mark: Mark; emptied: boolean }[];
}

/**
 * Finds again what was read, by its bytes: a log rotated by name is the same file at another place; one rotated by copy
 * is another file with the same beginning, while the old one is emptied; one that was packed is a stream with the same
 * beginning. A copy that is still being made is left out until it is clear what it is.
 */
export async function continueSources<Mark extends ReadMark>(
  marks: readonly Mark[],
  listed: readonly SourceRef[],
): Promise<Continued<Mark>> {
  // What was renamed since it was listed is at another place at the next look, and until then nowhere.
  const sources = listed.filter(isStillThere);
  const goneOn: Continued<Mark>['goneOn'] = [];
  // The file system gives the number of a file that is gone to the next one: several may have had it.
  const byPlace = groupBy(marks, mark => placeOf(mark.ref));
  const open = new Set(marks);
  const others: SourceRef[] = [];
  for (const ref of sources) {
    const mark = await firstOf(byPlace.get(placeOf(ref)) ?? [], each => open.has(each) && isSame(ref, each));
    if (mark) {
      open.delete(mark);
      goneOn.push({ mark, ref });
    } else others.push(ref);
  }
  const copied: Continued<Mark>['copied'] = [];
  const idOfPlace = new Map(sources.map(ref => [placeOf(ref), ref.id]));
  const begun: SourceRef[] = [];
  for (const ref of others) {
    const found = await originalOf(ref, marks);
    if (!found) begun.push(ref);
    else if (open.has(found.mark)) {
      open.delete(found.mark);
      const { mark, how } = found;
      const stayed = ref.id !== mark.ref.id && idOfPlace.get(placeOf(mark.ref)) === mark.ref.id;
      if (how === 'whole' && !stayed) goneOn.push({ mark, ref });
      else copied.push({ mark, ref, whole: how === 'whole' });
    }
  }
  const ids = new Set<string>(sources.map(({ id }) => id));
  const gone = [...open].map(mark => ({ mark, emptied: ids.has(mark.ref.id) }));
  return { goneOn, copied, begun, gone };
}

function isStillThere(ref: SourceRef): boolean {
  if (ref.kind !== 'file' || ref.file === null) return true;
  try {
    return fileName(statSync(pathOf(ref))) === ref.file;
  } catch {
    return false;
  }
}

async function firstOf<Item>(items: readonly Item[], fits: (item: Item) => boolean | Promise<boolean>) {
  for (const item of items) if (await fits(item)) return item;
  return null;
}

/** Names the physical file where it has a name. */
const placeOf = ({ file, id }: SourceRef): string => file ?? id;

async function isSame(ref: SourceRef, mark: ReadMark): Promise<boolean> {
  if (mark.read <= mark.ref.start) return true;
  // Nothing is remembered of it yet: the file system's word has to do.
  if (mark.head.length === 0 && hasRanges(ref)) {
    return ref.storedSize >= mark.read && (ref.identity === mark.ref.identity || mark.read < rememberedBytes);
  }
  // What can only be read from its beginning is read again whenever it changes.
  if (!hasRanges(ref)) return ref.packing === mark.ref.packing;
  return (await continuationOf(ref, mark)) === 'whole';
}

/** The log that this file is a copy of. A few bytes are alike by chance, but in the files of one log. */
async function originalOf<Mark extends ReadMark>(ref: SourceRef, marks: readonly Mark[]) {
  for (const mark of marks) {
    const how = await continuationOf(ref, mark);
    const sure = mark.ref.id !== ref.id && sameSet(mark.ref, ref);
    if (how !== null && (sure || (how === 'whole' && mark.tail.length === rememberedBytes))) return { mark, how };
  }
  return null;
}

function sameSet(a: SourceRef, b: SourceRef): boolean {
  if (b.set) return a.set?.name === b.set.name || a.id.endsWith(b.set.name);
  return a.set !== null && b.id.endsWith(a.set.name);
}
