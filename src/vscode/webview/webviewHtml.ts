/** No `vscode` here: `test/unit/manifest.test.ts` reads the page in plain Node (SEC-01). */
export interface WebviewPageParts {
  /** From `crypto`, new for every page. */
  nonce: string;
  cspSource: string;
  /** Code of our own, never text of a log. */
  script: string;
  style: string;
  /** BCP 47, as VS Code says it. */
  language: string;
  title: string;
}

export const contentSecurityPolicy = (nonce: string, cspSource: string): string =>
  [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource} 'nonce-${nonce}'`,
    `font-src ${cspSource}`,
    `img-src ${cspSource}`,
  ].join('; ');

/**
 * The page never changes: what it shows comes by message, so that log text never becomes HTML. Script and style stand in
 * it, as VS Code takes long to fetch a file for a page.
 */
export function webviewHtml({ nonce, cspSource, script, style, language, title }: WebviewPageParts): string {
  // The compiler writes neither into strings.
  if (/<\/script|<!--/i.test(script) || /<\/style/i.test(style)) throw new Error('This would end its element.');
  return `<!DOCTYPE html>
<html lang="${attribute(language)}">
<head>
  <meta charset="utf-8">
  <meta http-equiv="Content-Security-Policy" content="${attribute(contentSecurityPolicy(nonce, cspSource))}">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${attribute(title)}</title>
  <style nonce="${attribute(nonce)}">${style}</style>
</head>
<body>
  <main id="page"></main>
  <script nonce="${attribute(nonce)}">${script}</script>
</body>
</html>
`;
}

/** For values of our own: quotes of the policy stay as they are, they end nothing inside double quotes. */
const attribute = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
