import { useEffect, useRef } from 'preact/hooks';

/** True where a letter is for the one who writes, or for the control that has the focus. */
const isTaken = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('input, textarea, select, dialog, [contenteditable]') !== null;

/**
 * Single keys that work wherever the focus is, except where somebody writes.
 *
 * @param handle says whether the key was its own
 */
export function useLetterKeys(handle: (event: KeyboardEvent) => boolean): void {
  const newest = useRef(handle);
  newest.current = handle;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || isTaken(event.target)) return;
      if (newest.current(event)) event.preventDefault();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}
