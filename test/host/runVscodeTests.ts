/** Runs the Mocha suite inside a real VS Code: the server build, or desktop VS Code with --desktop. */
import { cpSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runTests } from '@vscode/test-electron';
import { ensureBrowser } from './browser';
import { cacheDir, repoRoot, resultsDir, tempDir } from './paths';
import { ensureServer, serverCanRun } from './serverInstall';
import { followReport } from './testReport';

const { values } = parseArgs({
  options: {
    desktop: { type: 'boolean', default: !serverCanRun() },
    extension: { type: 'string', default: repoRoot },
    tests: { type: 'string', default: join(repoRoot, 'dist', 'test', 'vscode', 'index.cjs') },
    grep: { type: 'string', default: '' },
    'limit-seconds': { type: 'string', default: '300' },
  },
});

const work = tempDir('tests');
const workspace = join(work, 'sample-logs');
cpSync(join(repoRoot, 'media', 'sample-logs'), workspace, { recursive: true });
mkdirSync(resultsDir, { recursive: true });
const hostLog = join(resultsDir, 'vscode-host.log');
rmSync(hostLog, { force: true });

process.exitCode = await main();

async function main(): Promise<number> {
  const executable = values.desktop ? undefined : await serverShim();
  const report = followReport(join(work, 'report.txt'));
  const stopLimit = limit(Number(values['limit-seconds']));
  try {
    await runTests({
      ...(executable === undefined ? {} : { vscodeExecutablePath: executable }),
      extensionDevelopmentPath: values.extension,
      extensionTestsPath: values.tests,
      extensionTestsEnv: {
        THROUGHLINE_TEST_REPORT: report.file,
        THROUGHLINE_TEST_GREP: values.grep,
        THROUGHLINE_HOST_LOG: hostLog,
      },
      launchArgs: [workspace, `--user-data-dir=${join(work, 'user')}`, `--extensions-dir=${join(work, 'extensions')}`],
    });
    if (!report.hasText()) throw new Error('VS Code ended without running a test.');
    return 0;
  } catch (error) {
    // A failed test has been reported by Mocha; anything else is said here.
    if (!report.hasText()) console.error(`No test ran. See ${hostLog}.`, error);
    return 1;
  } finally {
    stopLimit();
    report.stop();
  }
}

/** Installs first, so that the progress is seen and the limit counts the tests alone. */
async function serverShim(): Promise<string> {
  await ensureServer();
  await ensureBrowser();
  const file = join(cacheDir, 'code-shim');
  const quoted = [process.execPath, '--import', import.meta.resolve('tsx'), join(import.meta.dirname, 'shim.ts')].map(
    shellQuote,
  );
  // Written here, since an executable bit does not survive every way of copying a repository.
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `#!/bin/sh\nexec ${quoted.join(' ')} "$@"\n`, { mode: 0o755 });
  // In one step: another run may be starting the old one.
  renameSync(draft, file);
  return file;
}

function shellQuote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** Never hang: @vscode/test-electron ends VS Code on a first SIGINT, and kills it on a second. */
function limit(seconds: number): () => void {
  const timers = [0, 5].map(more =>
    setTimeout(
      () => {
        console.error(`The tests in VS Code did not end within ${seconds} s (--limit-seconds).`);
        process.emit('SIGINT');
      },
      (seconds + more) * 1000,
    ),
  );
  return () => timers.forEach(clearTimeout);
}
