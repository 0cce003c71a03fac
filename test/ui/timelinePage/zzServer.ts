import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { build } from 'esbuild';

const here = import.meta.dirname;
const root = join(here, '..', '..', '..');

export const themes = {
  dark: 'vscode-dark',
  light: 'vscode-light',
  'hc-dark': 'vscode-high-contrast',
  'hc-light': 'vscode-high-contrast-light vscode-high-contrast',
} as const;
export type ThemeName = keyof typeof themes;

/** The page as the extension puts it into a webview, its CSP included, with the stand-in host before it. */
const html = (bodyClass: string) => `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'nonce-test'; style-src 'self'; font-src 'self'; img-src 'self'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Throughline</title>
<link rel="stylesheet" href="/themes.css">
<link rel="stylesheet" href="/main.css">
</head>
<body class="${bodyClass}">
<main id="page"></main>
<script nonce="test" src="/devHost.js"></script>
<script nonce="test" src="/main.js"></script>
</body>
</html>`;

export interface PageServer {
  url(show: string, theme?: ThemeName): string;
  close(): void;
}

/** @param name folder of the page in `media` @param devHostFile what stands in for the extension */
export async function servePage(name = 'timeline', devHostFile = join(here, 'devHost.ts')): Promise<PageServer> {
  const common = { bundle: true, format: 'iife', target: 'chrome128', write: false, logLevel: 'error' } as const;
  const media = join(root, 'media', name);
  const [page, host] = await Promise.all([
    build({
      ...common,
      entryPoints: [join(media, 'main.tsx'), join(media, 'main.css')],
      minify: false,
      outdir: 'out',
    }),
    build({ ...common, entryPoints: { devHost: devHostFile }, outdir: 'out' }),
  ]);
  const files = new Map<string, [type: string, body: string]>([
    ['/themes.css', ['text/css', readFileSync(join(here, '..', 'fixtures', 'themes.css'), 'utf8')]],
  ]);
  for (const { path, text } of [...page.outputFiles, ...host.outputFiles]) {
    files.set(`/${path.split(/[\\/]/).at(-1)}`, [path.endsWith('.css') ? 'text/css' : 'text/javascript', text]);
  }
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const theme = themes[url.searchParams.get('theme') as ThemeName] ?? themes.dark;
    const [type, body] = files.get(url.pathname) ?? ['text/html', html(theme)];
    response.writeHead(200, { 'content-type': `${type}; charset=utf-8` }).end(body);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: (show, theme = 'dark') => `http://127.0.0.1:${port}/?show=${show}&theme=${theme}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

if (process.argv[1] === import.meta.filename) {
  const { url } = await servePage();
  console.log(url('showcase'));
}
