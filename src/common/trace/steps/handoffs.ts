import { type LogRecord, logOf } from '../../model/logRecord';
import { sideOf } from '../links/joinLinks';
import { type OrderedRecords, stampOf } from '../records/orderRecords';
import { ends, starts, states } from '../records/recordSigns';
import { attemptsOf, type StepDraft } from './stepDraft';

/** From the first to the last sign of an attempt; one that logs only its end is open to the past. */
export interface Extent {
  /** A record of each service and host that logged it: one, or both sides of a call. */
  lanes: readonly LogRecord[];
  first: number;
  last: number;
  from: number;
  to: number | null;
  /** Its service logs ends, but not here. */
  endLost: boolean;
}

/** Of each attempt at a step; none where no record of its work is there. */
export function extentsOf(draft: StepDraft, ordered: OrderedRecords): Extent[] {
  const { records, habits } = ordered;
  return attemptsOf(draft).map(({ records: written, start, end, endLogged }) => {
    const [first, last] = [written[0]!, written.at(-1)!];
    const isOpen = start === null && end !== null;
    const stamp = stampOf(ordered, last);
    return {
      lanes: lanesOf(written, records).map(at => records[at]!),
      first: isOpen ? -1 : first,
      last,
      from: start ?? (isOpen ? Number.NEGATIVE_INFINITY : (stampOf(ordered, first) ?? 0)),
      to: end === null || stamp === null ? (end ?? stamp) : Math.max(end, stamp),
      endLost: start !== null && !endLogged && habits.logsEnds(draft.service),
    };
  });
}

/** The first of some records of each service and host, by index. */
function lanesOf(written: readonly number[], records: readonly LogRecord[]): number[] {
  const lanes: number[] = [];
  for (const at of written) {
    const { service, host } = records[at]!;
    if (!lanes.some(lane => records[lane]!.service === service && records[lane]!.host === host)) lanes.push(at);
  }
  return lanes;
}

/**
 * Takes the handoffs out of a step's records: plain ones with its ID that the worker of a previous step wrote.
 * - Another service's than the one that starts or ends the step, where that service did a previous step, or where not
 *   every previous step left records of its work. Clocks may differ: the time says nothing here.
 * - Of the same service before the step's first start, or without starts or from another host inside the previous step's
 *   interval. Who logged on another host than the previous step did is an attempt of its own.
 * - Whoever wrote them, if they say that they publish this very step and nobody's work on it stands in their way.
 *
 * A line that itself states an end or a duration is one only where another service starts the work afterwards.
 *
 * @param draft a step that names previous steps
 * @param publishersAt the previous steps of a step that are in the logs, by index
 * @param extentsAt what is known of their attempts
 */
export function splitHandoffs(
  draft: StepDraft,
  publishersAt: (step: number) => readonly number[],
  ordered: OrderedRecords,
  extentsAt: (step: number) => readonly Extent[],
): void {
  if (isOneLane(draft, ordered) || isOnlyEnds(draft, ordered)) return;
  splitSeveral(draft, publishersAt, ordered, extentsAt);
}

/** A function of its own: to make functions inside another takes memory at each call of that, whether they are needed or not. */
function splitSeveral(
  draft: StepDraft,
  publishersAt: (step: number) => readonly number[],
  ordered: OrderedRecords,
  extentsAt: (step: number) => readonly Extent[],
): void {
  const firstStart = draft.records.find(index => (ordered.signs.of[index]! & starts) !== 0);
  const mayPrecede = (index: number) =>
    firstStart !== undefined && (index < firstStart || stampOf(ordered, index) === null);
  const isCandidate = (index: number) =>
    (ordered.signs.of[index]! & (starts | ends | states)) === 0 || mayPrecede(index);
  if (!draft.records.some(isCandidate)) return;
  const isHandoff = handoffTest(draft, firstStart, publishersAt(draft.index), ordered, extentsAt);
  if (!draft.records.some(isHandoff)) return;
  const own: number[] = [];
  const handoffs: number[] = [];
  for (const index of draft.records) (isHandoff(index) ? handoffs : own).push(index);
  draft.records = own;
  draft.handoffs = handoffs;
}

