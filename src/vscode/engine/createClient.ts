import { type ExtensionContext, Uri } from 'vscode';
import { EngineClient } from '../../node/engine/engineClient';
import { RemoteHost } from '../remote/remoteHost';
import { remoteOptions } from '../remote/remoteOptions';
import { indexOptions } from './indexOptions';

/** The engine in workers of its own, and whom it asks; no worker starts before something is asked of it. */
export function createClient(context: ExtensionContext): { client: EngineClient; remote: RemoteHost } {
  const remote = new RemoteHost(context);
  const script = (name: string) => ({ path: Uri.joinPath(context.extensionUri, 'dist', name).fsPath });
  const options = {
    engineWorker: script('engineWorker.cjs'),
    scanWorker: script('scanWorker.cjs'),
    ...indexOptions(context),
    ...remoteOptions(context, script('remoteWorker.cjs')),
  };
  return { client: new EngineClient(options, remote), remote };
}
