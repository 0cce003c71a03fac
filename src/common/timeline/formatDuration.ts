/** A duration as a person reads it in running text: `350 µs`, `120 ms`, `8.40 s`, `2 min 03 s`, `3 h 07 min`. */
export function formatDuration(ms: number): string {
  if (ms < 0) return `−${formatDuration(-ms)}`;
  const long = inTwoUnits(ms);
  if (long) return `${long.large} ${long.units[0]} ${String(long.small).padStart(2, '0')} ${long.units[1]}`;
  if (ms >= 999.5) return `${(ms / 1000).toFixed(2)} s`;
  if (ms >= 0.9995) return `${trim(ms, ms < 10 ? 2 : ms < 100 ? 1 : 0)} ms`;
  if (ms >= 0.0009995) return `${trim(ms * 1000, 0)} µs`;
  return ms === 0 ? '0 ms' : `${Math.round(ms * 1_000_000)} ns`;
}

/** The seed's plain form: `120ms`, `8.4s`, `2m3s`. */
export function compactDuration(ms: number): string {
  const long = inTwoUnits(ms);
  if (long) return `${long.large}${long.units[0][0]}${long.small}${long.units[1][0]}`;
  if (ms >= 999.5) return `${trim(ms / 1000, 2)}s`;
  return formatDuration(ms).replace(' ', '');
}

interface TwoUnits {
  large: number;
  small: number;
  units: ['min', 's'] | ['h', 'min'] | ['d', 'h'];
}

/** From a minute on. Rounded before it is split, so that no part is ever 60. */
function inTwoUnits(ms: number): TwoUnits | null {
  if (ms < 59_995) return null;
  const split = (value: number, size: number, units: TwoUnits['units']): TwoUnits => ({
    large: Math.floor(value / size),
    small: value % size,
    units,
  });
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return split(seconds, 60, ['min', 's']);
  const minutes = Math.round(seconds / 60);
  if (minutes < 1440) return split(minutes, 60, ['h', 'min']);
  return split(Math.round(minutes / 60), 24, ['d', 'h']);
}

const trim = (value: number, digits: number): string => String(Number(value.toFixed(digits)));
