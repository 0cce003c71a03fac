import { statSync } from 'node:fs';
import { none, type Recognised } from '../discover/recognise';
import { gone } from '../discover/skipped';
import { memberMark } from '../discover/sourceNames';

/** The archive of a member's id; `null` where there is none. */
export function archiveOf(id: string): string | null {
  for (let at = id.indexOf(memberMark); at > 0; at = id.indexOf(memberMark, at + 1)) {
    if (isFile(id.slice(0, at))) return id.slice(0, at);
  }
  return null;
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** All of it, or of an archive the one member that was named. */
export function onlyMember(found: Recognised, member: string | null): Recognised {
  if (member === null) return found;
  const sources = found.sources.filter(({ id }) => id === member);
  const skipped = found.skipped.filter(({ source }) => source === member);
  return sources.length + skipped.length > 0 ? { sources, skipped } : none(member, gone);
}
