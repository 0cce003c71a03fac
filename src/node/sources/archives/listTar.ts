import { Header } from 'tar/header';
import { Pax } from 'tar/pax';
import type { SourceRef } from '../byteSource';
import { type Skipped, unreadable } from '../discover/skipped';
import { sniffSize } from '../discover/sniff';
import { openSource } from '../openSource';
import { ForwardReader } from '../unpack/forwardReader';
import { type Listed, memberNames, mostMembers } from './memberRef';

const blockSize = 512;
/** Names and other attributes that stand before a member. */
const mostAttributes = 1024 * 1024;
/**
 * A packed tar that unpacks to no more than this keeps its members in memory: each could otherwise only be read by
 * unpacking all that stands before it.
 */
const mostKept = 64 * 2 ** 20;

/** The members of a tar (POSIX pax, ustar, GNU, old). Returns what is to tell of the file as a whole. */
export async function* listTar(archive: SourceRef): AsyncGenerator<Listed | Skipped, Skipped[], void> {
  const whole = (reason: string): Skipped[] => [{ source: archive.id, reason }];
  const opened = openSource(archive);
  const bytes = new ForwardReader(opened);
  const idOf = memberNames(archive);
  const block = Buffer.alloc(blockSize);
  let [at, count, empty, kept] = [archive.start, 0, 0, 0];
  let attributes: Pax | undefined;
  let global: Pax | undefined;
  try {
    for (;;) {
      const there = await bytes.read(block, at);
      if (there < blockSize) {
        const cut = there > 0 || bytes.note !== null || empty === 0;
        return cut ? whole(`a tar archive that is cut off or damaged: its first ${count} members are read`) : [];
      }
      const header = headerOf(block, attributes, global);
      at += blockSize;
      // Two empty blocks are the end.
      if (header?.nullBlock) {
        if (++empty === 2) return [];
        continue;
      }
      if (!header?.cksumValid) return whole(`a damaged tar archive: its first ${count} members are read`);
      const size = header.size ?? 0;
      const [from, { type }] = [at, header];
      at += Math.ceil(size / blockSize) * blockSize;
      empty = 0;
      if (isAttributes.test(type)) {
        const text = Buffer.alloc(Math.min(size, mostAttributes));
        const value = text.subarray(0, await bytes.read(text, from)).toString('utf8');
        if (type === 'GlobalExtendedHeader') global = Pax.parse(value, global, true);
        else if (type === 'NextFileHasLongPath' || type === 'OldGnuLongPath') {
          attributes = new Pax({ ...attributes, path: value.replace(/\0.*/s, '') });
        } else attributes = Pax.parse(value, attributes, false);
        continue;
      }
      // The name in front counts alone: the decoder would join it with the prefix of the short one.
      const name = attributes?.path ?? header.path ?? '';
      attributes = undefined;
      if (type === 'Directory' || type === 'NextFileHasLongLinkpath') continue;
      if (++count > mostMembers) return whole(`has more than ${mostMembers} members: only the first of them are read`);
      const id = idOf(name);
      const reason = whyNot(type, size);
      if (reason !== null) {
        yield { source: id, reason };
        continue;
      }
      const keep = opened.size === null && kept + size <= mostKept;
      if (keep) kept += size;
      const text = Buffer.from(new SharedArrayBuffer(keep ? size : Math.min(size, sniffSize)));
      const got = await bytes.read(text, from);
      const modified = header.mtime?.getTime() ?? archive.modified;
      const member = { kind: 'tar', archive, offset: from } as const;
      yield { name: id, size, modified, member, text: text.subarray(0, got), whole: keep && got === size };
    }
  } catch (error) {
    return whole(unreadable(error));
  } finally {
    await bytes.close();
    opened.close();
  }
}

const isAttributes = /^(GlobalExtendedHeader|ExtendedHeader|OldExtendedHeader|NextFileHasLongPath|OldGnuLongPath)$/;

/** `null` where a number in it is none. */
function headerOf(block: Buffer, attributes: Pax | undefined, global: Pax | undefined): Header | null {
  try {
    return new Header(block, 0, attributes, global);
  } catch {
    return null;
  }
}

function whyNot(type: string, size: number): string | null {
  if (type === 'Link' || type === 'SymbolicLink') return 'a link in an archive, which is not followed';
  if (type !== 'File' && type !== 'OldFile' && type !== 'ContiguousFile') return `no regular file (${type})`;
  return size === 0 ? 'empty' : null;
}
