import { foldPathMs, foldText } from '../../../src/common/timeline/foldText';
import { movedBy } from '../../../src/common/timeline/movedClocks';
import type { RowFold } from '../../../src/common/timeline/rowFold';
import type { TimelineRow } from '../../../src/common/timeline/timelineRow';
import { usageText } from '../../../src/common/timeline/usageText';
import { counted, oneLine, unbrokenDuration } from '../../page/format';
import { absenceText, describeDuration, externalText } from '../format';

/** What a screen reader says of a row: one sentence, the important first. */
export function spokenRow(row: TimelineRow, complete: boolean): string {
  const onPath = row.path.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
  if (row.fold?.kind === 'run') return spoken([`Steps ${row.number}, folded`, ...spokenFold(row.fold)]);
  const parts = [
    `Step ${row.number}, ${oneLine(row.label)}`,
    row.status === 'failed' && 'failed',
    row.status === 'running' && 'running',
    row.placeholder && absenceText(complete),
    row.external && externalText(row.external),
    row.service !== null && `service ${oneLine(row.service)}`,
    !row.placeholder && describeDuration(row.durationMs, row.durationKind, row.bound),
    row.waitMs !== null && row.waitMs > 0 && `waited ${unbrokenDuration(row.waitMs)}`,
    row.loop && (row.loop.text === null ? `round ${row.loop.round} of ${row.loop.of}` : `repeats ${row.loop.text}`),
    row.clockOffsetMs !== null && `times moved ${movedBy(row.clockOffsetMs)}`,
    row.attempts > 1 && `${row.attempts} attempts`,
    onPath > 0 && `${unbrokenDuration(onPath)} on the critical path`,
    row.previous.length > 1 && `joins ${row.previous.length} previous steps`,
    (row.kind === 'llm' || row.kind === 'retrieval') && usageText(row),
    counted(row.records, 'log line'),
    ...(row.fold ? ['hidden below it', ...spokenFold(row.fold)] : []),
  ];
  return spoken(parts);
}

function spokenFold(fold: RowFold): (string | false | null)[] {
  const { rest, errors, running } = foldText(fold);
  const onPath = foldPathMs(fold);
  return [
    rest,
    errors,
    running,
    usageText(fold.used),
    onPath > 0 && `${unbrokenDuration(onPath)} of it on the critical path`,
  ];
}

const spoken = (parts: readonly (string | false | null)[]): string =>
  parts
    .filter(part => part !== false && part !== null)
    .join(', ')
    .replaceAll('\u00a0', ' ');
