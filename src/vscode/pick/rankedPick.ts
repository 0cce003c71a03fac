import { type Disposable, type QuickPick, window } from 'vscode';
import { type RankedItem, rank } from './ranking';

export interface RankedPickOptions {
  title: string;
  placeholder: string;
  items: RankedItem[];
  value?: string;
  /** An item for what is typed, where any text will do. */
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
  /** Whether VS Code shows the items that belong to what is typed; who pastes and presses Enter is faster. */
  private settled = false;

  constructor({ title, placeholder, items, value, typed }: RankedPickOptions) {
    this.input.title = title;
    this.input.placeholder = placeholder;
    this.input.value = value ?? '';
    this.items = items;
    this.typed = typed;
    this.input.onDidChangeValue(() => this.update());
    this.input.onDidChangeActive(() => {
      this.settled = true;
    });
    this.update();
  }

  /** Adds what was found late, also to items that are there, without moving what is chosen. */
  add(more: RankedItem[]): void {
    const found = new Map(more.map(item => [item.id, item]));
    const known = this.items.map(item => ({ ...item, ...factsOf(found.get(item.id)) }));
    const ids = new Set(known.map(({ id }) => id));
    const [active] = this.input.activeItems;
    const moved = active !== undefined && active !== this.input.items[0];
    this.items = [...known, ...more.filter(({ id }) => !ids.has(id))];
    this.update();
    // Who did not move has chosen nothing: the best item may be one of the new ones.
    const same = moved && this.input.items.find(item => item.id === active.id && item.label === active.label);
    if (same) this.input.activeItems = [same];
  }

  private ranked(): RankedItem[] {
    return rank(this.items, this.input.value, this.typed);
  }

  private update(): void {
    this.settled = false;
    this.input.keepScrollPosition = true;
    this.input.items = this.ranked();
  }

  /** The item that the user accepts; `null` where they turn away. */
  choose(): Promise<RankedItem | null> {
    return new Promise(resolve => {
      this.input.onDidAccept(() => {
        const [item] = this.settled ? this.input.selectedItems : this.ranked();
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

const factsOf = (item: RankedItem | undefined): Pick<RankedItem, 'description' | 'detail'> =>
  item ? { description: item.description ?? '', detail: item.detail ?? '' } : {};
