import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../../..');
const folder = mkdtempSync(path.join(tmpdir(), 'throughline-kernel-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

/** The kernel, compiled as `npm run build:kernel` does, but anew, so that a test never runs old code. */
export const kernelFile = path.join(folder, 'kernel.wasm');

const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
  scripts: { 'build:kernel': string };
};
const [, ...options] = scripts['build:kernel'].replace('dist/kernel.wasm', kernelFile).split(' ');
const compiler = path.join(root, 'node_modules/assemblyscript/bin/asc.js');
execFileSync(process.execPath, [compiler, ...options], { cwd: root });
