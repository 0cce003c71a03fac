import { counted } from '../../base/counted';
import { logOf } from '../../model/logRecord';
import type { Note } from '../../model/note';
import type { OrderedRecords } from '../records/orderRecords';
import { linksOf, type StepDraft } from '../steps/stepDraft';

/**
 * Steps that began, that nothing follows, and whose end is not in the logs. Where the same log goes on with the trace
 * its writer lived on: the step hung, timed out or its worker died alone. Where the log says no more, its writer may
 * have crashed, be running still, or have gone on in a file that is not here. In a trace whose log never writes ends
 * the lack of one says nothing.
 *
 * @param some those among all steps that may have begun and not ended
 */
export function unendedNotes(
  drafts: readonly StepDraft[],
  some: readonly StepDraft[],
  { records }: OrderedRecords,
): Note[] {
  const unended = some.filter(isUnended);
  if (unended.length === 0) return [];
  const followed = new Set<StepDraft>();
  for (const draft of drafts)
    for (const { to, meaning } of linksOf(draft)) if (meaning === 'follows' && isUnended(to)) followed.add(to);
  const last = unended.filter(draft => !followed.has(draft));
  const logsEnds = drafts.length === 1 || drafts.some(({ releasing }) => releasing?.endLogged);
  if (last.length === 0 || !logsEnds) return [];

  const lastOfLog = new Map<string, number>();
  for (const [index, { location }] of records.entries()) lastOfLog.set(logOf(location), index);
  const goesOn = ({ records: own }: StepDraft) => {
    const end = own.at(-1)!;
    return lastOfLog.get(logOf(records[end]!.location))! > end;
  };
  const lived = last.filter(goesOn).length;
  return [
    {
      kind: 'timeout',
      count: last.length,
      text: textOf(last.length, lived),
      steps: last.map(({ key }) => key),
      records: last.map(({ records: [first] }) => {
        const { source, line } = records[first!]!.location;
        return { source, line };
      }),
    },
  ];
}

const isUnended = ({ releasing }: StepDraft): boolean =>
  releasing?.startLogged === true && !releasing.endLogged && releasing.status === 'unknown';

function textOf(all: number, lived: number): string {
  const silent = all - lived;
  const head = `${counted(all, 'step')} began and did not end in these logs`;
  const hung = 'went on with this trace: hung, timed out, or its worker died';
  const gone = 'ends there for this trace: still running, crashed, or the rest is in a file that is not here';
  if (lived > 0 && silent > 0) return `${head}: of ${lived} the log ${hung}; of ${silent} it ${gone}.`;
  return `${head}, and ${all === 1 ? 'its log' : 'the log of each'} ${lived > 0 ? hung : gone}.`;
}
