import { joinKey } from '../profile/ids';
import { hash64, hashed } from './hash64';
import type { PackedPlaces, Places } from './postings';
import { noValue, type StepRows, stepBit } from './stepRows';
import { columnsOf, stateOf, stepState } from './stepState';
import type { TraceRows } from './traceRows';

/** Byte strings, one behind the other; each ends where the next begins. */
export interface Texts {
  bytes: Uint8Array;
  ends: Uint32Array;
}

/** The traces of a range in columns, made to be kept: what their summaries are put together from. */
export interface TraceBlock {
  /** Epoch seconds that times are counted from, in nanoseconds. */
  base: number;
  /** One spelling of each trace's ID, and the hash of its join key: high and low half. */
  ids: Texts;
  keys: Uint32Array;
  records: Uint32Array;
  errors: Uint32Array;
  from: Float64Array;
  to: Float64Array;
  bits: Uint8Array;
  first: Int32Array;
  firstTime: Float64Array;
  lane: Int32Array;
  /** Where each trace's services end. */
  serviceEnds: Uint32Array;
  services: Int32Array;
  serviceTimes: Float64Array;
  serviceAt: Uint32Array;
  /** Where each trace's steps end, and its open ones; see {@link StepBlock}. */
  stepEnds: Uint32Array;
  openEnds: Uint32Array;
  steps: StepBlock;
  /** What services, hosts and users are numbers of. */
  values: Texts;
  places: PackedPlaces;
  /** Pairs of traces whose IDs stood on one record, the stronger name first. */
  pairs: Uint32Array;
}

/** Of a step that is known to have gone well: that, whether it may be side work, and whether it names no previous step. */
export const closedBit = { closed: 1, side: 2, root: 4 } as const;

/** Steps in the order of their traces. Where all of a trace's are known to have gone well little is kept of them. */
export interface StepBlock {
  /** 53 bits of the hash of its ID. */
  keys: Float64Array;
  /** Who did it, -1 if the log does not say. */
  workers: Int32Array;
  /** See {@link closedBit}; 0: open. */
  states: Uint8Array;
  start: Float64Array;
  /** Of the open ones, in their order: as in `StepRows`. */
  bits: Uint16Array;
  end: Float64Array;
  service: Int32Array;
  service2: Int32Array;
  last: Float64Array;
  last2: Float64Array;
  host: Int32Array;
  host2: Int32Array;
  /** Where each open one's previous steps end; these as places among the steps of the block. */
  previousEnds: Uint32Array;
  previous: Uint32Array;
}

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** Packs what a range's rows hold. */
export function blockOf(rows: TraceRows, places: Places, pairs: readonly number[], base: number): TraceBlock {
  const { size } = rows.ids;
  const keys = new Uint32Array(2 * size);
  for (let row = 0; row < size; row++) {
    const key = encoder.encode(joinKey(decoder.decode(rows.ids.text(row))));
    hash64(key, 0, key.length);
    keys[2 * row] = hashed.high;
    keys[2 * row + 1] = hashed.low;
  }
  const { order, ends } = stepOrder(rows.steps, size);
  const steps = stepBlock(rows.steps, order, ends);
  return {
    base,
    ids: rows.ids.texts(),
    keys,
    records: rows.records.slice(0, size),
    errors: rows.errors.slice(0, size),
    from: rows.from.slice(0, size),
    to: rows.to.slice(0, size),
    bits: rows.bits.slice(0, size),
    first: rows.first.slice(0, 4 * size),
    firstTime: rows.firstTime.slice(0, 4 * size),
    lane: rows.lane.slice(0, 4 * size),
    ...servicesOf(rows),
    stepEnds: ends,
    openEnds: openEnds(ends, steps.states),
    steps,
    values: rows.values.texts(),
    places: places.pack(size),
    pairs: Uint32Array.from(pairs),
  };
}

function servicesOf(rows: TraceRows): Pick<TraceBlock, 'serviceEnds' | 'services' | 'serviceTimes' | 'serviceAt'> {
  const { size } = rows.ids;
  const serviceEnds = new Uint32Array(size);
  const services = new Int32Array(rows.servicesSize);
  const serviceTimes = new Float64Array(rows.servicesSize);
  const serviceAt = new Uint32Array(rows.servicesSize);
  let next = 0;
  for (let row = 0; row < size; row++) {
    for (let at = rows.services[row]!; at >= 0; at = rows.nextService[at]!) {
      services[next] = rows.service[at]!;
      serviceTimes[next] = rows.serviceTime[at]!;
      serviceAt[next++] = rows.serviceAt[at]!;
    }
    serviceEnds[row] = next;
  }
  return { serviceEnds, services, serviceTimes, serviceAt };
}

