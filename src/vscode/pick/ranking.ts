import Fuse from 'fuse.js';
import type { QuickPickItem } from 'vscode';

export interface RankedItem extends QuickPickItem {
  /** The ID that choosing this item traces. */
  id: string;
}

/** A longer text is pasted, not typed: nobody wants something similar to it. */
const longestFuzzy = 64;

/**
 * Items that hold the value literally, then the value itself, then what is similar to it. VS Code puts labels that hold
 * the value first, whatever the order; this is the order that it leaves alone.
 */
export function rank(items: readonly RankedItem[], value: string, typed?: (value: string) => RankedItem): RankedItem[] {
  const wanted = value.trim();
  if (wanted === '') return items.map(always);
  const found = search(items, wanted);
  const holds = ({ label }: RankedItem) => label.toLowerCase().includes(wanted.toLowerCase());
  const asTyped = typed && !found.some(({ id }) => id === wanted) ? [typed(wanted)] : [];
  return [...found.filter(holds), ...asTyped, ...found.filter(item => !holds(item))].map(always);
}

function search(items: readonly RankedItem[], wanted: string): RankedItem[] {
  if (wanted.length > longestFuzzy) return items.filter(({ id }) => id === wanted);
  const keys = [{ name: 'id', weight: 3 }, 'description', 'detail'];
  const fuse = new Fuse(items, { keys, ignoreLocation: true, threshold: 0.3 });
  return fuse.search(wanted).map(({ item }) => item);
}

/** VS Code's own filter knows neither typing errors nor relevance: it is told to show everything. */
const always = (item: RankedItem): RankedItem => ({ ...item, alwaysShow: true });
