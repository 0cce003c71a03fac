import type { FoldCommands } from './foldActions';
import { useLetterKeys } from './letterKeys';

/** Letters that fold, wherever the focus is. `null`: nothing can be folded now. */
export function useFoldKeys(commands: FoldCommands | null): void {
  useLetterKeys(event => {
    const run = commands && commandOf(event, commands);
    run?.();
    return Boolean(run);
  });
}

function commandOf({ key, shiftKey }: KeyboardEvent, { lens, toggleLens, levels }: FoldCommands): (() => void) | null {
  switch (key.toLowerCase()) {
    case 'l':
      return lens === null ? null : toggleLens;
    case 'c':
      return levels && (shiftKey ? levels.collapseAll : levels.collapse);
    case 'x':
      return levels && (shiftKey ? levels.expandAll : levels.expand);
    default:
      return null;
  }
}
