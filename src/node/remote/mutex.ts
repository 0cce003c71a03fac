/** Lets one in at a time, in the order in which they came. */
export class Mutex {
  private last: Promise<unknown> = Promise.resolve();

  run<Result>(use: () => Promise<Result>): Promise<Result> {
    const turn = this.last.then(use);
    this.last = turn.catch(() => {});
    return turn;
  }
}
