/** The time that something has; `signal` aborts when it is over, or when `outer` does. */
export class TimeLimit {
  /** In ms; `null`: as long as it takes. */
  readonly most: number | null;
  readonly signal: AbortSignal;
  private readonly over = new AbortController();
  private readonly timer: NodeJS.Timeout | undefined;

  constructor(most: number | null, outer?: AbortSignal) {
    this.most = most;
    this.signal = AbortSignal.any([this.over.signal, ...(outer ? [outer] : [])]);
    if (most !== null) this.timer = setTimeout(() => this.over.abort(), most);
  }

  get isOver(): boolean {
    return this.over.signal.aborted;
  }

  /** As it is told: how long, and where that is set. */
  get text(): string {
    return `${(this.most ?? 0) / 1000} s (throughline.remoteTime)`;
  }

  /** It is not needed any more. */
  end(): void {
    clearTimeout(this.timer);
  }
}
