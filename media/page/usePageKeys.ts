import { useEffect, useRef } from 'preact/hooks';

/**
 * Keys that work wherever the focus is, unless whatever has it has used them.
 *
 * @param handle says whether the key was one of its own; VS Code gets no such key
 */
export function usePageKeys(handle: (event: KeyboardEvent) => boolean): void {
  const latest = useRef(handle);
  latest.current = handle;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!event.defaultPrevented && latest.current(event)) event.preventDefault();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}
