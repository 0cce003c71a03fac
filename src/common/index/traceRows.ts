import { role } from '../templates/recordFacts';
import { isPlumbing, kindOfName } from '../trace/records/stepKind';
import { ByteTable } from './byteTable';
import { grown } from './columns';
import { StepRows, stepBit } from './stepRows';
import type { SummaryRecord } from './summaryRecord';

const decoder = new TextDecoder();

/** What is known of a trace, as bits. */
export const traceBit = {
  /** Its records have to be read for its values: one has no time, or several group IDs. */
  inexact: 1,
  /** Its steps cannot be told without its records. */
  unsure: 2,
  /** A record names no step; all of those are of one service, host and thread unless `lanes`; one of them ends it. */
  stepless: 4,
  lanes: 8,
  ended: 16,
} as const;

/** Values of which a trace shows the first. */
export const firstRoles = [role.user, role.session, role.entity, role.organization] as const;

/** The traces of a range, one row each, while it is read. */
export class TraceRows {
  readonly ids = new ByteTable();
  /** Services, users and whatever else is shown. */
  readonly values = new ByteTable();
  readonly steps = new StepRows();
  records = new Uint32Array(512);
  errors = new Uint32Array(512);
  from = new Float64Array(512);
  to = new Float64Array(512);
  bits = new Uint8Array(512);
  /** Four a row, by {@link firstRoles}: the value, -1 for none, and the time of its record. */
  first = new Int32Array(2048);
  firstTime = new Float64Array(2048);
  /** The first of a list of services, -1 for none; then, one for each: the next, the value and its earliest time. */
  services = new Int32Array(512);
  nextService = new Int32Array(1024);
  service = new Int32Array(1024);
  serviceTime = new Float64Array(1024);
  /** Which of the range's records that time is of. */
  serviceAt = new Uint32Array(1024);
  servicesSize = 0;
  /** Service, host, thread and type of the first record that names no step; -1 for none. */
  lane = new Int32Array(2048);

  private rowOf(bytes: Uint8Array, start: number, end: number): number {
    const { size } = this.ids;
    const row = this.ids.add(bytes, start, end);
    if (row === size) this.open(row);
    return row;
  }

  private open(row: number): void {
    if (row >= this.records.length) this.grow(row);
    this.records[row] = this.errors[row] = this.bits[row] = 0;
    this.from[row] = Number.POSITIVE_INFINITY;
    this.to[row] = Number.NEGATIVE_INFINITY;
    this.services[row] = -1;
    this.first.fill(-1, 4 * row, 4 * row + 4);
    this.lane.fill(-1, 4 * row, 4 * row + 4);
  }

  private grow(row: number): void {
    this.records = grown(this.records, row);
    this.errors = grown(this.errors, row);
    this.bits = grown(this.bits, row);
    this.from = grown(this.from, row);
    this.to = grown(this.to, row);
    this.services = grown(this.services, row);
    this.first = grown(this.first, 4 * row + 3);
    this.firstTime = grown(this.firstTime, 4 * row + 3);
    this.lane = grown(this.lane, 4 * row + 3);
  }

  private growServices(at: number): void {
    this.nextService = grown(this.nextService, at);
    this.service = grown(this.service, at);
    this.serviceTime = grown(this.serviceTime, at);
    this.serviceAt = grown(this.serviceAt, at);
  }

  private size = 0;
  /** By value: whether it names side work, as far as that was asked. */
  private readonly isSide: boolean[] = [];

  /** Makes it as good as new, with its memory. */
  clear(): void {
    this.ids.clear();
    this.values.clear();
    this.steps.ids.clear();
    this.steps.more.length = 0;
    this.isSide.length = 0;
    this.servicesSize = 0;
    this.size = 0;
  }

