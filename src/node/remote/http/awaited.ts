/** Calls when something was awaited for too long; who takes what came may take as long as it likes. */
export class Awaited {
  /** Whether it was too long. */
  isOver = false;
  private isPaused = false;
  private readonly timer: NodeJS.Timeout;

  /** Begins to wait. @param patience in ms */
  constructor(patience: number, tooLong: () => void) {
    this.timer = setTimeout(() => {
      if (this.isPaused) return;
      this.isOver = true;
      tooLong();
    }, patience);
  }

  pause(): void {
    this.isPaused = true;
  }

  resume(): void {
    this.isPaused = false;
    this.timer.refresh();
  }

  end(): void {
    clearTimeout(this.timer);
  }
}
