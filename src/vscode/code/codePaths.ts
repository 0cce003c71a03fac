import { realpathSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';

/** Where code lies here that logs name by another folder: that of a container, or of the machine that built it. */
export interface CodePath {
  /** As logs name it. */
  from: string;
  /** Absolute. */
  to: string;
}

/** A value of `throughline.codePaths` that cannot be used. */
export class CodePathError extends Error {
  override readonly name = 'CodePathError';
}

/**
 * The setting, checked. Pure, so that plain Node tests it.
 * @param value folders of logs, each with a folder here: absolute, `~/…`, or relative to the workspace's folders
 * @param within folders that `to` must stay in, links followed: what a workspace itself names may not lead out of it
 * @throws CodePathError that names the entry and what is wrong with it
 */
export function parseCodePaths(
  value: unknown,
  folders: readonly string[],
  within: readonly string[] | null,
): CodePath[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new CodePathError('It is no object of folders.');
  return Object.entries(value).flatMap(([from, to]) => {
    if (typeof to !== 'string' || to.trim() === '' || from.trim() === '')
      throw new CodePathError(`“${from}” needs the name of a folder here.`);
    const target = to.startsWith('~/') ? join(homedir(), to.slice(2)) : to;
    const targets = isAbsolute(target) ? [target] : folders.map(folder => resolve(folder, target));
    const allowed = within === null ? targets : targets.filter(each => within.some(root => isInside(each, root)));
    if (allowed.length < targets.length)
      throw new CodePathError(`“${from}” leads out of the workspace: only your user settings may say that.`);
    return allowed.map(each => ({ from, to: each }));
  });
}

/** The files that a path of a log is here, by what the user said; the longest folder that fits first. */
export function mappedFiles(path: string, codePaths: readonly CodePath[]): string[] {
  const segments = segmentsOf(path);
  const fitting = codePaths
    .map(({ from, to }) => ({ from: segmentsOf(from), to }))
    .filter(({ from }) => from.every((part, index) => part === segments[index]))
    .sort((a, b) => b.from.length - a.from.length);
  const files = fitting.map(({ from, to }) => ({ root: to, file: join(to, ...segments.slice(from.length)) }));
  return [...new Set(files.filter(({ root, file }) => isFileInside(file, root)).map(({ file }) => file))];
}

/** Whether a file is there and, with every link followed, in a folder (SEC-16). */
export function isFileInside(file: string, root: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isFile() === true && isInside(file, root);
}

/** Both by their physical names; nothing is inside what is not there. */
function isInside(path: string, root: string): boolean {
  try {
    const way = relative(realpathSync(root), realpathSync(path));
    return way === '' || (!isAbsolute(way) && way.split(sep)[0] !== '..');
  } catch {
    return false;
  }
}

/** Without `.` and a drive; a path that climbs is taken at its word, and refused where it leads out. */
export const segmentsOf = (path: string): string[] =>
  path
    .replace(/^file:\/\//, '')
    .split(/[\\/]/)
    .filter(part => part !== '' && part !== '.');
