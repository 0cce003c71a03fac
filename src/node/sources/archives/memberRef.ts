import { sourceId } from '../../../common/model/units';
import type { Member, SourceRef } from '../byteSource';
import { memberMark } from '../discover/sourceNames';

/** Most members of an archive that are looked at. */
export const mostMembers = 10_000;

/** A member as an archive lists it; `size` in bytes as its archive stores it. */
export interface Listed {
  name: string;
  size: number;
  modified: number;
  member: Member;
  /** Its bytes, where they were kept; else its first ones, where only reading all before it would show them again. */
  text: Uint8Array | null;
  whole: boolean;
}

/**
 * Names the members of an archive. A name is only a name, whatever it holds (`..`, a drive, control characters). An archive
 * may hold the same name twice: the later ones get a number, so that no two sources have the same id.
 */
export function memberNames(archive: SourceRef): (name: string) => string {
  const seen = new Map<string, number>();
  return name => {
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return `${archive.id}${memberMark}${name}${count === 1 ? '' : ` (${count})`}`;
  };
}

/** A listed member as a source, before it is known how it is packed and encoded. */
export function memberRef(archive: SourceRef, id: string, { size, modified, member, text }: Listed): SourceRef {
  return {
    id: sourceId(id),
    kind: member.kind,
    packing: 'none',
    encoding: 'utf-8',
    storedSize: size,
    start: 0,
    file: null,
    identity: `${archive.identity}:${archive.storedSize}:${archive.modified}:${member.offset}`,
    modified,
    written: archive.written,
    text,
    member,
    mirror: null,
    set: null,
  };
}
