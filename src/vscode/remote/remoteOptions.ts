import path from 'node:path';
import { type ExtensionContext, workspace } from 'vscode';
import type { EngineOptions } from '../../node/engine/createEngine';
import { readRemoteSize, readRemoteTime } from '../settings';

/** A search tells what it has of other logs; what comes later is read on where it is followed. */
const patience = { silent: 4_000, asking: 500 };

/** How remote logs are read. Copies are kept in the workspace's storage, else as long as the window is open. */
export function remoteOptions(
  { storageUri }: Pick<ExtensionContext, 'storageUri'>,
  worker: { path: string },
): Pick<EngineOptions, 'remote'> {
  const folder = storageUri?.scheme === 'file' ? { folder: path.join(storageUri.fsPath, 'remote') } : {};
  const mostMs = readRemoteTime();
  return { remote: { worker, mostBytes: readRemoteSize(), mostMs, patience, environment: proxies(), ...folder } };
}

/** VS Code's settings of proxies, as the environment names them; they come before it. */
function proxies(): Record<string, string> {
  const http = workspace.getConfiguration('http');
  const isOff = http.get<string>('proxySupport') === 'off';
  const proxy = isOff ? '' : http.get<string>('proxy');
  const except = http.get<string[]>('noProxy') ?? [];
  return {
    ...(proxy || isOff ? { http_proxy: proxy ?? '', https_proxy: proxy ?? '', all_proxy: proxy ?? '' } : {}),
    ...(except.length > 0 ? { no_proxy: except.join(',') } : {}),
  };
}
