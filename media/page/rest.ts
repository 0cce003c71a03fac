import { useEffect, useState } from 'preact/hooks';

/** Whether a value has stayed as it is for so long, or from the beginning. */
export function useRest(value: unknown, ms: number): boolean {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    if (rested === value) return;
    const timer = setTimeout(() => setRested(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return rested === value;
}
