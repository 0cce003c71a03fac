/**
 * Stands in for the desktop VS Code's executable: takes the same arguments, runs the tests in the server build with a
 * headless browser, and ends with the same exit code. @vscode/test-electron starts it through `writeShim()`'s script.
 */
import { appendFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { Browser } from 'playwright-core';
import { launchBrowser } from './browser';
import { startServer, type VscodeServer } from './vscodeServer';

/** Of a desktop VS Code's arguments those that matter here; the others are taken and ignored. */
export function parseCodeArguments(argv: readonly string[]) {
  const text = { type: 'string' } as const;
  const options = {
    extensionDevelopmentPath: text,
    extensionTestsPath: text,
    'extensions-dir': text,
    'user-data-dir': text,
  };
  const { values, positionals } = parseArgs({ args: [...argv], options, allowPositionals: true, strict: false });
  const value = (name: keyof typeof options) => {
    const given = values[name];
    if (typeof given === 'string') return given;
    throw new Error(`The test host needs --${name}=…, as @vscode/test-electron passes it.`);
  };
  return {
    extension: value('extensionDevelopmentPath'),
    tests: value('extensionTestsPath'),
    extensionsDir: value('extensions-dir'),
    userDataDir: value('user-data-dir'),
    folder: positionals[0],
  };
}

async function runTestsInServer(argv: readonly string[]): Promise<number> {
  const { extension, tests, extensionsDir, userDataDir, folder } = parseCodeArguments(argv);
  const server = await startServer({ extensionsDir, userDataDir, smokeTestDriver: true });
  const remote = (path: string) => `vscode-remote://${server.authority}${pathToFileURL(path).pathname}`;
  const payload = JSON.stringify([
    ['extensionDevelopmentPath', remote(extension)],
    ['extensionTestsPath', remote(tests)],
  ]);
  let browser: Browser | undefined;
  try {
    browser = await launchBrowser();
    return await exitCode(browser, server, server.page({ payload, ...(folder === undefined ? {} : { folder }) }));
  } finally {
    await browser?.close();
    await server.stop();
  }
}

/** Opens the workbench and waits for the extension host to tell how the tests ended. */
async function exitCode(browser: Browser, server: VscodeServer, url: string): Promise<number> {
  const page = await browser.newPage();
  return new Promise((resolve, reject) => {
    server.onExit(() => reject(new Error(`VS Code's server ended during the tests.\n${server.output()}`)));
    page.on('crash', () => reject(new Error('The page with the workbench crashed.')));
    const open = async () => {
      await page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) => log(type, args));
      await page.exposeFunction('codeAutomationExit', (code: number) => resolve(code));
      await page.goto(url);
    };
    open().catch(reject);
  });
}

/** The workbench's own lines are many and no news; they go into a file for the day something does not start. */
function log(type: string, args: unknown[]): void {
  const file = process.env.THROUGHLINE_HOST_LOG;
  if (file) appendFileSync(file, `${type} ${args.map(String).join(' ')}\n`);
}

if (process.argv[1] === import.meta.filename) {
  // The starter may die without a word; its end of the pipe closes then.
  process.stdin.on('end', () => process.exit(1)).resume();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));
  runTestsInServer(process.argv.slice(2)).then(
    code => process.exit(code),
    error => {
      console.error(error);
      process.exit(1);
    },
  );
}
