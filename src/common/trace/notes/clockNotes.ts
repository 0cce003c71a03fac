import { counted } from '../../base/counted';
import type { Note } from '../../model/note';
import type { ClockOffset, Trace } from '../../model/trace';
import { type Nanos, nanos, toMs } from '../../model/units';
import { formatDuration } from '../../timeline/formatDuration';
import type { ClockFindings } from '../clocks/clockOffsets';
import { clocksOf } from '../clocks/clocks';
import type { OrderedRecords } from '../records/orderRecords';

/** What is to be said of the hosts' clocks: which seem wrong, which cannot be told, which were put right on request. */
export function clockNotes(
  { offsets, steps, contradicting }: ClockFindings,
  applied: Trace['offsetsApplied'],
  { records, lanes }: OrderedRecords,
): Note[] {
  const notes = offsets.map((offset): Note => {
    const concerned = steps.get(offset.host) ?? [];
    const reason =
      concerned.length === 0
        ? 'it fits the others only so'
        : `${counted(concerned.length, 'step', { one: 'is', many: 'are' })} stamped before what caused ${concerned.length === 1 ? 'it' : 'them'}`;
    return {
      kind: 'clockOffset',
      count: concerned.length,
      text: `${offset.host}'s clock seems to be ${extent(offset)} ${offset.reference}'s: ${reason}.${applied.length === 0 ? ' Times are shown as logged.' : ''}`,
      steps: concerned.map(({ key }) => key),
      records: concerned.flatMap(step => placesOf(records[step.records[0] ?? -1])),
    };
  });
  if (contradicting.length > 0) {
    notes.push({
      kind: 'clockOffset',
      count: contradicting.length,
      text: `The stamps of ${contradicting.join(', ')} contradict each other: no fixed difference of their clocks explains them.`,
      steps: [],
      records: [],
    });
  }
  if (applied.length === 0) return notes;
  const { names, of } = clocksOf(lanes);
  for (const { host, offset } of applied) {
    const moved = records.filter((record, index) => record.time !== null && names[of[index]!] === host);
    if (moved.length === 0 || offset === 0) continue;
    notes.push({
      kind: 'clockOffset',
      count: moved.length,
      text: `The times of ${counted(moved.length, 'record')} of ${host} were moved ${time(nanos(Math.abs(offset)))} ${offset < 0 ? 'later' : 'earlier'}, as asked. The records keep their own.`,
      steps: [],
      records: moved.flatMap(placesOf),
    });
  }
  return notes;
}

/** `1.20 s to 1.40 s behind`: the interval never holds 0. */
function extent({ min, max }: ClockOffset): string {
  const isAhead = min !== null && min > 0;
  const [least, most] = isAhead ? [min, max] : [nanos(-(max ?? 0)), min === null ? null : nanos(-min)];
  const size =
    most === null
      ? `at least ${time(least)}`
      : time(least) === time(most)
        ? time(least)
        : `${time(least)} to ${time(most)}`;
  return `${size} ${isAhead ? 'ahead of' : 'behind'}`;
}

const time = (value: Nanos): string => formatDuration(toMs(value));

const placesOf = (record: OrderedRecords['records'][number] | undefined): Note['records'] =>
  record ? [{ source: record.location.source, line: record.location.line }] : [];
