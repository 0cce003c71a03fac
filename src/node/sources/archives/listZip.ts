import { type Entry, getFileNameLowLevel, openPromise, parseExtraFields } from 'yauzl';
import { pathOf, type SourceRef } from '../byteSource';
import type { Skipped } from '../discover/skipped';
import { type Listed, memberNames, mostMembers } from './memberRef';

const [storedMethod, deflatedMethod] = [0, 8];
/** What documents and programs that are zip files inside begin with. */
const noLogs = /^(\[Content_Types\]\.xml|META-INF\/(MANIFEST\.MF)?|mimetype|AndroidManifest\.xml)$/;

/** The members of a zip file by its directory; nothing is unpacked. Returns what is to tell of the file as a whole. */
export async function* listZip(archive: SourceRef): AsyncGenerator<Listed | Skipped, Skipped[], void> {
  const whole = (reason: string): Skipped[] => [{ source: archive.id, reason }];
  const idOf = memberNames(archive);
  try {
    // Names are decoded here: one that climbs out of the folder would end the reading of all of them.
    const options = { lazyEntries: true, autoClose: false, decodeStrings: false };
    const zip = await openPromise(pathOf(archive), options);
    try {
      let count = 0;
      for await (const entry of zip.eachEntry()) {
        const name = nameOf(entry);
        if (count++ === 0 && noLogs.test(name)) return whole('binary (a document or a program in a zip file)');
        if (count > mostMembers) return whole(`has more than ${mostMembers} members: only the first of them are read`);
        if (name.endsWith('/')) continue;
        const reason = whyNot(entry);
        const id = idOf(name);
        if (reason === null) yield listed(archive, id, entry);
        else yield { source: id, reason };
      }
    } finally {
      zip.close();
    }
  } catch (error) {
    return whole(`a damaged zip archive (${error instanceof Error ? error.message : String(error)})`);
  }
  return [];
}

const nameOf = ({ generalPurposeBitFlag, fileNameRaw, extraFieldRaw }: Entry): string =>
  getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, parseExtraFields(extraFieldRaw), true);

function whyNot(entry: Entry): string | null {
  if (entry.isEncrypted()) return 'encrypted: unpack it with its password first';
  if (entry.compressionMethod === storedMethod || entry.compressionMethod === deflatedMethod) {
    return entry.uncompressedSize === 0 ? 'empty' : null;
  }
  return `packed in a way that is not read (zip method ${entry.compressionMethod}): unpack it first`;
}

const listed = (archive: SourceRef, id: string, entry: Entry): Listed => ({
  name: id,
  size: entry.compressedSize,
  modified: entry.getLastModDate().getTime(),
  member: {
    kind: 'zip',
    archive,
    offset: entry.relativeOffsetOfLocalHeader,
    packedSize: entry.compressedSize,
    deflated: entry.compressionMethod === deflatedMethod,
    crc: entry.crc32,
  },
  text: null,
  whole: false,
});
