/** A duration as a person reads it in running text: `120 ms`, `8.40 s`, `2 min 03 s`. */
export function formatDuration(ms: number): string {
  if (ms < 0) return `−${formatDuration(-ms)}`;
  if (ms >= 3_599_500) return `${Math.floor(ms / 3_600_000)} h ${pad(Math.floor((ms % 3_600_000) / 60_000))} min`;
  if (ms >= 59_995) return `${Math.floor(Math.round(ms / 1000) / 60)} min ${pad(Math.round(ms / 1000) % 60)} s`;
  if (ms >= 999.5) return `${(ms / 1000).toFixed(2)} s`;
  if (ms >= 1) return `${trim(ms, ms < 10 ? 2 : ms < 100 ? 1 : 0)} ms`;
  if (ms >= 0.001) return `${trim(ms * 1000, 0)} µs`;
  return ms === 0 ? '0 ms' : `${Math.round(ms * 1_000_000)} ns`;
}

/** The seed's plain form: `120ms`, `8.4s`, `2m3s`. */
export function compactDuration(ms: number): string {
  if (ms >= 3_599_500) return `${Math.floor(ms / 3_600_000)}h${Math.floor((ms % 3_600_000) / 60_000)}m`;
  if (ms >= 59_995) return `${Math.floor(Math.round(ms / 1000) / 60)}m${Math.round(ms / 1000) % 60}s`;
  if (ms >= 999.5) return `${trim(ms / 1000, 2)}s`;
  return formatDuration(ms).replace(' ', '');
}

const pad = (value: number): string => String(value).padStart(2, '0');
const trim = (value: number, digits: number): string => String(Number(value.toFixed(digits)));
