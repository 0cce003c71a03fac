import * as v from 'valibot';
import type { WebviewPanel, WebviewView } from 'vscode';
import type { Port } from '../../common/protocol/rpcChannel';
import { envelopeSchema } from './checkedHandlers';

/** A webview as one end of an `RpcChannel`. What is no message of ours is dropped. */
export function webviewPort(panel: WebviewPanel | WebviewView): Port {
  return {
    // A page that closes while a message is on its way rejects; the channel hears of it by `onClose`.
    post: message => void Promise.resolve(panel.webview.postMessage(message)).catch(() => undefined),
    onMessage: receive => {
      panel.webview.onDidReceiveMessage((message: unknown) => {
        if (v.is(envelopeSchema, message)) receive(message);
      });
    },
    onClose: closed => {
      panel.onDidDispose(() => closed('The page was closed.'));
    },
  };
}
