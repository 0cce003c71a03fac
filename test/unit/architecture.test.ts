import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { globSync } from 'tinyglobby';

/**
 * The arrows of the house. The type checker's project references catch type imports and globals, this test the
 * run-time imports (bundling each file alone) that references let through; together they leave no hole.
 */
const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

interface Layer {
  /** Folder or file, by its path from the root. */
  at: string;
  mayImport: string[];
  packages: string[];
  node?: true;
}

/** The same rows as in the README's architecture. The first row whose `at` fits a file is its layer. */
const layers: Layer[] = [
  {
    at: 'src/extension.ts',
    mayImport: ['src/vscode', 'src/node', 'src/common'],
    packages: ['vscode', 'valibot', 'fuse.js'],
    node: true,
  },
  {
    at: 'src/vscode',
    mayImport: ['src/node', 'src/common'],
    packages: ['vscode', 'valibot', 'fuse.js'],
    node: true,
  },
  { at: 'src/cli', mayImport: ['src/node', 'src/common'], packages: ['jsonc-parser'], node: true },
  {
    at: 'src/node/remote',
    mayImport: ['src/node', 'src/common'],
    packages: ['tinyglobby', 'valibot', 'ssh2', 'ssh-config'],
    node: true,
  },
  {
    at: 'src/node',
    mayImport: ['src/node/remote', 'src/common'],
    packages: ['tinyglobby', 'valibot', 'fzstd', 'xz-decompress', 'yauzl', 'tar'],
    node: true,
  },
  { at: 'src/kernel', mayImport: [], packages: [] },
  { at: 'src/common', mayImport: [], packages: ['valibot', 're2js', 'fuse.js'] },
  { at: 'media', mayImport: ['src/common'], packages: ['preact', 'valibot', 'fuse.js'] },
];

const layerOf = (path: string): Layer | undefined => layers.find(({ at }) => path === at || path.startsWith(`${at}/`));

const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

describe('the house', () => {
  it('has only arrows that the design names', async () => {
    const files = globSync(['src/**/*.{ts,tsx}', 'media/**/*.{ts,tsx}'], { cwd: root }).filter(
      path => !path.endsWith('.d.ts'),
    );
    assert.ok(files.length > 50, 'the test looks at the sources');
    const faults: string[] = [];
    const result = await build({
      absWorkingDir: root,
      entryPoints: files,
      bundle: true,
      write: false,
      metafile: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
      outdir: 'unused',
      loader: { '.css': 'empty', '.svg': 'empty', '.ttf': 'empty' },
      logLevel: 'silent',
      jsx: 'automatic',
      jsxImportSource: 'preact',
    });
    for (const [path, { imports }] of Object.entries(result.metafile.inputs)) {
      const layer = layerOf(path);
      if (!layer) {
        faults.push(`${path} stands in no layer`);
        continue;
      }
      for (const { path: target, external } of imports) {
        if (!external) {
          const other = layerOf(target);
          const allowed = other === layer || (other && layer.mayImport.includes(other.at));
          if (!allowed) faults.push(`${path} imports ${target}`);
        } else if (target.startsWith('node:') || builtinModules.includes(target)) {
          if (!layer.node) faults.push(`${path} imports ${target}`);
        } else if (!layer.packages.includes(packageOf(target))) {
          faults.push(`${path} imports the package ${target}`);
        }
      }
    }
    assert.deepEqual(faults, []);
  });

  it('lets only src/vscode and the composition root see the VS Code API, types included', () => {
    const faults = globSync(['src/**/*.ts', 'media/**/*.{ts,tsx}'], { cwd: root }).filter(
      path =>
        /from 'vscode'|import\('vscode'\)/.test(readFileSync(resolve(root, path), 'utf8')) &&
        !path.startsWith('src/vscode/') &&
        path !== 'src/extension.ts',
    );
    assert.deepEqual(faults, []);
  });

  it('has no file over 500 lines and a small entry file', () => {
    const linesOf = (path: string) => readFileSync(resolve(root, path), 'utf8').split('\n').length;
    const files = globSync(['src/**/*.ts', 'media/**/*.{ts,tsx}', 'test/**/*.ts'], { cwd: root });
    assert.deepEqual(
      files.filter(path => linesOf(path) > 500).map(path => relative(root, resolve(root, path))),
      [],
    );
    assert.ok(linesOf('src/extension.ts') <= 150);
  });

  it('never lets text of a log become markup in the page', () => {
    const forbidden =
      /innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML|document\.write|eval\(|new Function/;
    const faults = globSync(['media/**/*.{ts,tsx}', 'src/vscode/**/*.ts'], { cwd: root }).filter(path =>
      forbidden.test(readFileSync(resolve(root, path), 'utf8')),
    );
    assert.deepEqual(faults, []);
  });
});
