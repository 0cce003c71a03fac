import { isAbsolute } from 'node:path';
import { Uri, workspace } from 'vscode';
import { readCodePaths } from '../settings';
import { isFileInside, mappedFiles, segmentsOf } from './codePaths';

const mostCandidates = 500;
const longestPath = 4_000;

/**
 * The files that a path of a log may mean: where the user says that its folder lies, else itself, else the files of the
 * workspace with most of its folders, for logs are written where the code lies elsewhere. Never one that is, with every
 * link followed, outside of the workspace and of the folders that the user named (SEC-16).
 * @throws UserError where the setting cannot be used
 */
export async function findCode(file: string): Promise<Uri[]> {
  if (file.length > longestPath || file.includes('\0')) return [];
  const folders = (workspace.workspaceFolders ?? []).flatMap(({ uri }) => (uri.scheme === 'file' ? [uri.fsPath] : []));
  const mapped = mappedFiles(file, readCodePaths(folders));
  if (mapped.length > 0) return mapped.map(path => Uri.file(path));
  const path = file.replace(/^file:\/\//, '');
  if (isAbsolute(path) && folders.some(folder => isFileInside(path, folder))) return [Uri.file(path)];
  const segments = segmentsOf(path).filter(part => part !== '..');
  const name = segments.at(-1);
  if (name === undefined) return [];
  const pattern = `**/${name.replace(/[*?[\]{}!()\\]/g, '[$&]')}`;
  const files = await workspace.findFiles(pattern, '**/node_modules/**', mostCandidates);
  const inside = files.filter(
    ({ scheme, fsPath }) => scheme === 'file' && folders.some(at => isFileInside(fsPath, at)),
  );
  const fits = inside.map(uri => commonEnd(segmentsOf(uri.path), segments));
  const best = Math.max(...fits);
  return inside.filter((_, index) => fits[index] === best);
}

function commonEnd(a: readonly string[], b: readonly string[]): number {
  let count = 0;
  while (count < a.length && count < b.length && a.at(-1 - count) === b.at(-1 - count)) count++;
  return count;
}
