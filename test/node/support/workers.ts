import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildSync } from 'esbuild';

const root = path.resolve(import.meta.dirname, '../../..');
const folder = mkdtempSync(path.join(tmpdir(), 'throughline-workers-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

// Workers and the command line are bundles in the product, so they do here: built anew, so that a test never runs old code.
buildSync({
  entryPoints: {
    scanWorker: path.join(root, 'src/node/engine/scan/scanWorker.ts'),
    engineWorker: path.join(root, 'src/node/engine/engineWorker.ts'),
    remoteWorker: path.join(root, 'src/node/remote/remoteWorker.ts'),
    throughline: path.join(root, 'src/cli/main.ts'),
  },
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  external: ['cpu-features', '*.node'],
  // As in package.json. The ES module of the one asks for `import.meta.url`, which a CommonJS bundle does not have; what
  // the other has for CommonJS loads its parts in a way that no bundler sees.
  alias: {
    tinyglobby: path.join(root, 'node_modules/tinyglobby/dist/index.cjs'),
    'jsonc-parser': path.join(root, 'node_modules/jsonc-parser/lib/esm/main.js'),
  },
  outdir: folder,
  outExtension: { '.js': '.cjs' },
});

/** Bundles of what is in `src` now. */
export const scanWorker = { path: path.join(folder, 'scanWorker.cjs') };
export const engineWorker = { path: path.join(folder, 'engineWorker.cjs') };
export const remoteWorker = { path: path.join(folder, 'remoteWorker.cjs') };
export const throughline = { path: path.join(folder, 'throughline.cjs') };
