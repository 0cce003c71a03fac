import type { TraceBlock } from './traceBlock';

/** How many there are of what a block has columns of. */
export interface BlockCounts {
  traces: number;
  services: number;
  steps: number;
  /** Steps that are not known to have gone well. */
  open: number;
  previous: number;
  values: number;
  pairs: number;
  idBytes: number;
  valueBytes: number;
  placeBytes: number;
}

export const countsOf = ({ ids, services, steps, values, places, pairs }: TraceBlock): BlockCounts => ({
  traces: ids.ends.length,
  services: services.length,
  steps: steps.keys.length,
  open: steps.bits.length,
  previous: steps.previous.length,
  values: values.ends.length,
  pairs: pairs.length / 2,
  idBytes: ids.bytes.length,
  valueBytes: values.bytes.length,
  placeBytes: places.bytes.length,
});

/** A block's columns one behind the other, those of the widest numbers first. */
export function bytesOfBlock(block: TraceBlock): Uint8Array {
  const { ids, steps, values, places } = block;
  const columns = [
    ...[block.from, block.to, block.firstTime, block.serviceTimes],
    ...[steps.keys, steps.start, steps.end, steps.last, steps.last2],
    ...[ids.ends, block.keys, block.records, block.errors, block.first, block.lane],
    ...[block.serviceEnds, block.services, block.serviceAt, block.stepEnds, block.openEnds],
    ...[steps.workers, steps.service, steps.service2, steps.host, steps.host2, steps.previousEnds, steps.previous],
    ...[values.ends, places.ends, block.pairs],
    ...[steps.bits, block.bits, steps.states, ids.bytes, values.bytes, places.bytes],
  ];
  const bytes = new Uint8Array(columns.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let at = 0;
  for (const { buffer, byteOffset, byteLength } of columns) {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at);
    at += byteLength;
  }
  return bytes;
}

/**
 * The block whose columns these are, as views of them.
 * @param bytes which begin at a multiple of 8 and may hold anything
 * @returns `null` where they are no such columns: nothing in a block points to what is not there
 */
export function blockOfBytes(bytes: Uint8Array, counts: BlockCounts, base: number): TraceBlock | null {
  const { traces, services, steps, open, previous, values, pairs, idBytes, valueBytes, placeBytes } = counts;
  let at = 0;
  const take = <Column>(of: new (buffer: ArrayBufferLike, at: number, length: number) => Column, count: number) => {
    const width = (of as unknown as { BYTES_PER_ELEMENT: number }).BYTES_PER_ELEMENT;
    const from = bytes.byteOffset + at;
    at += width * count;
    return at <= bytes.length ? new of(bytes.buffer, from, count) : new of(new ArrayBuffer(0), 0, 0);
  };
  const times = (count: number) => take(Float64Array, count);
  const numbers = (count: number) => take(Uint32Array, count);
  const places = (count: number) => take(Int32Array, count);
  const texts = (count: number) => take(Uint8Array, count);
  const [from, to, firstTime, serviceTimes] = [times(traces), times(traces), times(4 * traces), times(services)];
  const [keys, start, end, last, last2] = [times(steps), times(steps), times(open), times(open), times(open)];
  const [idEnds, idKeys, records] = [numbers(traces), numbers(2 * traces), numbers(traces)];
  const [errors, first, lane] = [numbers(traces), places(4 * traces), places(4 * traces)];
  const [serviceEnds, serviceOf, serviceAt] = [numbers(traces), places(services), numbers(services)];
  const [stepEnds, openEnds, workers] = [numbers(traces), numbers(traces), places(steps)];
  const [service, service2, host, host2] = [places(open), places(open), places(open), places(open)];
  const [previousEnds, previousOf] = [numbers(open), numbers(previous)];
  const [valueEnds, placeEnds, pairOf] = [numbers(values), numbers(traces), numbers(2 * pairs)];
  const [stepBits, bits, states] = [take(Uint16Array, open), texts(traces), texts(steps)];
  const block: TraceBlock = {
    base,
    ids: { ends: idEnds, bytes: texts(idBytes) },
    keys: idKeys,
    ...{ records, errors, from, to, bits, first, firstTime, lane },
    ...{ serviceEnds, services: serviceOf, serviceTimes, serviceAt },
    ...{ stepEnds, openEnds },
    steps: {
      ...{ keys, workers, states, start, bits: stepBits, end, service, service2, last, last2, host, host2 },
      ...{ previousEnds, previous: previousOf },
    },
    values: { ends: valueEnds, bytes: texts(valueBytes) },
    places: { ends: placeEnds, bytes: texts(placeBytes) },
    pairs: pairOf,
  };
  return at === bytes.length && isSound(block, counts) ? block : null;
}

/** Whether all that points into a column points to what is there, and all times can be shown. */
function isSound(block: TraceBlock, counts: BlockCounts): boolean {
  const { ids, values, places, steps } = block;
  const end = (column: Uint32Array, of: number) => ascends(column, of);
  const isValue = (column: Int32Array, least: number) => isWithin(column, least, counts.values);
  return (
    end(ids.ends, counts.idBytes) &&
    end(values.ends, counts.valueBytes) &&
    end(places.ends, counts.placeBytes) &&
    end(block.serviceEnds, counts.services) &&
    end(block.stepEnds, counts.steps) &&
    end(steps.previousEnds, counts.previous) &&
    isValue(block.first, -1) &&
    isValue(block.lane, -1) &&
    isValue(block.services, 0) &&
    [steps.workers, steps.service, steps.service2, steps.host, steps.host2].every(column => isValue(column, -2)) &&
    isWithin(steps.previous, 0, counts.steps) &&
    isWithin(block.pairs, 0, counts.traces) &&
    countsOpen(block) &&
    block.from.every((from, row) => isSpan(from, block.to[row]!))
  );
}

/** Whether each ends where or behind where the one before does, and the last one with all. */
function ascends(ends: Uint32Array, total: number): boolean {
  let before = 0;
  for (const end of ends) {
    if (end < before) return false;
    before = end;
  }
  return before === total;
}

function isWithin(column: Int32Array | Uint32Array, least: number, limit: number): boolean {
  for (const value of column) if (value < least || value >= limit) return false;
  return true;
}

function countsOpen({ stepEnds, openEnds, steps }: TraceBlock): boolean {
  let at = 0;
  let open = 0;
  for (let row = 0; row < stepEnds.length; row++) {
    for (; at < stepEnds[row]!; at++) if (steps.states[at] === 0) open++;
    if (openEnds[row] !== open) return false;
  }
  return open === steps.bits.length;
}

/** Multiples of 8 ns, as far as a double counts them. */
const most = 8 * 2 ** 53;

/** Nothing at all is from behind everything to before it. */
const isSpan = (from: number, to: number): boolean =>
  from <= to
    ? Number.isInteger(from) && Number.isInteger(to) && from >= -most && to <= 2 * most
    : from === Number.POSITIVE_INFINITY && to === Number.NEGATIVE_INFINITY;
