import { append } from '../../base/groupBy';
import { type LogRecord, logOf } from '../../model/logRecord';
import { joinKey } from '../../profile/ids';
import { type OrderedRecords, stampOf } from '../records/orderRecords';
import { addLink, linksOf, notAfter, type StepDraft } from '../steps/stepDraft';

/** A step whose records carry an ID that several steps may share, and the first of those records. */
export interface Holder {
  step: StepDraft;
  record: number;
}

/** The records that a step itself wrote, or where it wrote none, those that announce it. */
export const writtenBy = ({ records, handoffs }: StepDraft): readonly number[] =>
  records.length > 0 ? records : handoffs;

/**
 * Who carries which ID, in the order of the log.
 *
 * @param idsOf the IDs of one record
 * @param wanted only these are gathered, by {@link joinKey}; all where it is left out
 */
export function holdersOf(
  drafts: readonly StepDraft[],
  { records }: OrderedRecords,
  idsOf: (record: LogRecord, step: StepDraft) => Iterable<string>,
  wanted?: ReadonlySet<string>,
): Map<string, Holder[]> {
  const holders = new Map<string, Holder[]>();
  for (const step of drafts) {
    for (const record of writtenBy(step)) {
      for (const id of idsOf(records[record]!, step)) {
        const key = joinKey(id);
        if (wanted && !wanted.has(key)) continue;
        if (holders.get(key)?.at(-1)?.step !== step) append(holders, key, { step, record });
      }
    }
  }
  for (const list of holders.values()) if (list.length > 1) list.sort((a, b) => a.record - b.record);
  return holders;
}

/** How many holders had the ID before a record. @param holders in the order of their records */
export function countBefore(holders: readonly Holder[], record: number): number {
  let [low, high] = [0, holders.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holders[middle]!.record < record) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Adds a joined link from a step to one before it, unless there is a link between the two. */
export type Join = (step: StepDraft, to: StepDraft) => void;

/** @returns a {@link Join} that knows the links there are, so that many to one step stay linear */
export function newJoin(): Join {
  const linked = new Map<StepDraft, Set<StepDraft>>();
  const linkedTo = (step: StepDraft) => {
    const known = linked.get(step) ?? new Set(linksOf(step).map(({ to }) => to));
    linked.set(step, known);
    return known;
  };
  return (step, to) => {
    if (step === to || linkedTo(step).has(to) || linkedTo(to).has(step)) return;
    linkedTo(step).add(to);
    addLink(step, to, 'follows', 'joined');
  };
}

/**
 * Whether a cause may stand before its effect: neither what its record tells of nor its step began later by more than a
 * tick. Without times the lines of one log have an order, those of several none.
 */
export function mayPrecede(cause: Holder, effect: Holder, ordered: OrderedRecords): boolean {
  const { records } = ordered;
  const { duration, timeIs } = records[cause.record]!;
  const stamp = stampOf(ordered, cause.record);
  const from = stamp !== null && duration !== null && timeIs === 'end' ? stamp - duration : stamp;
  const to = stampOf(ordered, effect.record);
  if (from === null || to === null) {
    const [a, b] = [records[cause.record]!.location, records[effect.record]!.location];
    return logOf(a) === logOf(b) && cause.record < effect.record;
  }
  const begun = (step: StepDraft, otherwise: number) => step.entry ?? otherwise;
  const tick = ordered.ticks[effect.record]!;
  return notAfter(from, to, tick) && notAfter(begun(cause.step, from), begun(effect.step, to), tick);
}

const messageAndTool = ({ messageId, toolCallId }: LogRecord): string[] =>
  [messageId, toolCallId].filter(id => id !== null);

/**
 * Resolves pointers that name a message or a tool call rather than a step: to the step that had it last before the
 * pointing step began; to the one that had it first, where the pointing step has it too (it names what it took up).
 * The IDs are gathered when the first such pointer asks.
 */
export class SharedIds {
  private readonly drafts: readonly StepDraft[];
  private readonly ordered: OrderedRecords;
  private holders: ReadonlyMap<string, Holder[]> | null = null;

  constructor(drafts: readonly StepDraft[], ordered: OrderedRecords) {
    this.drafts = drafts;
    this.ordered = ordered;
  }

  stepOf(id: string, pointing: StepDraft): StepDraft | null {
    this.holders ??= holdersOf(this.drafts, this.ordered, messageAndTool);
    const key = joinKey(id);
    const holders = this.holders.get(key);
    if (!holders) return null;
    const written = writtenBy(pointing);
    const isHolder = written.some(at => messageAndTool(this.ordered.records[at]!).some(own => joinKey(own) === key));
    if (isHolder) return holders.find(({ step }) => step !== pointing)?.step ?? null;
    return (holders[countBefore(holders, written[0] ?? 0) - 1] ?? holders[0])?.step ?? null;
  }
}
