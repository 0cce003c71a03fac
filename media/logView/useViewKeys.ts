import { usePageKeys } from '../page/usePageKeys';

interface ViewKeys {
  find: () => void;
  next: (backwards: boolean) => void;
  goToLine: () => void;
  /** @returns whether there was something to close */
  close: () => boolean;
}

/** The keys that work wherever the focus is: those of VS Code's own editors. */
export function useViewKeys(keys: ViewKeys): void {
  usePageKeys(event => handle(event, keys));
}

function handle(event: KeyboardEvent, { find, next, goToLine, close }: ViewKeys): boolean {
  const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
  if (altKey) return false;
  if (key === 'F3') next(shiftKey);
  else if (key === 'Escape') return close();
  else if (shiftKey || !(ctrlKey || metaKey)) return false;
  else if (key.toLowerCase() === 'f') find();
  else if (key.toLowerCase() === 'g') goToLine();
  else return false;
  return true;
}
