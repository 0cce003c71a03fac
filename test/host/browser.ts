import { createReadStream, createWriteStream, existsSync, realpathSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { type Browser, chromium } from 'playwright-core';
import { cached } from './cache';
import { ensureFonts } from './fonts';
import { run } from './process';

export interface BrowserBuild {
  executablePath: string;
  env: NodeJS.ProcessEnv;
}

/** A browser of the system, or else the one that comes with npm. THROUGHLINE_BROWSER names another. */
export async function ensureBrowser(): Promise<BrowserBuild> {
  const env = process.platform === 'linux' ? { FONTCONFIG_FILE: await ensureFonts() } : {};
  const executablePath = process.env.THROUGHLINE_BROWSER || systemBrowser();
  if (executablePath) return { executablePath, env };
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('No browser was found. Install Chrome or Chromium, or set THROUGHLINE_BROWSER to its executable.');
  }
  const dir = await unpackedBrowser();
  // Its own libraries (NSS, expat) come first: a bare Debian has none, and they belong together.
  const libraries = [join(dir, 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  return { executablePath: join(dir, 'chromium'), env: { ...env, LD_LIBRARY_PATH: libraries } };
}

function systemBrowser(): string | undefined {
  const candidates: Partial<Record<NodeJS.Platform, string[]>> = {
    linux: ['google-chrome-stable', 'google-chrome', 'chromium'].map(name => `/usr/bin/${name}`),
    darwin: ['Google Chrome', 'Chromium'].map(name => `/Applications/${name}.app/Contents/MacOS/${name}`),
    win32: [process.env.ProgramFiles, process.env['ProgramFiles(x86)'], process.env.LOCALAPPDATA].map(
      folder => `${folder}\\Google\\Chrome\\Application\\chrome.exe`,
    ),
  };
  // A snap is left out: it sees neither our fonts nor the temporary folder.
  return candidates[process.platform]?.find(file => existsSync(file) && !realpathSync(file).includes('snap'));
}

/** Not by the package's own `executablePath()`: it unpacks to the system's temporary folder, and without libraries. */
async function unpackedBrowser(): Promise<string> {
  const main = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  const packageDir = join(main, '..', '..', '..');
  const { version } = createRequire(import.meta.url)(join(packageDir, 'package.json')) as { version: string };
  return cached(`browser-${version}`, `Chromium ${version}`, async dir => {
    const packed = (name: string) => createReadStream(join(packageDir, 'bin', name));
    const executable = createWriteStream(join(dir, 'chromium'), { mode: 0o755 });
    await pipeline(packed('chromium.br'), createBrotliDecompress(), executable);
    const libraries = join(dir, 'libraries.tar');
    await pipeline(packed('al2023.tar.br'), createBrotliDecompress(), createWriteStream(libraries));
    await run('tar', ['-x', '-f', libraries, '-C', dir]);
    rmSync(libraries);
  });
}

export async function launchBrowser(): Promise<Browser> {
  const { executablePath, env } = await ensureBrowser();
  return chromium.launch({
    executablePath,
    env: { ...process.env, ...env },
    args: [
      // As root in a container there is no sandbox; the only page it opens is our own.
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
