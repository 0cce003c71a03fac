import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import path from 'node:path';

/**
 * The absolute path of a program, `null` where there is none. Only absolute folders of the PATH are looked at: what lies
 * in the current folder, which may be the user's workspace, is never started (SEC-14), as Windows would do by itself.
 */
export async function findProgram(name: string, environment = process.env): Promise<string | null> {
  const isWindows = process.platform === 'win32';
  const folders = (environment.PATH ?? environment.Path ?? '').split(path.delimiter);
  for (const folder of folders) {
    if (!path.isAbsolute(folder)) continue;
    const file = path.join(folder, isWindows ? `${name}.exe` : name);
    if (await isProgram(file)) return file;
  }
  return null;
}

async function isProgram(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}