/** The rows of steps in the order of their traces. */
function stepOrder({ ids, trace }: StepRows, traces: number): { order: Uint32Array; ends: Uint32Array } {
  const ends = new Uint32Array(traces);
  for (let row = 0; row < ids.size; row++) ends[trace[row]!]! += 1;
  for (let at = 1; at < traces; at++) ends[at]! += ends[at - 1]!;
  const next = ends.slice();
  const order = new Uint32Array(ids.size);
  for (let row = ids.size - 1; row >= 0; row--) {
    const at = --next[trace[row]!]!;
    order[at] = row;
  }
  return { order, ends };
}

function openEnds(ends: Uint32Array, states: Uint8Array): Uint32Array {
  let at = 0;
  let open = 0;
  return ends.map(end => {
    for (; at < end; at++) if (states[at] === 0) open++;
    return open;
  });
}

function stepBlock(steps: StepRows, order: Uint32Array, ends: Uint32Array): StepBlock {
  const count = order.length;
  const keys = new Float64Array(count);
  const workers = new Int32Array(count);
  const states = new Uint8Array(count);
  const start = new Float64Array(count);
  const placeOf = new Uint32Array(count);
  for (let at = 0; at < count; at++) placeOf[order[at]!] = at;
  const more = previousOfMany(steps);
  for (let at = 0; at < count; at++) {
    const row = order[at]!;
    const id = steps.ids.text(row);
    hash64(id, 0, id.length);
    keys[at] = (hashed.high & 0x1fffff) * 2 ** 32 + hashed.low;
    workers[at] = steps.bits[row]! & stepBit.started ? steps.worker[row]! : steps.service[row]!;
    start[at] = steps.start[row]!;
    states[at] = isClosed(steps, row, more.get(row)) ? closedState(steps, row) : 0;
  }
  openUnfinished(states, ends);
  const open: number[] = [];
  for (let at = 0; at < count; at++) if (states[at] === 0) open.push(order[at]!);
  const previousEnds = new Uint32Array(open.length);
  const previous: number[] = [];
  for (const [at, row] of open.entries()) {
    for (const other of previousOf(steps, row, more.get(row))) previous.push(placeOf[other]!);
    previousEnds[at] = previous.length;
  }
  const pick = <Values extends Float64Array | Int32Array | Uint16Array>(column: Values, into: Values): Values => {
    for (let at = 0; at < open.length; at++) into[at] = column[open[at]!]!;
    return into;
  };
  const { length } = open;
  return {
    keys,
    workers,
    states,
    start,
    bits: pick(steps.bits, new Uint16Array(length)),
    end: pick(steps.end, new Float64Array(length)),
    service: pick(steps.service, new Int32Array(length)),
    service2: pick(steps.service2, new Int32Array(length)),
    last: pick(steps.last, new Float64Array(length)),
    last2: pick(steps.last2, new Float64Array(length)),
    host: pick(steps.host, new Int32Array(length)),
    host2: pick(steps.host2, new Int32Array(length)),
    previousEnds,
    previous: Uint32Array.from(previous),
  };
}

/** The previous steps beyond the first, of steps that have several. */
function previousOfMany({ more }: StepRows): Map<number, number[]> {
  const lists = new Map<number, number[]>();
  for (let at = 0; at < more.length; at += 2) {
    const list = lists.get(more[at]!);
    if (list) list.push(more[at + 1]!);
    else lists.set(more[at]!, [more[at + 1]!]);
  }
  return lists;
}

function previousOf(steps: StepRows, row: number, more: readonly number[] = []): number[] {
  const first = steps.previous[row]!;
  return first < 0 ? [] : [first, ...more];
}

function closedState({ bits, previous }: StepRows, row: number): number {
  const side = bits[row]! & stepBit.side ? closedBit.side : 0;
  return closedBit.closed | side | (previous[row]! < 0 ? closedBit.root : 0);
}

/** How a trace went of which a step did not go well for sure is told by the times of all of them. */
function openUnfinished(states: Uint8Array, ends: Uint32Array): void {
  for (const [trace, end] of ends.entries()) {
    const own = states.subarray(trace === 0 ? 0 : ends[trace - 1]!, end);
    if (own.includes(0)) own.fill(0);
  }
}

/** Whether what the range holds of a step is all that matters, unless another range has a record of it too. */
function isClosed(steps: StepRows, row: number, more: readonly number[] | undefined): boolean {
  const bits = steps.bits[row]!;
  // What has no start here may have it in another range.
  if (!(bits & stepBit.started) || !(bits & stepBit.ended) || bits & (stepBit.unsure | stepBit.spans)) return false;
  const first = steps.previous[row]!;
  if (first >= 0 && !(steps.bits[first]! & stepBit.seen)) return false;
  if (more?.some(other => !(steps.bits[other]! & stepBit.seen))) return false;
  const publishes = (service: number) =>
    (first >= 0 && isWorker(steps, first, service)) || (more?.some(other => isWorker(steps, other, service)) ?? false);
  return stateOf(columnsOf(steps, row), first >= 0, publishes) === stepState.ok;
}

const isWorker = (steps: StepRows, row: number, service: number): boolean =>
  (steps.bits[row]! & stepBit.started) !== 0 && steps.worker[row] === service && service !== noValue;
