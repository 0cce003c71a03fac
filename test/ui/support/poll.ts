/** Asks again until there is an answer. A wait for a fixed time would be too short on a busy machine and too long else. */
export async function until<T>(what: string, ask: () => Promise<T | undefined | false>, seconds = 20): Promise<T> {
  const deadline = performance.now() + seconds * 1000;
  let reason: unknown;
  for (;;) {
    try {
      const answer = await ask();
      if (answer !== undefined && answer !== false) return answer;
      reason = undefined;
    } catch (error) {
      // An element that is being redrawn is gone for a moment.
      reason = error;
    }
    if (performance.now() > deadline) throw new Error(`Waited ${seconds} s in vain: ${what}.`, { cause: reason });
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}
