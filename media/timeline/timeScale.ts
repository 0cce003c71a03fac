/** Milliseconds since the trace's start to pixels of the bar column. */
export interface TimeScale {
  fromMs: number;
  toMs: number;
  width: number;
}

export interface Tick {
  x: number;
  label: string;
}

/** Room at both ends, so that a tick mark at the very start or a failure's cross at the very end is whole. */
const inset = { left: 6, right: 22 };

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const longSteps = [1, 2, 5, 10, 15, 30].flatMap(n => [n * second, n * minute]);
const steps = [...longSteps, ...[1, 2, 3, 6, 12].map(n => n * hour)].sort((a, b) => a - b);

const innerWidth = (scale: TimeScale) => Math.max(1, scale.width - inset.left - inset.right);

export function toX(scale: TimeScale, ms: number): number {
  const span = scale.toMs - scale.fromMs;
  const share = span > 0 ? (ms - scale.fromMs) / span : 0;
  return inset.left + Math.min(1, Math.max(0, share)) * innerWidth(scale);
}

/** Round times, as many as there is room for; none whose label would be cut off at the right. */
export function ticks(scale: TimeScale): Tick[] {
  const span = scale.toMs - scale.fromMs;
  if (!(span > 0)) return [{ x: toX(scale, scale.fromMs), label: '0' }];
  const step = roundStep((span * 80) / innerWidth(scale));
  const result: Tick[] = [];
  for (let n = Math.ceil(scale.fromMs / step); n * step <= scale.toMs; n++) {
    const tick = { x: toX(scale, n * step), label: tickLabel(n * step, step) };
    if (tick.x + 8 + tick.label.length * 7 <= scale.width) result.push(tick);
  }
  return result;
}

function roundStep(atLeast: number): number {
  if (atLeast <= second || atLeast > 12 * hour) {
    const unit = atLeast > 12 * hour ? day : 1;
    const power = 10 ** Math.floor(Math.log10(atLeast / unit));
    const factor = [1, 2, 5].find(n => n * power * unit >= atLeast) ?? 10;
    return factor * power * unit;
  }
  return steps.find(step => step >= atLeast) ?? day;
}

function tickLabel(ms: number, step: number): string {
  if (ms === 0) return '0';
  if (ms < 0) return `−${tickLabel(-ms, step)}`;
  if (step >= day) return `${ms / day}\u00a0d`;
  if (step >= hour) return `${ms / hour}\u00a0h`;
  if (step >= minute) return `${ms / minute}\u00a0min`;
  if (ms >= 2 * minute) {
    return `${Math.floor(ms / minute)}:${String(Math.round((ms % minute) / second)).padStart(2, '0')}\u00a0min`;
  }
  const decimals = (unit: number) => Math.max(0, Math.ceil(-Math.log10(step / unit) - 1e-9));
  if (step >= 100 || ms >= second) return `${(ms / second).toFixed(Math.min(6, decimals(second)))}\u00a0s`;
  return `${ms.toFixed(Math.min(6, decimals(1)))}\u00a0ms`;
}
