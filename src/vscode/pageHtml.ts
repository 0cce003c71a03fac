import { randomBytes } from 'node:crypto';
import { env, Uri, type Webview } from 'vscode';
import { webviewHtml } from './webviewHtml';

/** The page in a folder of `dist/media`: `main.js` and `main.css`. */
export function pageFor(webview: Webview, folder: Uri, title: string): string {
  const asset = (name: string) => webview.asWebviewUri(Uri.joinPath(folder, name)).toString();
  return webviewHtml({
    nonce: randomBytes(16).toString('base64'),
    cspSource: webview.cspSource,
    script: asset('main.js'),
    style: asset('main.css'),
    language: env.language,
    title,
  });
}
