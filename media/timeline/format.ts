import type { DurationBound, DurationKind, SegmentKind, StepKind, StepStatus } from '../../src/common/model/trace';
import { visibleText } from '../../src/common/timeline/visibleText';

/** At most this much of a log's text stands in one line of the page; the rest is in the details and in the file. */
const lineLength = 300;

/** Log text for one line. Cut first: a message may be a megabyte. */
export function oneLine(text: string, length = lineLength): string {
  return text.length > length ? `${visibleText(text.slice(0, length))}…` : visibleText(text);
}

const integer = new Intl.NumberFormat('en-US');
export const formatCount = (count: number): string => integer.format(count);

export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)}\u00a0${count === 1 ? one : many}`;

/** Three figures or so: 0.35 ms, 120 ms, 8.40 s, 2 min 05 s, 3 h 07 min, 2 d 4 h. */
export function formatDuration(ms: number): string {
  if (ms < 0) return `−${formatDuration(-ms)}`;
  if (ms === 0) return '0\u00a0ms';
  if (ms < 0.001) return `${Math.round(ms * 1e6)}\u00a0ns`;
  if (ms < 10) return `${Number(ms.toFixed(ms < 1 ? 3 : 2))}\u00a0ms`;
  if (ms < 100) return `${Number(ms.toFixed(1))}\u00a0ms`;
  if (ms < 999.5) return `${Math.round(ms)}\u00a0ms`;
  if (ms < 59_995) return `${(ms / 1000).toFixed(2)}\u00a0s`;
  const two = (value: number) => String(value).padStart(2, '0');
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)}\u00a0min\u00a0${two(seconds % 60)}\u00a0s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 1440) return `${Math.floor(minutes / 60)}\u00a0h\u00a0${two(minutes % 60)}\u00a0min`;
  const hours = Math.round(minutes / 60);
  return `${Math.floor(hours / 24)}\u00a0d\u00a0${hours % 24}\u00a0h`;
}

const boundSigns: Record<DurationBound, string> = { exact: '', atMost: '≤\u00a0', atLeast: '≥\u00a0' };

/** With its bound: a number without one would claim more than the logs say. */
export function formatBounded(ms: number | null, bound: DurationBound | null): string {
  return ms === null ? '—' : `${boundSigns[bound ?? 'exact']}${formatDuration(ms)}`;
}

export const durationKindTexts: Record<DurationKind, string> = {
  stated: 'stated in the log',
  observed: 'observed: first to last log line',
  inferred: 'inferred from the neighbouring steps',
  instant: 'a single moment: one log line',
  unknown: 'unknown: the log does not say when it started or ended',
};

export const boundTexts: Record<DurationBound, string> = { exact: 'exact', atMost: 'at most', atLeast: 'at least' };

export function describeDuration(ms: number | null, kind: DurationKind, bound: DurationBound | null): string {
  if (ms === null) return durationKindTexts[kind === 'instant' ? kind : 'unknown'];
  const limit = bound === null || bound === 'exact' ? '' : `${boundTexts[bound]} `;
  return `${limit}${formatDuration(ms)}, ${durationKindTexts[kind]}`;
}

export const stepKindTexts: Record<StepKind, string> = {
  llm: 'Language model',
  tool: 'Tool',
  agent: 'Agent',
  retrieval: 'Retrieval',
  context: 'Context',
  plumbing: 'Plumbing',
  observability: 'Observability',
  work: 'Work',
};

export const stepStatusTexts: Record<StepStatus, string> = {
  ok: 'OK',
  failed: 'Failed',
  running: 'Running',
  unknown: 'No end logged',
};

export const segmentTexts: Record<SegmentKind, string> = {
  run: 'work',
  wait: 'waiting',
  idle: 'idle',
  elapsed: 'work or waiting: the logs do not say',
  unknown: 'unknown',
};

export function formatBytes(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)}\u00a0${units[unit]}`;
}

/** Time of day of an ISO stamp, in UTC as the stamp is. */
export const timeOfDay = (iso: string): string => iso.slice(11).replace(/Z$/, '');