/** Whether a start comes first and all else is of its service and host: no line of it can be a publisher's. */
function isOneLane({ records: own }: StepDraft, { signs, lanes }: OrderedRecords): boolean {
  if ((signs.of[own[0]!]! & starts) === 0) return false;
  const lane = lanes.of[own[0]!];
  for (let at = 1; at < own.length; at++) if (lanes.of[own[at]!] !== lane) return false;
  return true;
}

/** Whether all state an end or a duration, and none a start that they could stand before. */
function isOnlyEnds({ records: own }: StepDraft, { signs }: OrderedRecords): boolean {
  for (let at = 0; at < own.length; at++) {
    const sign = signs.of[own[at]!]!;
    if ((sign & starts) !== 0 || (sign & (ends | states)) === 0) return false;
  }
  return true;
}

function handoffTest(
  draft: StepDraft,
  firstStart: number | undefined,
  publishers: readonly number[],
  ordered: OrderedRecords,
  extentsAt: (step: number) => readonly Extent[],
): (index: number) => boolean {
  const { records } = ordered;
  const work = lanesOf(
    draft.records.filter(index => !isPlain(records[index]!)),
    records,
  );
  const worker = firstStart ?? work[0];
  const working = worker === undefined ? undefined : records[worker]!.service;
  let lost: boolean | null = null;
  const isLost = () => {
    lost ??= publishers.length < draft.pointers.length || publishers.some(at => extentsAt(at).length === 0);
    return lost;
  };
  /** What ends on a record's lane before the first start belongs to an attempt whose start is lost. */
  const firstWork = (index: number, start: number) => {
    const { service, host } = records[index]!;
    const at = work.find(other => records[other]!.service === service && records[other]!.host === host);
    return at !== undefined && at > index && at < start ? index : start;
  };
  return index => {
    const record = records[index]!;
    const { service, host, phase, location } = record;
    const time = stampOf(ordered, index);
    // Without times, lines of different sources have no order.
    const comparable =
      time !== null || firstStart === undefined || logOf(records[firstStart]!.location) === logOf(location);
    const elsewhere = working !== undefined && service !== working;
    const early = firstStart !== undefined && (comparable ? index < firstWork(index, firstStart) : elsewhere);
    if (phase === 'start' || (!isPlain(record) && !(early && elsewhere))) return false;
    if (elsewhere && isLost()) return true;
    const awayFromWork = host !== null && work.length > 0 && work.every(at => isElsewhere(records[at]!.host, host));
    const isFree = firstStart === undefined || awayFromWork;
    const isWrittenIn = ({ lanes, first, last, from, to, endLost }: Extent): boolean => {
      const written = lanes.filter(lane => lane.service === service);
      if (written.length === 0) return false;
      if (elsewhere) return true;
      if (host !== null && written.every(lane => isElsewhere(lane.host, host))) return false;
      if (early) return true;
      // Nobody knows how long it ran: its line is told from the worker's by the service or the host alone.
      if (endLost && time !== null && time > from)
        return awayFromWork || draft.records.some(other => records[other]!.service !== service);
      const between = index > first && index < last;
      if (time === null || to === null) return between && isFree;
      // What is stamped at the very border belongs to the side that the order of lines puts it on; lines of different
      // files (a log rotated just then) have none.
      const border = time === from ? first : last;
      const atBorder =
        (time === from || time === to) && (between || logOf(records[border]!.location) !== logOf(location));
      return isFree && ((time > from && time < to) || atBorder);
    };
    const isWritten = publishers.some(publisher => extentsAt(publisher).some(isWrittenIn));
    return isWritten || ((early || isFree) && announcesItself(record));
  };
}

const isPlain = ({ phase, duration }: LogRecord): boolean => phase === 'progress' && duration === null;

/** Says that the step that it names is published; a worker that publishes the next one names that one. */
const announcesItself = (record: LogRecord): boolean =>
  record.stepType !== null && record.message.includes(record.stepType) && sideOf(record) === 'publishes';

const isElsewhere = (a: string | null, b: string): boolean => a !== null && a !== b;
