import type { DurationBound, DurationKind, StepKind, StepStatus } from '../../src/common/model/trace';
import type { TimelineRow } from '../../src/common/timeline/timelineRow';
import { shortNumber } from '../../src/common/trace/steps/shortNumber';
import { counted, unbrokenDuration } from '../page/format';

const boundSigns: Record<DurationBound, string> = { exact: '', atMost: '≤\u00a0', atLeast: '≥\u00a0' };

/** With its bound: a number without one would claim more than the logs say. A moment has no duration. */
export function formatBounded(ms: number | null, kind: DurationKind, bound: DurationBound | null): string {
  if (kind === 'instant') return 'instant';
  return ms === null ? '—' : `${boundSigns[bound ?? 'exact']}${unbrokenDuration(ms)}`;
}

/** How a duration is known, in the column of durations. */
export const durationKindNames: Record<DurationKind, string> = {
  stated: 'stated',
  observed: 'measured',
  inferred: 'estimated',
  instant: '',
  unknown: 'unknown',
};

export const durationKindTexts: Record<DurationKind, string> = {
  stated: 'stated in the log',
  observed: 'measured from the first to the last log line',
  inferred: 'estimated from the neighbouring steps',
  instant: 'a single moment: one log line',
  unknown: 'unknown: the log does not say when it started or ended',
};

const boundTexts: Record<DurationBound, string> = { exact: '', atMost: 'at most ', atLeast: 'at least ' };

export function describeDuration(ms: number | null, kind: DurationKind, bound: DurationBound | null): string {
  if (kind === 'instant' || ms === null) return durationKindTexts[kind === 'instant' ? kind : 'unknown'];
  return `${boundTexts[bound ?? 'exact']}${unbrokenDuration(ms)}, ${durationKindTexts[kind]}`;
}

const longestNumber = 7;

/** `1–4` of a run's `1 – 4`; of one with long numbers where it begins. */
export function runNumber(number: string): string {
  const [first = '', , last = first] = number.split(' ', 3);
  const whole = `${first}–${last}`;
  return whole.length <= longestNumber ? whole : `${shortNumber(first)}…`;
}

/** Why a step has no log lines. While logs are read, what has not been found may still come. */
export const absence = (complete: boolean): string => (complete ? 'not logged' : 'not found yet');
export const absenceText = (complete: boolean): string =>
  `${complete ? 'not in the logs' : 'not found yet'}, only named by other steps`;

/** What a made-up step stands for; nobody may take it for logged work. */
export function externalText({ calls, means }: NonNullable<TimelineRow['external']>): string {
  return means === 'call'
    ? `made up: ${counted(calls, 'call')} to what does not log here`
    : `made up: ${counted(calls, 'message')} that nobody here takes up`;
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

export function stepStatusText(status: StepStatus, complete: boolean): string {
  const texts = { ok: 'OK', failed: 'Failed', running: 'Running', unknown: 'No end logged' };
  return status === 'unknown' && !complete ? 'No end found yet' : texts[status];
}
