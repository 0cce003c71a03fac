/** Where a key leads from a line: by so many lines, or to an end of the log; `null` where it leads nowhere. */
export type Move = { by: number } | 'start' | 'end';

/** @param page lines of a page */
export function moveOf({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent, page: number): Move | null {
  if (altKey || shiftKey) return null;
  if (key === 'Home') return 'start';
  if (key === 'End') return 'end';
  if (ctrlKey || metaKey) return null;
  if (key === 'ArrowDown') return { by: 1 };
  if (key === 'ArrowUp') return { by: -1 };
  if (key === 'PageDown') return { by: page };
  return key === 'PageUp' ? { by: -page } : null;
}
