/** `1 record`, `2,345 records`. */
export const counted = (count: number, noun: string): string =>
  `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;

/** A part in per cent that never rounds to nothing or to all. */
export function share(part: number, whole: number): string {
  if (whole === 0) return '—';
  const percent = (100 * part) / whole;
  if (part > 0 && percent < 1) return '< 1 %';
  if (part < whole && percent > 99) return '> 99 %';
  return `${Math.round(percent)} %`;
}
