import { setTimeout as delay } from 'node:timers/promises';

/** Waits for something to come true. @throws Error when it does not in time */
export async function until(isTrue: () => boolean | Promise<boolean>, seconds = 20): Promise<void> {
  const end = performance.now() + seconds * 1000;
  while (!(await isTrue())) {
    if (performance.now() > end) throw new Error(`Not so within ${seconds} s: ${isTrue}`);
    await delay(20);
  }
}
