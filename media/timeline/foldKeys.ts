import { useEffect, useRef } from 'preact/hooks';
import type { FoldCommands } from './foldActions';

/** Letters that fold wherever the focus is but where somebody writes. */
export function useFoldKeys(commands: FoldCommands | null): void {
  const latest = useRef(commands);
  latest.current = commands;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const run = latest.current && !event.defaultPrevented && commandOf(event, latest.current);
      if (!run) return;
      event.preventDefault();
      run();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}

function commandOf(event: KeyboardEvent, { lens, toggleLens, levels }: FoldCommands): (() => void) | null {
  const { key, shiftKey, ctrlKey, metaKey, altKey, target } = event;
  if (ctrlKey || metaKey || altKey) return null;
  if (target instanceof Element && target.closest('input, textarea, select, [contenteditable]')) return null;
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
