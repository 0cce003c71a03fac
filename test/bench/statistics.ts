/** Statistics of a few measured values. All of them are NaN where there is no value. */

/** The middle value; of an even number of values the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

export const least = (values: readonly number[]): number => (values.length === 0 ? Number.NaN : Math.min(...values));

export const most = (values: readonly number[]): number => (values.length === 0 ? Number.NaN : Math.max(...values));

/** The smallest value that at least this share of all values does not exceed (nearest rank). */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** How many times the median of `values` is that of `base`. */
export const ratio = (values: readonly number[], base: readonly number[]): number => median(values) / median(base);

export interface SizedTimes {
  bytes: number;
  times: readonly number[];
}

/** By which power of the size the time grows: 1 is linear, 2 quadratic, 0 the same time for any size. */
export function exponent(small: SizedTimes, large: SizedTimes): number {
  return Math.log(ratio(large.times, small.times)) / Math.log(large.bytes / small.bytes);
}
