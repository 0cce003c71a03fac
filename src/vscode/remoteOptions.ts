import path from 'node:path';
import { type ExtensionContext, workspace } from 'vscode';
import type { RemoteOptions } from '../node/remote/remoteClient';

/** What copies of remote logs may take on disk. */
const mostBytes = 2 * 2 ** 30;

/** How remote places are read. Copies are kept with the workspace, as only one window has it open; else they go with the engine. */
export function remoteOptions({ storageUri }: ExtensionContext, worker: RemoteOptions['worker']): RemoteOptions {
  const folder = storageUri?.scheme === 'file' ? path.join(storageUri.fsPath, 'remote') : undefined;
  return { worker, mostBytes, environment: proxies(), ...(folder === undefined ? {} : { folder }) };
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
