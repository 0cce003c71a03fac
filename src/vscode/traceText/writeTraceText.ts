import { l10n } from 'vscode';
import type { TraceText } from '../../common/export/traceText';
import type { RecordDocument } from '../../common/protocol/documents';
import type { LogEngine, TraceHeader } from '../../common/protocol/logEngine';
import { formatDuration } from '../../common/timeline/formatDuration';
import { counted, statusText } from '../format';

/** What an editor shows without a stutter; all of it is in the timeline. */
export const mostRecords = 50_000;
export const mostCharacters = 20_000_000;
const atOnce = 1_000;

export interface WrittenTrace {
  text: TraceText;
  /** By their index in the text. */
  records: RecordDocument[];
}

/** Asks the engine about a trace that is held. */
export type Ask = <Answer>(question: (engine: LogEngine) => Promise<Answer>) => Promise<Answer>;

/**
 * Writes the records of a trace into a text, piece by piece. What is left out is said in it, first and last.
 * @param onPiece is called after each piece with how many are written; false ends it
 * @throws what `ask` throws
 */
export async function writeTraceText(
  trace: TraceHeader,
  written: WrittenTrace,
  ask: Ask,
  onPiece: (count: number) => boolean,
): Promise<void> {
  const { text, records } = written;
  const { traceId } = trace;
  const wanted = Math.min(trace.records, mostRecords);
  for (const line of heading(trace, wanted)) text.say(line);
  while (records.length < wanted && text.length < mostCharacters) {
    const range = { traceId, from: records.length, to: Math.min(wanted, records.length + atOnce) };
    const [piece, rows] = await ask(engine => Promise.all([engine.records(range), engine.recordRows(range)]));
    if (piece.length === 0) break;
    for (const [index, record] of piece.entries()) text.add(record, rows[index] ?? { service: null });
    records.push(...piece);
    if (!onPiece(records.length)) return;
  }
  const left = trace.records - records.length;
  if (left > 0) text.say(leftText(left));
}

function heading(trace: TraceHeader, wanted: number): string[] {
  const facts = [
    l10n.t('Trace {0}', trace.correlationId),
    trace.status === 'unknown' ? null : statusText(trace.status),
    trace.durationMs === null ? null : formatDuration(trace.durationMs),
    counted(trace.records, l10n.t('log line'), l10n.t('log lines')),
    trace.services.join(', '),
  ];
  const moved = trace.offsetsApplied.length > 0;
  return [
    `# ${facts.filter(Boolean).join(' · ')}`,
    `# ${l10n.t('In time order, times in UTC as logged, then since the first line. A time leads to its log line.')}`,
    ...(moved ? [`# ${l10n.t('The clock offsets that the timeline takes off are not taken off here.')}`] : []),
    ...(trace.records > wanted ? [leftText(trace.records - wanted)] : []),
    '',
  ];
}

const leftText = (left: number): string =>
  `# ${l10n.t('{0} are left out here: an editor cannot show so many. The timeline lists all.', counted(left, l10n.t('more log line'), l10n.t('more log lines')))}`;
