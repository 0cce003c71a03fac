import { copyFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { repoRoot, tempDir } from '../host/paths';

let folder: string | undefined;
const built = new Map<string, Promise<string>>();

/** A script of this folder as one file that Node runs by itself: without a compiler in its memory and its times. */
export function childScript(source: string): Promise<string> {
  const script = built.get(source) ?? bundle(source);
  built.set(source, script);
  return script;
}

async function bundle(source: string): Promise<string> {
  folder ??= benchFolder();
  const outfile = path.join(folder, `${path.basename(source, '.ts')}.mjs`);
  await build({
    entryPoints: [path.join(import.meta.dirname, source)],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    // As in package.json.
    alias: {
      tinyglobby: path.join(repoRoot, 'node_modules/tinyglobby/dist/index.cjs'),
      'jsonc-parser': path.join(repoRoot, 'node_modules/jsonc-parser/lib/esm/main.js'),
    },
    banner: {
      js: [
        `import { createRequire as requireOf } from 'node:module';`,
        `const require = requireOf(import.meta.url), __dirname = import.meta.dirname;`,
      ].join(' '),
    },
  });
  return outfile;
}

/** With the kernel beside the scripts, as in the product. */
function benchFolder(): string {
  const made = tempDir('bench');
  copyFileSync(path.join(repoRoot, 'dist/kernel.wasm'), path.join(made, 'kernel.wasm'));
  return made;
}
