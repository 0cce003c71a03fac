import type { LinesRequest, LogSize, ShownLine, ShownLines } from '../../src/common/protocol/logReader';

/** Lines that are asked for at a time, and kept beyond what is in view on either side. */
const stretch = 200;
const mostBeyond = 1_000;
/** When fewer than these are left beyond what is in view, more are asked for. */
const fewBeyond = 100;

type Load = (request: Omit<LinesRequest, 'source'>, signal: AbortSignal) => Promise<ShownLines>;

export interface Loader {
  load: Load;
  /** What is drawn may change. */
  changed(): void;
  failed(error: unknown): void;
}

export interface Jump {
  /** Offset in the line to go to. */
  at: number;
  /** Rows that stay above it. */
  above?: number;
  known?: LinesRequest['known'];
}

/**
 * The lines around what is in view, as they follow each other in the log, and the place of the view among them. More are
 * fetched as the view moves, those far away are dropped; a jump begins anew elsewhere. So the size of a log is of no account.
 */
export class LogWindow {
  lines: readonly ShownLine[] = [];
  start = 0;
  size: LogSize = { bytes: 0, isKnown: false };
  note: string | null = null;
  isLoaded = false;
  /** Index of the line at the top of the view, with the part of it that is above. */
  top = 0;
  /** Rows that the view has room for. */
  rows = 1;
  private readonly loader: Loader;
  private jumping: AbortController | null = null;
  private extending: AbortController | null = null;

  constructor(loader: Loader) {
    this.loader = loader;
  }

  get isJumping(): boolean {
    return this.jumping !== null;
  }

  get isAtStart(): boolean {
    return (this.lines[0]?.from ?? this.start) <= this.start;
  }

  get isAtEnd(): boolean {
    return this.size.isKnown && (this.lines.at(-1)?.to ?? 0) >= this.size.bytes;
  }

  /** Index of the line that holds an offset; `null` where it is not among those at hand. */
  indexOf(offset: number): number | null {
    const index = this.lines.findIndex(({ from, to }) => from <= offset && offset < to);
    return index < 0 ? null : index;
  }

  /** Goes to a place; an older jump that is still on its way is given up. @returns the line there, `null` if given up */
  async jump({ at, above = 0, known }: Jump): Promise<ShownLine | null> {
    this.cancel();
    const jumping = new AbortController();
    this.jumping = jumping;
    this.loader.changed();
    try {
      const shown = await this.loader.load({ at, before: stretch, after: stretch, known }, jumping.signal);
      if (jumping.signal.aborted) return null;
      this.take(shown);
      this.lines = shown.lines;
      this.isLoaded = true;
      const index = this.indexOf(at) ?? Math.max(0, shown.lines.length - 1);
      this.top = this.clamped(index - above);
      return shown.lines[index] ?? null;
    } catch (error) {
      if (!jumping.signal.aborted) this.loader.failed(error);
      return null;
    } finally {
      if (this.jumping === jumping) this.jumping = null;
      this.loader.changed();
      void this.extend();
    }
  }

  /** Asks again for what is at hand: more may be known of it by now. */
  async renew(): Promise<void> {
    const first = this.lines[Math.floor(this.top)];
    if (first && !this.jumping) await this.jump({ at: first.from, above: Math.floor(this.top) - this.top });
  }

  /** Somebody else has read on. */
  learn(size: LogSize): void {
    if (size.bytes < this.size.bytes || (this.size.isKnown && !size.isKnown)) return;
    this.size = size;
    this.loader.changed();
  }

  /** Moves no more than is needed to have a line in view. */
  reveal(offset: number): void {
    const index = this.indexOf(offset);
    if (index === null) return;
    if (index < this.top) this.scrollTo(index);
    else if (index + 1 > this.top + this.rows) this.scrollTo(index + 1 - this.rows);
  }

  /** Gives up the jump that is on its way. */
  giveUp = (): void => {
    this.cancel();
    this.loader.changed();
  };

  scrollBy(rows: number): void {
    this.scrollTo(this.top + rows);
  }

  scrollTo(top: number): void {
    const next = this.clamped(top);
    if (next !== this.top) {
      this.top = next;
      this.loader.changed();
    }
    void this.extend();
  }

  /** The view has become larger or smaller. */
  resize(rows: number): void {
    this.rows = rows;
    this.loader.changed();
    this.scrollTo(this.top);
  }

  cancel(): void {
    this.jumping?.abort();
    this.extending?.abort();
    this.jumping = null;
    this.extending = null;
  }

  private clamped(top: number): number {
    return Math.max(0, Math.min(top, this.lines.length - this.rows));
  }

  private take({ start, size, note }: ShownLines): void {
    this.start = start;
    this.size = size;
    this.note = note;
  }

  /** Asks for more where the view comes near the end of what is at hand. */
  private async extend(): Promise<void> {
    if (!this.isLoaded || this.jumping || this.extending) return;
    const isShort = this.top + this.rows > this.lines.length - fewBeyond;
    const back = this.top < fewBeyond && !this.isAtStart;
    if (!back && (!isShort || this.isAtEnd)) return;
    const extending = new AbortController();
    this.extending = extending;
    const at = back ? (this.lines[0]?.from ?? 0) : (this.lines.at(-1)?.to ?? this.start);
    let isMore = false;
    try {
      const request = { at, before: back ? stretch : 0, after: back ? 0 : stretch };
      const shown = await this.loader.load(request, extending.signal);
      if (extending.signal.aborted) return;
      isMore = shown.lines.length > 0;
      this.take(shown);
      if (back) this.prepend(shown.lines);
      else this.append(shown.lines);
    } catch (error) {
      if (!extending.signal.aborted) this.loader.failed(error);
    } finally {
      if (this.extending === extending) this.extending = null;
    }
    this.loader.changed();
    if (isMore) await this.extend();
  }

  private prepend(lines: readonly ShownLine[]): void {
    this.top += lines.length;
    const most = Math.ceil(this.top + this.rows + mostBeyond);
    this.lines = [...lines, ...this.lines].slice(0, most);
  }

  private append(lines: readonly ShownLine[]): void {
    const dropped = Math.max(0, Math.floor(this.top) - mostBeyond);
    this.top -= dropped;
    this.lines = [...this.lines.slice(dropped), ...lines];
  }
}