  /** Adds a record to the trace of its correlation ID. @returns the trace's row */
  add(record: SummaryRecord): number {
    const { bytes, starts, ends, time } = record;
    const row = this.rowOf(bytes, starts[role.correlation]!, ends[role.correlation]!);
    this.size++;
    this.records[row] = this.records[row]! + 1;
    if (record.isError) this.errors[row] = this.errors[row]! + 1;
    if (Number.isNaN(time)) this.bits[row] = this.bits[row]! | traceBit.inexact;
    if (record.from < this.from[row]!) this.from[row] = record.from;
    if (record.to > this.to[row]!) this.to[row] = record.to;
    for (let index = 0; index < 4; index++) {
      const place = 4 * row + index;
      if (this.first[place]! >= 0 && !(time < this.firstTime[place]!)) continue;
      const value = this.valueOf(record, firstRoles[index]!);
      if (value < 0) continue;
      this.first[place] = value;
      this.firstTime[place] = time;
    }
    const service = this.valueOf(record, role.service);
    if (service >= 0) this.addService(row, service, time);
    const host = this.valueOf(record, role.host);
    if (starts[role.step]! < 0) this.addStepless(row, record, service, host);
    else this.addStep(row, record, service, host);
    return row;
  }

  /** What columns do not hold: the trace's records have to be read. */
  mark(row: number, bit: number): void {
    this.bits[row] = this.bits[row]! | bit;
  }

  /** One more previous step of a trace's step. */
  point(trace: number, stepId: Uint8Array, previousId: Uint8Array): void {
    const step = this.steps.row(trace, stepId, 0, stepId.length);
    this.steps.point(step, this.steps.row(trace, previousId, 0, previousId.length));
  }

  private addStep(trace: number, record: SummaryRecord, service: number, host: number): void {
    const { bytes, starts, ends } = record;
    const step = this.steps.row(trace, bytes, starts[role.step]!, ends[role.step]!);
    this.steps.add(step, record, service, host);
    this.addType(step, record);
    const previous = starts[role.previous]!;
    if (previous < 0) return;
    // Its records repeat it.
    const known = this.steps.previous[step]!;
    if (known >= 0 && this.steps.ids.holds(known, bytes, previous, ends[role.previous]!)) return;
    this.steps.point(step, this.steps.row(trace, bytes, previous, ends[role.previous]!));
  }

  private addType(step: number, record: SummaryRecord): void {
    const { steps, values } = this;
    const start = record.starts[role.stepType]!;
    const known = steps.type[step]!;
    // Its records repeat it.
    if (start >= 0 && known >= 0 && values.holds(known, record.bytes, start, record.ends[role.stepType]!)) return;
    const type = this.valueOf(record, role.stepType);
    if (type < 0) return;
    steps.type[step] = type;
    this.isSide[type] ??= isPlumbing(kindOfName(decoder.decode(values.text(type))));
    if (this.isSide[type]) steps.bits[step] = steps.bits[step]! | stepBit.side;
  }

  /** A record that names no step. */
  private addStepless(trace: number, record: SummaryRecord, service: number, host: number): void {
    let bits = this.bits[trace]!;
    const lane = 4 * trace;
    const thread = this.valueOf(record, role.thread);
    const type = this.valueOf(record, role.stepType);
    if (!(bits & traceBit.stepless)) {
      this.lane[lane] = service;
      this.lane[lane + 1] = host;
      this.lane[lane + 2] = thread;
      this.lane[lane + 3] = type;
    } else if (
      this.lane[lane] !== service ||
      this.lane[lane + 1] !== host ||
      this.lane[lane + 2] !== thread ||
      this.lane[lane + 3] !== type
    ) {
      bits |= traceBit.lanes;
    }
    if (record.isEnd) bits |= traceBit.ended;
    if (record.hasFailed || record.isError) bits |= traceBit.unsure;
    this.bits[trace] = bits | traceBit.stepless;
  }

  /** The number of a record's value; -1 for none. */
  private valueOf({ bytes, starts, ends, constants }: SummaryRecord, of: number): number {
    const start = starts[of]!;
    if (start >= 0) return this.values.add(bytes, start, ends[of]!);
    const constant = constants[of];
    return constant ? this.values.add(constant, 0, constant.length) : -1;
  }

  private addService(row: number, service: number, time: number): void {
    let last = -1;
    for (let at = this.services[row]!; at >= 0; at = this.nextService[at]!) {
      if (this.service[at] === service) {
        if (time < this.serviceTime[at]!) {
          this.serviceTime[at] = time;
          this.serviceAt[at] = this.size;
        }
        return;
      }
      last = at;
    }
    const at = this.servicesSize++;
    if (at === this.service.length) this.growServices(at);
    this.nextService[at] = -1;
    this.service[at] = service;
    this.serviceTime[at] = time;
    this.serviceAt[at] = this.size;
    if (last < 0) this.services[row] = at;
    else this.nextService[last] = at;
  }
}
