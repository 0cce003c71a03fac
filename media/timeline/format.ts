import type { DurationBound, DurationKind, StepKind, StepStatus, TraceStatus } from '../../src/common/model/trace';
import { formatDuration } from '../../src/common/timeline/formatDuration';
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

/** As everywhere, but never broken at the end of a line. */
export const unbrokenDuration = (ms: number): string => formatDuration(ms).replaceAll(' ', '\u00a0');

const boundSigns: Record<DurationBound, string> = { exact: '', atMost: '≤\u00a0', atLeast: '≥\u00a0' };

/** With its bound: a number without one would claim more than the logs say. A moment has no duration. */
export function formatBounded(ms: number | null, kind: DurationKind, bound: DurationBound | null): string {
  if (kind === 'instant') return 'instant';
  return ms === null ? '—' : `${boundSigns[bound ?? 'exact']}${unbrokenDuration(ms)}`;
}

export const durationKindTexts: Record<DurationKind, string> = {
  stated: 'stated in the log',
  observed: 'observed: first to last log line',
  inferred: 'inferred from the neighbouring steps',
  instant: 'a single moment: one log line',
  unknown: 'unknown: the log does not say when it started or ended',
};

const boundTexts: Record<DurationBound, string> = { exact: '', atMost: 'at most ', atLeast: 'at least ' };

export function describeDuration(ms: number | null, kind: DurationKind, bound: DurationBound | null): string {
  if (kind === 'instant' || ms === null) return durationKindTexts[kind === 'instant' ? kind : 'unknown'];
  return `${boundTexts[bound ?? 'exact']}${unbrokenDuration(ms)}, ${durationKindTexts[kind]}`;
}

/** Why a step has no log lines. While logs are read, what has not been found may still come. */
export const absence = (complete: boolean): string => (complete ? 'not logged' : 'not found yet');
export const absenceText = (complete: boolean): string =>
  `${complete ? 'not in the logs' : 'not found yet'}, only named by other steps`;

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

export const traceStatusTexts: Record<TraceStatus, string> = {
  ok: 'OK',
  failed: 'Failed',
  recovered: 'Recovered',
  running: 'Running',
  unknown: 'Outcome unknown',
};

export function stepStatusText(status: StepStatus, complete: boolean): string {
  const texts = { ok: 'OK', failed: 'Failed', running: 'Running', unknown: 'No end logged' };
  return status === 'unknown' && !complete ? 'No end found yet' : texts[status];
}

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
