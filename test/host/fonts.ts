import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cached } from './cache';
import { npmInstall } from './process';

const version = '2.37.3';

/**
 * A bare Debian has no font at all, and a browser without fonts draws no text. These come from npm, with a fixed-width
 * one for the editor; fonts of the system, where there are any, keep their rank. Returns what FONTCONFIG_FILE wants.
 */
export async function ensureFonts(): Promise<string> {
  const dir = await cached(`fonts-${version}`, `DejaVu fonts ${version}`, async dir => {
    writeFileSync(join(dir, 'package.json'), '{ "private": true }\n');
    await npmInstall(dir, '--save-exact', `dejavu-fonts-ttf@${version}`);
    mkdirSync(join(dir, 'cache'));
    writeFileSync(join(dir, 'fonts.conf'), fontsConf(dir));
  });
  return join(dir, 'fonts.conf');
}

function fontsConf(dir: string): string {
  const alias = (generic: string, family: string) =>
    `  <alias><family>${generic}</family><default><family>${family}</family></default></alias>`;
  return [
    '<?xml version="1.0"?>',
    '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
    '<fontconfig>',
    '  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>',
    `  <dir>${join(dir, 'node_modules', 'dejavu-fonts-ttf', 'ttf')}</dir>`,
    `  <cachedir>${join(dir, 'cache')}</cachedir>`,
    alias('monospace', 'DejaVu Sans Mono'),
    alias('serif', 'DejaVu Serif'),
    // For all else, also where the browser asks for no family at all.
    '  <match><edit name="family" mode="append_last"><string>DejaVu Sans</string></edit></match>',
    '</fontconfig>',
    '',
  ].join('\n');
}
