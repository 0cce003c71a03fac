/** `npm start`: what ships, tried on the sample logs, in the terminal and in a real VS Code. Ctrl-C ends it all. */
import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { startDesktop } from './desktop';
import { installExtensions } from './installExtension';
import { openInBrowser } from './openInBrowser';
import { repoRoot, tempDir, vsixPath } from './paths';
import { run } from './process';
import { ensureServer, serverCanRun } from './serverInstall';
import { startServer } from './vscodeServer';

const sampleId = '7c2d9f7b-18e7-4c7a-bf8c-4d83d13d9c01';
const sampleLogs = join(repoRoot, 'media', 'sample-logs');
const opener = join(import.meta.dirname, 'opener');
const env = { THROUGHLINE_SAMPLE_ID: sampleId };

let stop: () => Promise<void> = async () => {};
let isEnding = false;

// At any time, the installation too; what was started is on a leash and ends with this process.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (isEnding) return;
    isEnding = true;
    stop().finally(() => process.exit(0));
  });
}

main().catch(error => {
  if (isEnding) return;
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});

async function main(): Promise<void> {
  console.log('Packaging throughline.vsix …');
  await run('npm', ['run', 'package'], { cwd: repoRoot });
  if (!existsSync(vsixPath)) throw new Error(`"npm run package" did not write ${vsixPath}.`);
  console.log(`\nthroughline trace ${sampleId} media/sample-logs\n`);
  const cli = join('dist', 'throughline.cjs');
  await run(process.execPath, [cli, 'trace', sampleId, 'media/sample-logs'], { cwd: repoRoot, show: true });
  console.log('');

  const work = tempDir('start');
  const workspace = join(work, 'sample-logs');
  cpSync(sampleLogs, workspace, { recursive: true });
  if (serverCanRun()) await startInBrowser(work, workspace);
  else await startOnDesktop(work, workspace);
}

async function startInBrowser(work: string, workspace: string): Promise<void> {
  await ensureServer();
  console.log('Installing throughline.vsix into VS Code …');
  const openerVsix = join(work, 'opener.vsix');
  const vsce = join(repoRoot, 'node_modules', '@vscode', 'vsce', 'vsce');
  const packaging = ['package', '--no-dependencies', '--allow-missing-repository', '--skip-license', '-o', openerVsix];
  await run(process.execPath, [vsce, ...packaging], { cwd: opener });
  const extensionsDir = join(work, 'extensions');
  await installExtensions([vsixPath, openerVsix], extensionsDir);
  const userDataDir = join(work, 'vscode');
  const server = await startServer({ extensionsDir, userDataDir, env, connectionToken: true });
  stop = server.stop;
  server.onExit(() => {
    if (isEnding) return;
    console.error(`VS Code's server ended by itself.\n${server.output()}`);
    process.exit(1);
  });
  const url = server.page({ folder: workspace });
  console.log(`Ready: ${url}\nCtrl-C ends it.`);
  openInBrowser(url);
}

async function startOnDesktop(work: string, workspace: string): Promise<void> {
  const [userDataDir, extensionsDir] = [join(work, 'user'), join(work, 'extensions')];
  const vscode = await startDesktop({ vsix: vsixPath, opener, workspace, userDataDir, extensionsDir }, env);
  stop = vscode.stop;
  console.log('Ready: VS Code is open. Ctrl-C, or closing its window, ends it.');
  await vscode.ended;
  if (!isEnding) process.exit(0);
}
