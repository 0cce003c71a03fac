/** About what is in view: to check rows that come takes a frame's time where there are many. */
const windowSize = 40;
/** 4,800 rows: a page never holds the whole of a large trace or list. */
const windowsKept = 120;
/** Rows that come before they are in view are there when they are, and drawn once. */
const ahead = 16;

export interface RowRange {
  from: number;
  to: number;
}

export interface RowLoader<Row> {
  load(request: RowRange & { list: string; revision: number }, signal: AbortSignal): Promise<Row[]>;
  /** Rows have come; what is drawn may change. */
  changed(): void;
  failed(error: unknown): void;
}

interface Window<Row> {
  rows: Row[];
  revision: number;
}

/** The rows of one list, fetched by windows as they come into view. */
export class RowWindows<Row> {
  /** Least recently wanted first. */
  private readonly windows = new Map<number, Window<Row>>();
  private readonly asked = new Map<number, AbortController>();
  /** Not asked for again until something is new. */
  private readonly refused = new Set<number>();
  private list = '';
  private revision = 0;
  private count = 0;
  private readonly loader: RowLoader<Row>;

  constructor(loader: RowLoader<Row>) {
    this.loader = loader;
  }

  at(index: number): Row | undefined {
    return this.windows.get(Math.floor(index / windowSize))?.rows[index % windowSize];
  }

  /** Where the first row is that fits, among those at hand; `null` where none of them does. */
  indexOf(fits: (row: Row) => boolean): number | null {
    for (const [index, { rows, revision }] of this.windows) {
      const place = revision === this.revision ? rows.findIndex(fits) : -1;
      if (place !== -1) return index * windowSize + place;
    }
    return null;
  }

  /**
   * The list has grown, or another one stands for it now: older windows are shown until they have been asked for again,
   * so nothing flickers.
   */
  renew(list: string, revision: number, count: number): void {
    if (this.list === list && this.revision === revision) return;
    this.refused.clear();
    if (this.list !== list) {
      for (const window of this.windows.values()) window.revision = -1;
      for (const controller of this.asked.values()) controller.abort();
      this.asked.clear();
    }
    this.list = list;
    this.revision = revision;
    this.count = count;
  }

  /** Sees to it that these rows come, and stops what was asked for and is no longer wanted. */
  want(ranges: readonly RowRange[]): void {
    const wanted = new Set<number>();
    for (const { from, to } of ranges) {
      const end = Math.min(to + ahead, this.count);
      const first = Math.floor(Math.max(0, from - ahead) / windowSize);
      for (let index = first; index * windowSize < end; index++) wanted.add(index);
    }
    for (const [index, controller] of this.asked) {
      if (wanted.has(index)) continue;
      this.asked.delete(index);
      controller.abort();
    }
    for (const index of wanted) {
      const window = this.windows.get(index);
      if (window) {
        this.windows.delete(index);
        this.windows.set(index, window);
      }
      const busy = this.asked.has(index) || this.refused.has(index);
      if (window?.revision !== this.revision && !busy) void this.fetch(index);
    }
  }

  private async fetch(index: number): Promise<void> {
    const controller = new AbortController();
    this.asked.set(index, controller);
    const { list, revision } = this;
    const from = index * windowSize;
    const to = Math.min(from + windowSize, this.count);
    try {
      const rows = await this.loader.load({ list, revision, from, to }, controller.signal);
      if (controller.signal.aborted) return;
      this.windows.delete(index);
      this.windows.set(index, { rows, revision });
      for (const oldest of this.windows.keys()) {
        if (this.windows.size <= windowsKept) break;
        this.windows.delete(oldest);
      }
    } catch (error) {
      if (controller.signal.aborted) return;
      this.refused.add(index);
      this.loader.failed(error);
    } finally {
      if (this.asked.get(index) === controller) this.asked.delete(index);
    }
    this.loader.changed();
  }
}
