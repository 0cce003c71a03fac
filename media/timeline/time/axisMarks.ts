import { compactDuration } from '../../../src/common/timeline/formatDuration';
import { type Break, evenStretches } from '../../../src/common/timeline/timeMap';
import { type TimeTick, ticksWithin, timeLabel, timeTicks } from '../../../src/common/timeline/timeTicks';
import { unbrokenDuration } from '../../page/format';
import { perPixel, placeToX, type TimeScale, toX } from './timeScale';

export interface Tick {
  x: number;
  /** Left end of the label: at the tick, or before it where it would be cut off. */
  labelX: number;
  label: string;
}

/** Part of the column, in pixels. */
export interface PixelSpan {
  left: number;
  width: number;
}

/** Compressed idle time. */
export interface BreakMark extends PixelSpan {
  /** All of it, also where only a part is in the column. */
  ms: number;
  /** How long it is, in the middle of what is seen of it; `null` where there is no room. */
  label: Omit<Tick, 'x'> | null;
}

export interface AxisMarks {
  ticks: Tick[];
  breaks: BreakMark[];
}

const labelWidth = (label: string): number => label.length * 7;

/**
 * Round times and breaks: no label is cut off at the right, and none lies over another. The first and the last time come
 * first, then what breaks say: an axis tells the time in the narrowest column.
 */
export function axisMarks(scale: TimeScale): AxisMarks {
  if (scale.map.breaks.length === 0) return { ticks: evenTicks(scale), breaks: [] };
  const taken: Span[] = [];
  const take = (from: number, label: string): boolean => {
    const to = from + labelWidth(label);
    if (to > scale.width - 8 || taken.some(other => other.to + 8 > from && other.from < to + 8)) return false;
    taken.push({ from, to });
    return true;
  };
  const edges = edgeTicks(scale).filter(({ labelX, label }) => take(labelX, label));
  const breaks = scale.map.breaks.flatMap(gap => breakMark(gap, scale, take) ?? []);
  const stretches = evenStretches(scale.map, scale);
  const round = stretches.length === 0 ? [] : ticksWithin(stretches, scale, perPixel(scale));
  // Where time goes on after a break is said, too: no round time may be near.
  const ends = scale.map.breaks.flatMap(({ toMs }): TimeTick[] =>
    toMs < scale.fromMs || toMs > scale.toMs
      ? []
      : [{ ms: toMs, label: timeLabel(toMs, perPixel(scale) * 2000, scale) }],
  );
  const ticks = [...round, ...ends].flatMap(({ ms, label }) => {
    const x = toX(scale, ms);
    const inBreak = breaks.some(({ left, width }) => left < x + labelWidth(label) && left + width > x + 1);
    return !inBreak && take(x, label) ? [{ x, labelX: x, label }] : [];
  });
  return { ticks: [...edges, ...ticks].sort((a, b) => a.x - b.x), breaks };
}

/** Steps of time that labels are shortened to, in ms. */
const coarser = [1, 10, 100, 1_000, 60_000, 3_600_000];

/** Where the column begins and where the known time in it ends, as finely as is seen there and as there is room for. */
function edgeTicks(scale: TimeScale): Tick[] {
  const { fromMs, toMs, nowMs, width } = scale;
  const finest = perPixel(scale) * 2;
  const steps = [finest, ...coarser.filter(step => step > finest && step <= (toMs - fromMs) / 2)];
  const both = steps.map(step =>
    [fromMs, Math.max(fromMs, Math.min(toMs, nowMs))].map(ms => {
      const x = toX(scale, ms);
      const label = timeLabel(ms, step * 1000, scale);
      return { x, label, labelX: Math.max(0, Math.min(x, width - 8 - labelWidth(label))) };
    }),
  );
  return both.find(([first, last]) => first!.labelX + labelWidth(first!.label) + 8 <= last!.labelX) ?? both.at(-1)!;
}

/** Round times whose label has room; where that is no more than one, the first and the last time tell more. */
function evenTicks(scale: TimeScale): Tick[] {
  const all = timeTicks(scale, scale, perPixel(scale)).map(({ ms, label }) => {
    const x = toX(scale, ms);
    return { x, label, labelX: x, room: scale.width - 8 - labelWidth(label) };
  });
  const fitting = all.filter(({ x, room }) => x <= room);
  if (fitting.length > 1) return fitting;
  const [first, last] = edgeTicks(scale);
  if (first && last && first.labelX + labelWidth(first.label) + 8 <= last.labelX) return [first, last];
  return fitting.length > 0 ? fitting : all.slice(0, 1).map(tick => ({ ...tick, labelX: Math.max(0, tick.room) }));
}

interface Span {
  from: number;
  to: number;
}

/** What is seen of a break; `null`: nothing. */
export function breakSpan({ from, to, fromMs, toMs }: Break, scale: TimeScale): PixelSpan | null {
  const left = Math.max(0, placeToX(scale, from));
  const width = Math.min(scale.width, placeToX(scale, to)) - left;
  return toMs <= scale.fromMs || fromMs >= scale.toMs || width <= 0 ? null : { left, width };
}

function breakMark(gap: Break, scale: TimeScale, take: (from: number, label: string) => boolean): BreakMark | null {
  const span = breakSpan(gap, scale);
  if (span === null) return null;
  const { left, width } = span;
  const { fromMs, toMs } = gap;
  const long = unbrokenDuration(toMs - fromMs);
  const label = labelWidth(long) > width ? compactDuration(toMs - fromMs) : long;
  const labelX = Math.max(0, left + (width - labelWidth(label)) / 2);
  return { ...span, ms: toMs - fromMs, label: take(labelX, label) ? { label, labelX } : null };
}
