import { join } from 'node:path';
import { removeDir, tempDir } from './paths';
import { run } from './process';
import { ensureServer } from './serverInstall';
import { serverEnv } from './vscodeServer';

/** Installs packages the way a user's VS Code does. */
export async function installExtensions(vsixFiles: readonly string[], extensionsDir: string): Promise<void> {
  const { node, main } = await ensureServer();
  const data = tempDir('install');
  const args = [
    ...vsixFiles.flatMap(file => ['--install-extension', file]),
    ...['--accept-server-license-terms', '--extensions-dir', extensionsDir],
    ...['--server-data-dir', data, '--user-data-dir', join(data, 'data')],
  ];
  const output = await run(node, [main, ...args], { env: serverEnv(data) });
  removeDir(data);
  const installed = output.match(/was successfully installed/g)?.length ?? 0;
  if (installed !== vsixFiles.length) {
    throw new Error(`VS Code installed ${installed} of ${vsixFiles.length} packages.\n${output}`);
  }
}

const installations = new Map<string, Promise<string>>();

/** A folder with this package installed: made once per process and shared, for an installation takes over a second. */
export function extensionsDirWith(vsix: string): Promise<string> {
  const known = installations.get(vsix);
  if (known) return known;
  const dir = tempDir('extensions');
  const installation = installExtensions([vsix], dir).then(() => dir);
  installations.set(vsix, installation);
  return installation;
}
