import { append } from '../../base/groupBy';
import { int32Column } from '../columns';
import type { OrderedRecords } from '../records/orderRecords';
import { stepless } from '../records/recordSigns';
import { formSingleAttempt } from './attempts';
import { newDraft, type StepDraft } from './stepDraft';

interface Extent {
  first: number;
  last: number;
}

/**
 * Steps for records without a step ID: a lane's run of records (service, host and thread; a tool call is a lane of its
 * own), cut at a gap only if another lane or step begins and ends inside it, unless the record behind the gap states that
 * its work began before it, or where the log itself names another type of work, or the same once more.
 */
export function madeUpSteps(ordered: OrderedRecords, logged: readonly StepDraft[]): StepDraft[] {
  if ((ordered.signs.any & stepless) === 0) return [];
  const lanes = new Map<string, number[]>();
  ordered.records.forEach((record, index) => {
    if (record.stepId !== null) return;
    const { service, host, thread, toolCallId } = record;
    append(lanes, [service, host, thread, toolCallId].map(part => part ?? '').join('\n'), index);
  });
  const extents: Extent[] = [
    ...[...lanes.values()].map(list => ({ first: list[0]!, last: list.at(-1)! })),
    ...logged
      .filter(step => step.records.length > 0)
      .map(({ records }) => ({ first: records[0]!, last: records.at(-1)! })),
  ];
  const fitsInside = insideTest(extents, ordered.records.length);

  const drafts: StepDraft[] = [];
  // A log may use any text as step ID, this one's form too.
  const taken = new Set(logged.map(step => step.key));
  const open = (index: number) => {
    const service = ordered.records[index]!.service ?? 'log';
    let key = `~${service}#${index + 1}`;
    while (taken.has(key)) key += "'";
    const draft = newDraft(drafts.length, key, null);
    drafts.push(draft);
    const own: number[] = [];
    draft.records = own;
    return { draft, own };
  };
  for (const list of lanes.values()) {
    let { draft, own } = open(list[0]!);
    /** The last run of each type of work: one that others interrupt may go on. */
    const runs = new Map<string | null, { draft: StepDraft; own: number[] }>();
    list.forEach((index, at) => {
      const before = list[at - 1];
      const { stepType } = ordered.records[index]!;
      const sameWork = draft.stepType === null || stepType === null || stepType === draft.stepType;
      const otherWork = !sameWork || repeats(own, index, ordered);
      const isCut = otherWork || (before !== undefined && fitsInside(before, index) && !covers(index, own, ordered));
      if (before !== undefined && isCut) {
        const run = sameWork ? undefined : runs.get(stepType);
        ({ draft, own } = run && covers(index, run.own, ordered) ? run : open(index));
      }
      draft.stepType ??= stepType;
      runs.set(draft.stepType, { draft, own });
      own.push(index);
    });
  }
  for (const draft of drafts) formSingleAttempt(draft, ordered);
  return drafts;
}

/** Whether a record states that its work began before all others of the run: what was logged in between is a part of it. */
function covers(index: number, own: readonly number[], { records, stamps, ticks }: OrderedRecords): boolean {
  const { duration, timeIs } = records[index]!;
  const [first, last] = [stamps[own[0]!]!, stamps[index]!];
  if (duration === null || timeIs === 'start') return false;
  const tick = Math.max(ticks[index]!, ticks[own[0]!]!, duration / 100);
  return last - duration <= first + tick;
}

/** Whether two records of a named type of work each state how long it took, the later one's after the earlier one's: two works. */
function repeats(own: readonly number[], index: number, { records, stamps }: OrderedRecords): boolean {
  const before = records[own.at(-1) ?? index]!;
  const { stepType, duration, timeIs } = records[index]!;
  if (stepType === null || duration === null || before.stepType !== stepType || before.duration === null) return false;
  const ended = stamps[own.at(-1)!]! + (before.timeIs === 'start' ? before.duration : 0);
  return stamps[index]! - (timeIs === 'end' ? duration : 0) >= ended;
}

/** Whether any extent begins and ends strictly between two positions; one backward sweep, then O(1) a question. */
function insideTest(extents: readonly Extent[], positions: number): (after: number, before: number) => boolean {
  const earliestEnd = int32Column(positions + 1).fill(positions);
  for (const { first, last } of extents) earliestEnd[first] = Math.min(earliestEnd[first]!, last);
  for (let at = positions - 1; at >= 0; at--) earliestEnd[at] = Math.min(earliestEnd[at]!, earliestEnd[at + 1]!);
  return (after, before) => earliestEnd[after + 1]! < before;
}
