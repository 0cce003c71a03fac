import type { TimeWindow } from './timeWindow';

/** What a time axis counts from. */
export interface AxisOrigin {
  /** Added to ms since the trace's start. */
  offsetMs: number;
  /** True where that makes it a time of day. */
  timeOfDay: boolean;
}

export interface TimeTick {
  /** Ms since the trace's start. */
  ms: number;
  label: string;
}

// Whole nanoseconds from here on: no label is off by a rounding error.
const micro = 1e3;
const milli = 1e6;
const second = 1e9;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const longSteps = [
  ...[1, 2, 5, 10, 15, 30].map(n => n * second),
  ...[1, 2, 5, 10, 15, 30].map(n => n * minute),
  ...[1, 2, 3, 6, 12].map(n => n * hour),
];

const toNanos = (ms: number): number => Math.round(ms * 1e6);

/** Round times, as many as there is room for. Finer steps have longer labels, which need more of it. */
export function timeTicks(window: TimeWindow, origin: AxisOrigin, msPerPixel: number): TimeTick[] {
  const { fromMs, toMs } = window;
  if (toMs <= fromMs) return [{ ms: fromMs, label: timeLabel(fromMs, 1, origin) }];
  const ticks = ticksWithin([window], origin, msPerPixel);
  // A narrow column may lie between two round times: then the first of the finer ones.
  return ticks.length > 0 ? ticks : timeTicks(window, origin, msPerPixel / 2).slice(0, 1);
}

/** The round times of several stretches of one axis, all of one unit. @param stretches at least one, in order */
export function ticksWithin(stretches: readonly TimeWindow[], origin: AxisOrigin, msPerPixel: number): TimeTick[] {
  const offset = toNanos(origin.offsetMs);
  const last = toNanos(stretches.at(-1)!.toMs) + offset;
  let step = 0;
  for (let pixels = 80, tries = 0; tries < 2; tries++) {
    step = roundStep(toNanos(msPerPixel * pixels));
    pixels = Math.max(80, labelAt(last, step, origin, last).length * 7 + 16);
  }
  return stretches.flatMap(({ fromMs, toMs }) => {
    const ticks: TimeTick[] = [];
    const to = toNanos(toMs) + offset;
    for (let n = Math.ceil((toNanos(fromMs) + offset) / step); n * step <= to; n++) {
      ticks.push({ ms: (n * step - offset) / 1e6, label: labelAt(n * step, step, origin, last) });
    }
    return ticks;
  });
}

/** A time as finely as a stretch of `spanMs` is to be told apart: about a thousandth of it. */
export function timeLabel(ms: number, spanMs: number, origin: AxisOrigin): string {
  const fine = toNanos(spanMs / 1000);
  const step = fine < second ? 10 ** Math.floor(Math.log10(Math.max(1, fine))) : roundStep(fine);
  const at = Math.round(toNanos(ms + origin.offsetMs) / step) * step;
  return labelAt(at, step, origin, at);
}

function roundStep(atLeast: number): number {
  if (atLeast <= second || atLeast > 12 * hour) {
    const unit = atLeast > 12 * hour ? day : 1;
    const power = 10 ** Math.floor(Math.log10(Math.max(1, atLeast / unit)));
    const factor = [1, 2, 5].find(n => n * power * unit >= atLeast) ?? 10;
    return factor * power * unit;
  }
  return longSteps.find(step => step >= atLeast) ?? day;
}

/** @param last the latest time of the axis, which decides the unit: one axis has one unit where it can */
function labelAt(at: number, step: number, { timeOfDay }: AxisOrigin, last: number): string {
  if (timeOfDay) return timeOfDayLabel(at, step);
  if (at === 0) return '0';
  if (step >= day) return `${at / day}\u00a0d`;
  if (step >= hour) return `${at / hour}\u00a0h`;
  if (step >= minute) return `${at / minute}\u00a0min`;
  if (at >= hour) return `${Math.floor(at / hour)}:${two((at % hour) / minute)}:${seconds(at, step)}\u00a0h`;
  if (at >= 2 * minute) return `${Math.floor(at / minute)}:${seconds(at, step)}\u00a0min`;
  if (step >= 100 * milli || last >= second) return `${inUnit(at, second, step)}\u00a0s`;
  return last >= milli ? `${inUnit(at, milli, step)}\u00a0ms` : `${inUnit(at, micro, step)}\u00a0µs`;
}

/** Over midnight it says how many days later. */
function timeOfDayLabel(at: number, step: number): string {
  const days = Math.floor(at / day);
  const time = at - days * day;
  const hours = `${two(time / hour)}:${two((time % hour) / minute)}`;
  const label = step >= minute ? hours : `${hours}:${seconds(time, step)}`;
  return days === 0 ? label : `${label}\u00a0+${days}\u00a0d`;
}

const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');

function seconds(at: number, step: number): string {
  const rest = inUnit(at % minute, second, step);
  return rest.indexOf('.') === 1 || rest.length === 1 ? `0${rest}` : rest;
}

/** With as many decimals as the step needs, cut, not rounded: what is left is less than a step. */
function inUnit(at: number, unit: number, step: number): string {
  const decimals = Math.min(Math.round(Math.log10(unit)), Math.max(0, Math.ceil(Math.log10(unit / step) - 1e-9)));
  const scale = 10 ** decimals;
  return (Math.floor((at / unit) * scale + 1e-6) / scale).toFixed(decimals);
}
