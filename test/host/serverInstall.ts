import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cached } from './cache';
import { removeDir } from './paths';
import { npmInstall } from './process';

const serverVersion = '4.139.1';
/** The server needs Node 24. This package is the bare binary; `node@24` would need an install script. */
const nodeVersion = '24.21.0';

export interface ServerBuild {
  node: string;
  /** VS Code's own server; code-server's wrapper around it is not needed. */
  main: string;
}

/** The server build exists for Linux only; elsewhere desktop VS Code is downloaded. */
export function serverCanRun(platform: string = process.platform, arch: string = process.arch): boolean {
  return platform === 'linux' && (arch === 'x64' || arch === 'arm64');
}

/** A real VS Code from the npm registry alone; nothing is compiled. */
export async function ensureServer(): Promise<ServerBuild> {
  if (!serverCanRun()) {
    throw new Error(
      `VS Code's server build runs on Linux (x64, arm64) only, not on ${process.platform} ${process.arch}. ` +
        'Use desktop VS Code: npm run test:desktop.',
    );
  }
  const nodePackage = `node-linux-${process.arch}`;
  const dir = await cached(`server-${serverVersion}`, `VS Code server ${serverVersion}`, async dir => {
    writeFileSync(join(dir, 'package.json'), '{ "private": true }\n');
    await npmInstall(dir, '--save-exact', `code-server@${serverVersion}`, `${nodePackage}@${nodeVersion}`);
    // Not `npm ci`: one package is missing from the lock file that code-server ships.
    await npmInstall(vscodeDir(dir), '--omit=dev');
    removeUnneeded(dir, nodePackage);
  });
  const build = {
    node: join(dir, 'node_modules', nodePackage, 'bin', 'node'),
    main: join(vscodeDir(dir), 'out', 'server-main.js'),
  };
  for (const file of Object.values(build)) {
    if (!existsSync(file)) throw new Error(`${file} is missing. Remove ${dir} and run again.`);
  }
  return build;
}

const vscodeDir = (dir: string) => join(dir, 'node_modules', 'code-server', 'lib', 'vscode');

/** Halves the disk space: assistants we do not test, binaries of other platforms, Node's headers and npm. */
function removeUnneeded(dir: string, nodePackage: string): void {
  const vscode = vscodeDir(dir);
  const node = join(dir, 'node_modules', nodePackage);
  const platform = `linux-${process.arch}`;
  const foreign = (folder: string) =>
    readdirSync(folder)
      .filter(name => name !== platform)
      .map(name => join(folder, name));
  const unneeded = [
    ...['@github', '@microsoft/mxc-sdk', '@devcontainers', '@vscode/windows-process-tree'].map(name =>
      join(vscode, 'node_modules', name),
    ),
    ...['copilot', 'mermaid-markdown-features'].map(name => join(vscode, 'extensions', name)),
    ...foreign(join(vscode, 'node_modules', '@vscode', 'ripgrep-universal', 'bin')),
    ...foreign(join(vscode, 'node_modules', 'node-pty', 'prebuilds')),
    ...['include', 'share', 'lib'].map(name => join(node, name)),
  ];
  for (const path of unneeded) removeDir(path);
}
