import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import type { SourcePlace } from '../../../common/protocol/logEngine';
import { archiveOf } from '../archives/namedMember';
import { gone, type Skipped, unreadable } from './skipped';
import { leadsOut, realFolder } from './within';

/** Folders that hold no logs but very many files. */
const ignoredFolders = new Set(['node_modules', '.git']);

export interface Expanded {
  files: string[];
  /** Where one member of the archive in `files` is meant: its id. */
  member: string | null;
  skipped: Skipped[];
}

/** The files of a place: the file itself, all files below a folder, or what a glob finds. */
export async function expandPlace(place: Extract<SourcePlace, { kind: 'path' }>): Promise<Expanded> {
  const { optional = false } = place;
  const within = place.within === undefined ? null : realFolder(place.within);
  const full = path.resolve(place.path);
  try {
    // A file may be called `app[1].log`: what is there is no glob.
    return statSync(place.path).isDirectory() ? walk(full, within) : one(full);
  } catch (error) {
    const reason = unreadable(error);
    if (reason !== gone) return miss(place.path, reason);
  }
  // Not resolved: a member may be called `../app.log`.
  const archive = archiveOf(place.path);
  if (archive !== null) return { files: [path.resolve(archive)], member: place.path, skipped: [] };
  const pattern = path.sep === '\\' ? place.path.replaceAll('\\', '/') : place.path;
  if (!isDynamicPattern(pattern)) return optional ? nothing : miss(place.path, 'not there');
  const ignore = [...ignoredFolders].map(folder => `**/${folder}/**`);
  const files = await glob(pattern, {
    absolute: true,
    dot: false,
    onlyFiles: true,
    ignore,
    expandDirectories: false,
  });
  if (files.length === 0 && !optional) return miss(place.path, 'no file fits this pattern');
  return { files: files.map(file => path.resolve(file)).sort(), member: null, skipped: [] };
}

const nothing: Expanded = { files: [], member: null, skipped: [] };
const one = (file: string): Expanded => ({ files: [file], member: null, skipped: [] });
const miss = (source: string, reason: string): Expanded => ({
  files: [],
  member: null,
  skipped: [{ source, reason }],
});

/** All files below a folder, by name; links are followed, each physical folder once. */
function walk(root: string, within: string | null): Expanded {
  const files: string[] = [];
  const skipped: Skipped[] = [];
  const seen = new Map<string, string>();
  const open = [root];
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    try {
      const out = within === null ? null : leadsOut(folder, within);
      if (out) {
        skipped.push(out);
        continue;
      }
      const real = realpathSync(folder);
      const known = seen.get(real);
      if (known !== undefined) {
        skipped.push({ source: folder, reason: `a link to ${known}, which is read already` });
        continue;
      }
      seen.set(real, folder);
      const folders: string[] = [];
      for (const entry of readdirSync(folder, { withFileTypes: true }).sort(byName)) {
        const full = path.join(folder, entry.name);
        if (!isFolder(entry, full)) files.push(full);
        else if (!ignoredFolders.has(entry.name)) folders.push(full);
      }
      open.push(...folders.reverse());
    } catch (error) {
      skipped.push({ source: folder, reason: unreadable(error) });
    }
  }
  return { files, member: null, skipped };
}

const byName = (a: Dirent, b: Dirent): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

function isFolder(entry: Dirent, full: string): boolean {
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  try {
    return statSync(full).isDirectory();
  } catch {
    // A dangling or looping link: looking at it as a file tells why it cannot be read.
    return false;
  }
}
