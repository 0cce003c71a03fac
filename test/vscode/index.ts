import { appendFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';

/** VS Code calls this inside the extension host. It is bundled as CommonJS, next to the test files. */
export async function run(): Promise<void> {
  const files = readdirSync(__dirname).filter(name => name.endsWith('.test.cjs'));
  // Mocha is an ES module: a CommonJS file has to import it late.
  const { default: Mocha } = await import('mocha');
  Mocha.reporters.Base.consoleLog = report;
  // VS Code tells much late, and does things by itself: a test is played once more, which is said.
  const mocha = new Mocha({ ui: 'bdd', color: false, timeout: 20_000, retries: 1 });
  const grep = process.env.THROUGHLINE_TEST_GREP;
  if (grep) mocha.grep(grep);
  for (const file of files.sort()) mocha.addFile(join(__dirname, file));
  const { total, failures } = await new Promise<{ total: number; failures: number }>(resolve => {
    const runner = mocha.run(failures => resolve({ total: runner.stats?.tests ?? 0, failures }));
    runner.on('retry', (test, error) => report(`Once more: ${test.fullTitle()}, since ${error.stack}`));
  });
  if (total === 0) report(`No test ran: ${files.length} test files in ${__dirname}, grep "${grep ?? ''}".`);
  if (failures > 0 || total === 0) throw new Error(`${failures} of ${total} tests failed.`);
}

/** Into a file, apart from VS Code's own lines on the console; test/host/testReport.ts prints it while it grows. */
function report(...args: unknown[]): void {
  const file = process.env.THROUGHLINE_TEST_REPORT;
  if (file) appendFileSync(file, `${format(...args)}\n`);
  else console.log(...args);
}
