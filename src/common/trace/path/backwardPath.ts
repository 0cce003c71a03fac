import type { PathSegment, SegmentKind } from '../../model/trace';
import { nanos } from '../../model/units';
import { float64Column, int32Column, NumberList } from '../columns';

const kinds: readonly SegmentKind[] = ['run', 'wait', 'idle', 'elapsed', 'unknown'];

/**
 * The critical path while it is walked, from its end back to its start, as columns. The list of its segments is made when
 * it is first read: it weighs a fifth of the whole trace, and many a trace is put together of which nobody looks at it.
 */
export class BackwardPath {
  /** Where the path ends; from then on where the earliest segment so far begins. */
  cursor: number;
  private readonly keys: readonly string[];
  private readonly from: number;
  private readonly until: number;
  /** By segment, the last one first. */
  private kinds = new NumberList(int32Column);
  private steps = new NumberList(int32Column);
  private starts = new NumberList(float64Column);
  private list: PathSegment[] | null = null;

  /** @param keys of the steps, by their index */
  constructor(keys: readonly string[], from: number, until: number) {
    this.keys = keys;
    this.from = from;
    this.until = until;
    this.cursor = until;
  }

  add(kind: SegmentKind, step: number, start: number): void {
    const begin = Math.max(start, this.from);
    if (begin >= this.cursor) return;
    const code = kinds.indexOf(kind);
    const last = this.steps.length - 1;
    if (last >= 0 && this.steps.at(last) === step && this.kinds.at(last) === code) this.starts.set(last, begin);
    else {
      this.kinds.push(code);
      this.steps.push(step);
      this.starts.push(begin);
    }
    this.cursor = begin;
  }

  /** In time order. */
  segments(): PathSegment[] {
    this.list ??= this.inTimeOrder();
    return this.list;
  }

  private inTimeOrder(): PathSegment[] {
    const count = this.steps.length;
    const segments = new Array<PathSegment>(count);
    let start = this.cursor;
    for (let place = 0; place < count; place++) {
      const at = count - 1 - place;
      const end = at === 0 ? this.until : this.starts.at(at - 1);
      const key = this.keys[this.steps.at(at)]!;
      segments[place] = { kind: kinds[this.kinds.at(at)]!, key, start: nanos(start), end: nanos(end) };
      start = end;
    }
    // The list says it all.
    this.kinds = this.steps = new NumberList(int32Column);
    this.starts = new NumberList(float64Column);
    return segments;
  }
}
