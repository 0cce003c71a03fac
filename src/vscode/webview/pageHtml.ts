import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { env, Uri, type Webview } from 'vscode';
import { webviewHtml } from './webviewHtml';

/** The page in a folder of `dist/media`: `main.js` and `main.css`. */
export const pageFor = (webview: Webview, folder: Uri, title: string): string =>
  webviewHtml({
    nonce: randomBytes(16).toString('base64'),
    cspSource: webview.cspSource,
    script: textOf(Uri.joinPath(folder, 'main.js')),
    style: textOf(Uri.joinPath(folder, 'main.css')),
    language: env.language,
    title,
  });

const texts = new Map<string, string>();

/** Without the name of its source map: inside a page that leads nowhere. */
function textOf({ fsPath }: Uri): string {
  const text = texts.get(fsPath) ?? readFileSync(fsPath, 'utf8').replace(/\/[/*]# sourceMappingURL=.*\s*$/, '');
  texts.set(fsPath, text);
  return text;
}
