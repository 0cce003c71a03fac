import { useEffect, useState } from 'preact/hooks';

const patience = 400;

/** Whether something has lasted long enough to be worth a word. */
export function useSlow(isRunning: boolean): boolean {
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    setSlow(false);
    if (!isRunning) return;
    const timer = setTimeout(() => setSlow(true), patience);
    return () => clearTimeout(timer);
  }, [isRunning]);
  return isSlow;
}
