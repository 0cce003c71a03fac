import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const repoRoot = join(import.meta.dirname, '..', '..');

/** VS Code and the browser: git-ignored, outside `node_modules`, so that `npm ci` does not throw them away. */
export const cacheDir = join(repoRoot, '.vscode-test');

export const resultsDir = join(repoRoot, 'test-results');

/** The .vsix that `npm run package` writes. */
export const vsixPath = join(repoRoot, 'dist', 'throughline.vsix');

const tempDirs: string[] = [];
process.on('exit', () => tempDirs.forEach(removeDir));

/** A new folder that goes away with this process. The name is short: the path of a socket may have 107 characters. */
export function tempDir(purpose: string): string {
  const dir = mkdtempSync(join(tmpdir(), `throughline-${purpose}-`));
  tempDirs.push(dir);
  return dir;
}

/** Patient, since a process that has just been killed may still be writing into the folder. */
export function removeDir(dir: string): void {
  rmSync(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
}
