import { stat } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { l10n, Range, Uri, type ViewColumn, window, workspace } from 'vscode';
import type { StepDocument } from '../common/protocol/documents';
import { labelText } from './format';
import { columnBeside } from './revealRecord';
import { UserError } from './userError';

type CodeLocation = NonNullable<StepDocument['codeLocation']>;

const mostCandidates = 500;
const longestPath = 4_000;

/**
 * Opens the code that a log names. A log may name anything: only a file of the workspace is opened (SEC-16), which fits
 * best from its name backwards, for logs are written where the code lies elsewhere.
 *
 * @param avoid columns that show timelines: they stay
 * @throws UserError where there is no such file
 */
export async function revealCode({ file, line }: CodeLocation, avoid: readonly ViewColumn[]): Promise<void> {
  const found = await findCode(file);
  const uri = found.length > 1 ? await choose(found) : found[0];
  if (found.length === 0)
    throw new UserError(l10n.t('No file of this workspace is the code that the log names: {0}', file));
  if (!uri) return;
  const at = Math.max(0, (line ?? 1) - 1);
  await window.showTextDocument(uri, {
    viewColumn: columnBeside(uri.fsPath, avoid),
    preview: true,
    selection: new Range(at, 0, at, 0),
  });
}

/** The files of the workspace that a path of a log may mean: those with most of its folders; none where it has no name. */
export async function findCode(file: string): Promise<Uri[]> {
  if (file.length > longestPath || file.includes('\0')) return [];
  const path = file.replace(/^file:\/\//, '');
  if (isAbsolute(path) && workspace.getWorkspaceFolder(Uri.file(path)) && (await isFile(path))) return [Uri.file(path)];
  const segments = segmentsOf(path);
  const name = segments.at(-1);
  if (name === undefined) return [];
  const pattern = `**/${name.replace(/[*?[\]{}!()\\]/g, '[$&]')}`;
  const files = await workspace.findFiles(pattern, '**/node_modules/**', mostCandidates);
  const fits = files.map(uri => commonEnd(segmentsOf(uri.path), segments));
  const best = Math.max(...fits);
  return files.filter((_, index) => fits[index] === best);
}

const segmentsOf = (path: string): string[] => path.split(/[\\/]/).filter(part => !/^(|\.{1,2}|[A-Za-z]:)$/.test(part));

function commonEnd(a: readonly string[], b: readonly string[]): number {
  let count = 0;
  while (count < a.length && count < b.length && a.at(-1 - count) === b.at(-1 - count)) count++;
  return count;
}

const isFile = async (path: string): Promise<boolean> => (await stat(path).catch(() => null))?.isFile() ?? false;

async function choose(found: readonly Uri[]): Promise<Uri | undefined> {
  const items = found.map(uri => ({ label: labelText(workspace.asRelativePath(uri), 200), uri }));
  return (await window.showQuickPick(items, { title: l10n.t('Which file is meant?') }))?.uri;
}
