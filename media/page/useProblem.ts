import { useCallback, useEffect, useState } from 'preact/hooks';

const isAbort = (error: unknown): boolean => error instanceof Error && error.name === 'AbortError';

/** Whatever was asked of the extension and went wrong is said, wherever it was asked: the text, and ways to set it. */
export function useProblem() {
  const [problem, setProblem] = useState<string | null>(null);
  const report = useCallback((error: unknown) => {
    if (!isAbort(error)) setProblem(error instanceof Error ? error.message : String(error));
  }, []);
  useEffect(() => {
    const unhandled = (event: PromiseRejectionEvent) => {
      // Nobody waits any more for what was cancelled: no fault.
      if (isAbort(event.reason)) event.preventDefault();
      else report(event.reason);
    };
    window.addEventListener('unhandledrejection', unhandled);
    return () => window.removeEventListener('unhandledrejection', unhandled);
  }, [report]);
  return { problem, report, close: () => setProblem(null) };
}
