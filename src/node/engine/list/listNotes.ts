import { counted } from '../../../common/base/counted';
import type { Note } from '../../../common/model/note';
import type { Summaries } from '../scan/scanJobs';
import { sourceNote } from '../search/search';

/** Records that were found at first and were something else when they were read again. */
export function lostNotes(lost: readonly Summaries['lost'][number][]): Note[] {
  const sums = new Map<string, number>();
  for (const { source, records } of lost) sums.set(source, (sums.get(source) ?? 0) + records);
  return [...sums].map(([source, records]) => {
    const text = `${source} changed while being read: ${counted(records, 'record', { one: 'is', many: 'are' })} gone and not in this list.`;
    return { ...sourceNote(source, { kind: 'truncatedSource', text }), count: records };
  });
}

/** What of the records is in no trace, or not as it stands in its source. */
export function countNotes({ withoutId, cut }: { withoutId: number; cut: number }): Note[] {
  const note = (kind: Note['kind'], count: number, text: string): Note[] =>
    count === 0 ? [] : [{ kind, count, text, steps: [], records: [] }];
  return [
    ...note(
      'countedNot',
      withoutId,
      `${counted(withoutId, 'record', { one: 'has', many: 'have' })} no correlation ID and ${withoutId === 1 ? 'is' : 'are'} in no trace of this list. One that names an ID in its text is shown with the trace.`,
    ),
    ...note(
      'cut',
      cut,
      `${counted(cut, 'record', { one: 'is', many: 'are' })} longer than 1 MiB: only the beginning was read.`,
    ),
  ];
}
