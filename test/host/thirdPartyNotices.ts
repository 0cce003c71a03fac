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
  const manifest = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')) as PackageManifest;
  const { name, version, license } = manifest;
  const file = readdirSync(path).find(entry => /^licen[cs]e(\.\w+)?$/i.test(entry));
  const text = file ? readFileSync(join(path, file), 'utf8').trim() : licenceNamed(manifest);
  if (!text) throw new Error(`${folder} has no licence file: its notice cannot be written.`);
  return `${name} ${version} (${license})\n\n${text}`;
}

interface PackageManifest {
  name: string;
  version: string;
  license: string;
  author?: string | { name: string };
  contributors?: { name: string }[];
}

/** A package that only names its licence: the text of that licence with the package's own authors. */
function licenceNamed({ license, author, contributors = [] }: PackageManifest): string | null {
  if (license !== 'MIT' || !author) return null;
  const first = typeof author === 'string' ? author.replace(/ *<.*$/, '') : author.name;
  const authors = [...new Set([first, ...contributors.map(({ name }) => name)])];
  return readFileSync(join(repoRoot, 'LICENSE'), 'utf8')
    .trim()
    .replace(/^Copyright .*$/m, `Copyright (c) ${authors.join(', ')}`);
}
