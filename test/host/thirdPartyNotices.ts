/**
 * Writes dist/ThirdPartyNotices.txt: the licence of every package of which a bundle holds a part, as esbuild says it, and
 * of the icons. Run by `npm run package`, after the build.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repoRoot } from './paths';

interface Metafile {
  inputs: Record<string, unknown>;
}

const dist = join(repoRoot, 'dist');
/** Its icons are drawn by paths in media/icons/codicons.ts. */
const copied = ['node_modules/@vscode/codicons'];

const inputs = ['host.meta.json', 'webview.meta.json'].flatMap(name =>
  Object.keys((JSON.parse(readFileSync(join(dist, name), 'utf8')) as Metafile).inputs),
);
const packages = new Set(copied);
for (const input of inputs) {
  const folder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
  if (folder) packages.add(folder);
}

const notices = [...packages].map(notice).sort();
writeFileSync(
  join(dist, 'ThirdPartyNotices.txt'),
  ['Throughline contains parts of the following packages, under the licences given here.', ...notices].join(
    `\n\n${'='.repeat(100)}\n\n`,
  ),
);

function notice(folder: string): string {
  const path = join(repoRoot, folder);
  const { name, version, license } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
  const file = readdirSync(path).find(entry => /^licen[cs]e(\.\w+)?$/i.test(entry));
  if (!file) throw new Error(`${folder} has no licence file: its notice cannot be written.`);
  return `${name} ${version} (${license})\n\n${readFileSync(join(path, file), 'utf8').trim()}`;
}
