import { useEffect, useMemo, useReducer } from 'preact/hooks';
import type { HostConnection } from './hostConnection';
import { LogWindow } from './logWindow';

/** The lines around what is in view; the page is drawn anew whenever they change, or the view moves. */
export function useLogWindow(host: HostConnection, failed: (error: unknown) => void): LogWindow {
  const [, draw] = useReducer((count: number, _: undefined) => count + 1, 0);
  const log = useMemo(
    () =>
      new LogWindow({ load: (request, signal) => host.lines(request, signal), changed: () => draw(undefined), failed }),
    [host],
  );
  useEffect(() => () => log.cancel(), [log]);
  return log;
}
