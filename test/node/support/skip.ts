import type { Context } from 'mocha';

/** Skips a test and says why. */
export function skip(test: Context, reason: string): void {
  console.log(`      skipped: ${reason}`);
  test.skip();
}
