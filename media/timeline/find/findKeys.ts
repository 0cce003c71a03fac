import type { Landmark } from '../../../src/common/timeline/nextRow';
import { usePageKeys } from '../../page/usePageKeys';

interface FindKeys {
  open: boolean;
  show: () => void;
  close: () => void;
  next: (backwards: boolean) => void;
  nextLandmark: (landmark: Landmark, backwards: boolean) => void;
}

const landmarks: Record<string, Landmark> = { e: 'error', p: 'path' };

/** The keys that work wherever the focus is: those of VS Code's own find, `/`, and letters where nobody writes. */
export function useFindKeys(keys: FindKeys): void {
  usePageKeys(event => handle(event, keys));
}

/** @returns whether the key was for finding */
function handle(event: KeyboardEvent, { open, show, close, next, nextLandmark }: FindKeys): boolean {
  const { key, ctrlKey, metaKey, altKey, shiftKey, target } = event;
  const control = ctrlKey || metaKey;
  const at = target instanceof Element ? target : null;
  if (altKey || at?.closest('dialog')) return false;
  if (control) {
    if (key.toLowerCase() !== 'f' || shiftKey) return false;
    show();
    focusFind();
    return true;
  }
  if (key === 'F3') {
    if (open) next(shiftKey);
    else show();
    return true;
  }
  if (key === 'Escape') {
    if (!open || !at?.closest('.find, .canvas')) return false;
    close();
    return true;
  }
  if (at?.closest('input, textarea, select, [contenteditable]')) return false;
  const landmark = landmarks[key.toLowerCase()];
  if (landmark) nextLandmark(landmark, shiftKey);
  else if (key === '/') {
    show();
    focusFind();
  } else return false;
  return true;
}

/** A widget that is open already gets the focus, and its text is selected; one that opens sees to it itself. */
function focusFind(): void {
  const input = document.querySelector<HTMLInputElement>('.find input');
  input?.focus();
  input?.select();
}
