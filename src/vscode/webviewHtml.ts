/** No `vscode` here: `test/unit/manifest.test.ts` reads the page in plain Node (SEC-01). */
export interface WebviewPageParts {
  /** From `crypto`, new for every page. */
  nonce: string;
  cspSource: string;
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
    `style-src ${cspSource}`,
    `font-src ${cspSource}`,
    `img-src ${cspSource}`,
  ].join('; ');

/** The page never changes: what it shows comes by message, so that log text never becomes HTML. */
export function webviewHtml({ nonce, cspSource, script, style, language, title }: WebviewPageParts): string {
  return `<!DOCTYPE html>
<html lang="${attribute(language)}">
<head>
  <meta charset="utf-8">
  <meta http-equiv="Content-Security-Policy" content="${attribute(contentSecurityPolicy(nonce, cspSource))}">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${attribute(title)}</title>
  <link rel="stylesheet" href="${attribute(style)}">
</head>
<body>
  <main id="page"></main>
  <script nonce="${attribute(nonce)}" src="${attribute(script)}"></script>
</body>
</html>
`;
}

/** For values of our own: quotes of the policy stay as they are, they end nothing inside double quotes. */
const attribute = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
