import Fuse from 'fuse.js';
import { type Disposable, type QuickPick, type QuickPickItem, window } from 'vscode';

export interface RankedItem extends QuickPickItem {
  /** The ID that choosing this item traces. */
  id: string;
}

export interface RankedPickOptions {
  title: string;
  placeholder: string;
  items: RankedItem[];
  value?: string;
  /** An item for what is typed, where any text will do. Stands behind the items that hold it literally. */
  typed?: (value: string) => RankedItem;
}

/**
 * A quick pick whose items fuse.js ranks and filters. VS Code's own filter is bypassed (`alwaysShow`): it knows neither
 * typing errors nor an order of relevance.
 */
export class RankedPick implements Disposable {
  readonly input: QuickPick<RankedItem> = window.createQuickPick<RankedItem>();
  private items: RankedItem[];
  private readonly typed: RankedPickOptions['typed'];

  constructor({ title, placeholder, items, value, typed }: RankedPickOptions) {
    this.input.title = title;
    this.input.placeholder = placeholder;
    this.input.value = value ?? '';
    this.items = items;
    this.typed = typed;
    this.input.onDidChangeValue(() => this.update());
    this.update();
  }

  /** Adds items that were found late, without doubles and without moving what is chosen. */
  add(more: RankedItem[]): void {
    const known = new Set(this.items.map(({ id }) => id));
    this.items = [...this.items, ...more.filter(({ id }) => !known.has(id))];
    this.update();
  }

  setValue(value: string): void {
    this.input.value = value;
    this.update();
  }

  private update(): void {
    const [active] = this.input.activeItems;
    const shown = rank(this.items, this.input.value, this.typed);
    this.input.keepScrollPosition = true;
    this.input.items = shown;
    const same = shown.find(item => item.id === active?.id && item.label === active.label);
    if (same && this.input.value === '') this.input.activeItems = [same];
  }

  /** The item that the user accepts; `null` where they turn away. */
  choose(): Promise<RankedItem | null> {
    return new Promise(resolve => {
      this.input.onDidAccept(() => {
        const [item] = this.input.selectedItems;
        if (!item) return;
        resolve(item);
        this.input.hide();
      });
      this.input.onDidHide(() => {
        resolve(null);
        this.dispose();
      });
      this.input.show();
    });
  }

  dispose(): void {
    this.input.dispose();
  }
}

/** Items that hold the value literally, then the value itself, then what is similar to it. */
export function rank(items: readonly RankedItem[], value: string, typed?: (value: string) => RankedItem): RankedItem[] {
  const wanted = value.trim();
  if (wanted === '') return items.map(always);
  const fuse = new Fuse(items, {
    keys: [{ name: 'id', weight: 3 }, 'description', 'detail'],
    ignoreLocation: true,
    threshold: 0.3,
  });
  const found = fuse.search(wanted).map(({ item }) => item);
  const literally = (item: RankedItem) => item.label.toLowerCase().includes(wanted.toLowerCase());
  const exact = found.some(({ id }) => id === wanted);
  const asTyped = typed && !exact ? [typed(wanted)] : [];
  return [...found.filter(literally), ...asTyped, ...found.filter(item => !literally(item))].map(always);
}

const always = (item: RankedItem): RankedItem => ({ ...item, alwaysShow: true });
