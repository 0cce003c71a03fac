import type { StepDocument, TraceDocument } from '../protocol/documents';
import { formatDuration } from '../timeline/formatDuration';
import { loopText } from '../timeline/loopText';
import { movedClocks } from '../timeline/movedClocks';
import { stepNumbers } from '../timeline/stepNumbers';
import { usageLines, usageText } from '../timeline/usageText';
import { visibleText } from '../timeline/visibleText';
import { failureText } from './failureText';
import { boundedDuration, firstOwnRecord, labelOf } from './stepList';

interface TreeOptions {
  /** Columns of the terminal. */
  width: number;
  color: boolean;
  /** Shortens a source's path for reading. */
  nameOf?: (source: string) => string;
}

const marks = { ok: ' ', failed: '✖', running: '…', unknown: ' ' } as const;
const codes = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const;

/** What a person reads in a terminal: head line, bottleneck, the steps as a tree with bars, notes. */
export function traceTree(document: TraceDocument, { width, color, nameOf = source => source }: TreeOptions): string {
  const paint = (code: keyof typeof codes, text: string) => (color ? `\u001b[${codes[code]}m${text}\u001b[0m` : text);
  const statusColor = document.status === 'failed' ? 'red' : document.status === 'ok' ? 'green' : 'yellow';
  const records = document.steps.reduce((sum, step) => sum + step.records.length, 0);
  const head = [
    paint('bold', visibleText(document.correlationId)),
    paint(statusColor, document.status),
    document.durationMs === null ? 'no times' : formatDuration(document.durationMs),
    stepCount(document),
    counted(document.services.length, 'service'),
    counted(records, 'record'),
    ...(document.concurrency && document.concurrency.peak > 1 ? [`up to ${document.concurrency.peak} at once`] : []),
  ].join('  ');
  const who = (['userId', 'sessionId', 'entityId', 'organizationId'] as const)
    .filter(role => document[role] !== null)
    .map(role => `${role.replace('Id', '')} ${visibleText(document[role]!)}`)
    .join('  ');

  const numbers = stepNumbers(document.steps);
  const lines = [head];
  if (who) lines.push(who);
  const failure = failureText(document);
  if (failure) lines.push(paint(document.status === 'failed' ? 'red' : 'yellow', failure));
  const used = usageText(document);
  if (used) lines.push(`${used} (${usageLines(document).join('; ')})`);
  const moved = movedClocks(document);
  if (moved) lines.push(paint('yellow', moved));
  if (document.bottleneck) lines.push(visibleText(document.bottleneck.sentence));
  lines.push('', ...stepLines(document, numbers, width, nameOf, paint));
  if (document.loops.length > 0)
    lines.push('', ...document.loops.map(loop => `↻ Step ${numbers.get(loop.rounds[0]![0]!)} ${loopText(loop)}`));
  if (document.notes.length > 0)
    lines.push('', ...document.notes.map(note => paint('yellow', `! ${visibleText(note.text)}`)));
  return lines.join('\n');
}

function stepLines(
  document: TraceDocument,
  numbers: ReadonlyMap<string, string>,
  width: number,
  nameOf: (source: string) => string,
  paint: (code: keyof typeof codes, text: string) => string,
): string[] {
  const rounds = new Map(
    document.loops.flatMap(({ rounds: all }) =>
      all.map(([first], at) => [first!, at === 0 ? ` ↻×${all.length}` : ` ↻${at + 1}/${all.length}`]),
    ),
  );
  const rows = document.steps.map(step => ({
    step,
    number: `Step ${numbers.get(step.key)}`,
    label: `${'  '.repeat(step.depth)}${labelOf(step)}`,
    round: rounds.get(step.key) ?? '',
    duration: `${boundedDuration(step)} ${marks[step.status]}`,
    service: visibleText(step.service ?? '—'),
    place: placeOf(step, nameOf),
  }));
  const widest = (pick: (row: (typeof rows)[number]) => string, limit: number) =>
    Math.min(limit, Math.max(0, ...rows.map(row => pick(row).length)));
  const columns = {
    number: widest(row => row.number, 16),
    label: widest(row => row.label + row.round, 44),
    duration: widest(row => row.duration, 14),
    service: widest(row => row.service, 20),
    place: widest(row => row.place, Math.max(20, Math.floor(width * 0.3))),
  };
  const fixed = Object.values(columns).reduce((sum, column) => sum + column + 2, 0);
  const barWidth = document.start === null || width - fixed < 12 ? 0 : Math.min(60, width - fixed - 2);
  const toCell = barScale(document, barWidth);
  return rows.map(({ step, number, label, round, duration, service, place }) => {
    const cells = [
      paint('dim', number.padEnd(columns.number)),
      (cut(label, columns.label - round.length) + round).padEnd(columns.label),
      (step.status === 'failed' ? paint.bind(null, 'red') : (text: string) => text)(
        duration.padStart(columns.duration),
      ),
      paint('cyan', cut(service, columns.service).padEnd(columns.service)),
    ];
    if (barWidth > 0) cells.push(`│${bar(step, toCell, barWidth)}│`);
    cells.push(paint('dim', cutStart(place, columns.place)));
    return cells.join('  ').trimEnd();
  });
}

function placeOf(step: StepDocument, nameOf: (source: string) => string): string {
  const record = firstOwnRecord(step);
  return record
    ? `${visibleText(nameOf(record.source))}${record.line === null ? '' : `:${record.line}`}${step.clockOffsetMs ? ' (time moved)' : ''}`
    : absenceOf(step);
}

/** Made-up steps are no steps of the request: they are counted apart. */
function stepCount({ steps }: TraceDocument): string {
  const madeUp = steps.filter(({ external }) => external).length;
  return `${counted(steps.length - madeUp, 'step')}${madeUp > 0 ? ` (and ${madeUp} made up)` : ''}`;
}

const absenceOf = ({ external }: StepDocument): string =>
  external === null
    ? 'not in these logs'
    : external.means === 'call'
      ? 'made up: does not log'
      : 'made up: nobody here takes it';

function barScale(document: TraceDocument, width: number): (time: string) => number {
  const from = Date.parse(document.start ?? '');
  const span = Math.max(1e-6, document.durationMs ?? 0);
  return time => Math.min(width - 1, Math.max(0, Math.floor(((Date.parse(time) - from) / span) * width)));
}

/** ░ queue wait, ▇ work, ▒ a bound only, ╵ a single moment. */
function bar(step: StepDocument, toCell: (time: string) => number, width: number): string {
  const cells = new Array<string>(width).fill(' ');
  if (step.start !== null) {
    const start = toCell(step.start);
    const end = step.end === null ? start : toCell(step.end);
    if (step.waitMs) {
      // The wait ends at the first attempt, which may have begun long before the one that counts.
      const entry = Math.min(...step.attempts.map(attempt => Date.parse(attempt.start ?? step.start!)));
      cells.fill('░', toCell(new Date(entry - step.waitMs).toISOString()), toCell(new Date(entry).toISOString()));
    }
    const work = step.durationKind === 'instant' ? '╵' : step.bound === 'exact' ? '▇' : '▒';
    cells.fill(work, start, Math.max(start + 1, end));
  }
  return cells.join('');
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
/** The end of a place, file and line, says more than its beginning. */
const cutStart = (text: string, length: number): string => (text.length > length ? `…${text.slice(1 - length)}` : text);
const cut = (text: string, length: number): string => (text.length > length ? `${text.slice(0, length - 1)}…` : text);
