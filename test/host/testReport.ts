import { closeSync, openSync, readSync, writeFileSync } from 'node:fs';

export interface ReportFollower {
  file: string;
  hasText(): boolean;
  stop(): void;
}

/** Prints a file while it grows. The suite writes Mocha's report to one, apart from all that VS Code says by itself. */
export function followReport(file: string): ReportFollower {
  writeFileSync(file, '');
  const descriptor = openSync(file, 'r');
  const buffer = Buffer.alloc(64 * 1024);
  let position = 0;
  const printNew = () => {
    for (;;) {
      const length = readSync(descriptor, buffer, 0, buffer.length, position);
      if (length === 0) return;
      position += length;
      process.stdout.write(buffer.subarray(0, length));
    }
  };
  const timer = setInterval(printNew, 100);
  return {
    file,
    hasText: () => {
      printNew();
      return position > 0;
    },
    stop: () => {
      clearInterval(timer);
      printNew();
      closeSync(descriptor);
    },
  };
}
