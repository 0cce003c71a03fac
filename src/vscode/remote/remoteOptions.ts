import path from 'node:path';
import type { ExtensionContext } from 'vscode';
import type { EngineOptions } from '../../node/engine/createEngine';
import { readRemoteSize } from '../settings';

/** Where copies of remote logs are kept: in the workspace's storage, else as long as the window is open. */
export function remoteOptions(
  { storageUri }: Pick<ExtensionContext, 'storageUri'>,
  worker: { path: string },
): Pick<EngineOptions, 'remote'> {
  const folder = storageUri?.scheme === 'file' ? { folder: path.join(storageUri.fsPath, 'remote') } : {};
  return { remote: { worker, mostBytes: readRemoteSize(), ...folder } };
}
