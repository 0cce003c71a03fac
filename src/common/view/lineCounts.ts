/** So many line breaks stand before an offset. */
export interface CountedPlace {
  offset: number;
  newlines: number;
}

/** Closer to another one, a place is not worth keeping. */
const leastDistance = 64 * 1024;

/** The places of a source for which it is known how many line breaks stand before them. */
export class LineCounts {
  /** In the order of their offsets. */
  private readonly places: CountedPlace[];

  constructor(start: number) {
    this.places = [{ offset: start, newlines: 0 }];
  }

  add(place: CountedPlace): void {
    const index = this.indexOf(place.offset);
    const near = [this.places[index], this.places[index + 1]];
    if (near.some(other => other && Math.abs(other.offset - place.offset) < leastDistance)) return;
    this.places.splice(index + 1, 0, place);
  }

  /** The last place that is not behind an offset, and the first behind it. */
  around(offset: number): { before: CountedPlace; after: CountedPlace | null } {
    const index = this.indexOf(offset);
    return { before: this.places[Math.max(0, index)]!, after: this.places[index + 1] ?? null };
  }

  /** The last place that is not behind the beginning of a line. @param line counted from 1 */
  beforeLine(line: number): CountedPlace {
    let [low, high] = [0, this.places.length];
    while (low + 1 < high) {
      const middle = (low + high) >> 1;
      if (this.places[middle]!.newlines < line - 1) low = middle;
      else high = middle;
    }
    return this.places[low]!;
  }

  /** Index of the last place that is not behind an offset, -1 if all are. */
  private indexOf(offset: number): number {
    let [low, high] = [-1, this.places.length];
    while (low + 1 < high) {
      const middle = (low + high) >> 1;
      if (this.places[middle]!.offset <= offset) low = middle;
      else high = middle;
    }
    return low;
  }
}
