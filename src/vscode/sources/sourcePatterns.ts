import { realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, normalize, relative, resolve, sep } from 'node:path';
import { isRemote } from '../../common/protocol/places/remotePlaces';

/** Why a pattern is refused; for the user. */
export type Refusal = { pattern: string; reason: 'outside' };

export interface ResolvedPatterns {
  /**
   * Absolute globs or paths, with `/` between segments as globs want it, or URLs. `within`: the folder that no link below may leave,
   * where the workspace named it.
   */
  paths: { path: string; within?: string }[];
  refused: Refusal[];
}

/**
 * Relative patterns stand against every folder. What the workspace itself names has to stay inside it, links followed
 * (SEC-12): a settings file that came with a repository must not read the rest of the disk.
 */
export function resolvePatterns(
  patterns: readonly string[],
  folders: readonly string[],
  fromWorkspace: boolean,
): ResolvedPatterns {
  const paths = new Map<string, string | undefined>();
  const refused: Refusal[] = [];
  const roots = folders.map(realPath);
  for (const pattern of patterns) {
    if (isRemote(pattern)) {
      // A settings file that came with a repository must not have the network asked, either (SEC-13).
      if (fromWorkspace) refused.push({ pattern, reason: 'outside' });
      else paths.set(pattern, undefined);
      continue;
    }
    const { base, glob } = splitGlob(expandHome(pattern));
    const bases = isAbsolute(base) ? [normalize(base)] : folders.map(folder => resolve(folder, base));
    for (const absolute of bases) {
      // Climbing behind a wildcard would leave the folder unseen.
      const root = glob.includes('..') ? undefined : roots.find(folder => contains(folder, realPath(absolute)));
      if (!fromWorkspace) paths.set(joined(absolute, glob), undefined);
      else if (root !== undefined) paths.set(joined(absolute, glob), root);
      else if (!refused.some(known => known.pattern === pattern)) refused.push({ pattern, reason: 'outside' });
    }
  }
  return {
    paths: [...paths].map(([path, within]) => ({ path, ...(within === undefined ? {} : { within }) })),
    refused,
  };
}

/** Whether a pattern, made absolute as above, only names what lies in these folders: neither a URL nor the way out of them. */
export function staysInside(pattern: string, folders: readonly string[]): boolean {
  if (isRemote(pattern)) return false;
  const { base, glob } = splitGlob(pattern);
  return !glob.split('/').includes('..') && folders.some(folder => contains(realPath(folder), realPath(base)));
}

const wildcard = /[*?[\]{}!()]/;

/** The folders before the first wildcard, and the rest. */
function splitGlob(pattern: string): { base: string; glob: string } {
  const segments = pattern.split(sep === '\\' ? /[\\/]/ : '/');
  const first = segments.findIndex(segment => wildcard.test(segment));
  const cut = first === -1 ? segments.length : first;
  const base = segments.slice(0, cut).join('/');
  return { base: base === '' && pattern.startsWith('/') ? '/' : base, glob: segments.slice(cut).join('/') };
}

const joined = (base: string, glob: string): string => {
  if (glob === '') return base;
  // A folder whose own name looks like a wildcard (`[app]`) is meant literally.
  const literal = base.split(sep).map(segment => segment.replace(/[*?[\]{}!()]/g, sep === '\\' ? '?' : '\\$&'));
  return `${literal.join('/').replace(/\/$/, '')}/${glob}`;
};

const expandHome = (pattern: string): string =>
  pattern === '~' || pattern.startsWith('~/') ? join(homedir(), pattern.slice(1)) : pattern;

/** Links followed as far as the path exists. */
function realPath(path: string): string {
  for (let existing = path; ; existing = dirname(existing)) {
    try {
      return join(realpathSync.native(existing), relative(existing, path));
    } catch {
      if (dirname(existing) === existing) return path;
    }
  }
}

function contains(root: string, path: string): boolean {
  const way = relative(root, path);
  return way === '' || (!isAbsolute(way) && way.split(sep)[0] !== '..');
}
