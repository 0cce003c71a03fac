import { realpathSync } from 'node:fs';
import path from 'node:path';
import type { Skipped } from './skipped';

/** A folder by its physical name; nothing is in one that is not there. */
export function realFolder(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return path.resolve(folder);
  }
}

/** Why a file or folder is not read where it is physically outside of `folder`; `null` where it is inside. */
export function leadsOut(file: string, folder: string): Skipped | null {
  const relative = path.relative(folder, realpathSync(file));
  const outside = relative === '..' || relative.startsWith(`..${path.sep}`) || path.isAbsolute(relative);
  return outside ? { source: file, reason: `leads out of ${folder}, which is not followed` } : null;
}
