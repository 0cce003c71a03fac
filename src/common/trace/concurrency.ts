import type { Concurrency, Step } from '../model/trace';
import type { Nanos } from '../model/units';
import { workEnd } from './workEnd';

type Stretch = Pick<Step, 'key' | 'status' | 'start' | 'end' | 'previousSteps' | 'external'>;

/**
 * How many steps worked at the same time. A step that encloses others works only while none of them does; made-up callees
 * and steps whose start or end is not known count nothing. One that still runs works until the trace's end. Linear but for
 * sorting.
 *
 * @param duration of the trace
 * @returns `null` where no step has a stretch of time
 */
export function concurrencyOf(steps: readonly Stretch[], duration: Nanos | null): Concurrency | null {
  const timed = steps.flatMap(step => {
    const { key, start, previousSteps, external } = step;
    const end = workEnd(step, duration);
    return start === null || end === null || end <= start || external ? [] : { key, start, end, previousSteps };
  });
  if (timed.length === 0) return null;
  const byKey = new Map(timed.map((step, at) => [step.key, at]));
  const inside = new Map<number, number[]>();
  for (const [at, { previousSteps }] of timed.entries()) {
    const encloser = previousSteps.find(({ meaning }) => meaning === 'encloses');
    const outer = encloser && byKey.get(encloser.key);
    if (outer === undefined) continue;
    const list = inside.get(outer);
    if (list) list.push(at);
    else inside.set(outer, [at]);
  }
  const begins: number[] = [];
  const ends: number[] = [];
  for (const [at, { start, end }] of timed.entries()) {
    let from: number = start;
    const children = (inside.get(at) ?? []).map(child => timed[child]!).sort((a, b) => a.start - b.start);
    for (const child of children) {
      if (child.start > from) {
        begins.push(from);
        ends.push(Math.min(child.start, end));
      }
      from = Math.max(from, child.end);
      if (from >= end) break;
    }
    if (from < end) {
      begins.push(from);
      ends.push(end);
    }
  }
  return sweep(Float64Array.from(begins).sort(), Float64Array.from(ends).sort());
}

/** Of stretches that touch, the one is over before the other begins. */
function sweep(begins: Float64Array, ends: Float64Array): Concurrency {
  let [active, peak, busy, work, reached] = [0, 0, 0, 0, begins[0]!];
  for (let began = 0, ended = 0; ended < ends.length; ) {
    const at = began < begins.length && begins[began]! < ends[ended]! ? begins[began]! : ends[ended]!;
    if (active > 0) busy += at - reached;
    work += active * (at - reached);
    reached = at;
    while (ended < ends.length && ends[ended] === at) [active, ended] = [active - 1, ended + 1];
    while (began < begins.length && begins[began] === at) [active, began] = [active + 1, began + 1];
    peak = Math.max(peak, active);
  }
  return { peak, average: busy === 0 ? 0 : work / busy };
}
