/** Keeps what was found out, the least recently used first to go; what failed is tried again. */
export class Remembered<Value> {
  private readonly entries = new Map<string, Promise<Value>>();
  private readonly weights = new Map<string, number>();
  private readonly most: number;
  private readonly weigh: (value: Value) => number;

  /** @param most greatest sum of weights */
  constructor(most: number, weigh: (value: Value) => number) {
    this.most = most;
    this.weigh = weigh;
  }

  of(key: string, find: () => Promise<Value>): Promise<Value> {
    const known = this.entries.get(key) ?? find();
    this.entries.delete(key);
    this.entries.set(key, known);
    known.then(
      value => {
        this.weights.set(key, this.weigh(value));
        this.dropOldest();
      },
      () => this.drop(key),
    );
    return known;
  }

  private dropOldest(): void {
    let sum = [...this.weights.values()].reduce((total, weight) => total + weight, 0);
    for (const key of this.entries.keys()) {
      if (sum <= this.most) return;
      sum -= this.weights.get(key) ?? 0;
      this.drop(key);
    }
  }

  private drop(key: string): void {
    this.entries.delete(key);
    this.weights.delete(key);
  }
}
