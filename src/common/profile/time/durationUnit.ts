import type { ReadField } from '../recordReader';

/** Who writes a record, as far as it settles the unit of a duration that names none. */
interface Writer {
  /** Nanoseconds per 1. */
  unit: number;
  /** The last part of the duration's name. */
  duration: RegExp;
  /** Only whole numbers are durations of this writer. */
  integer?: boolean;
  /** Whether the record is one of this writer's. */
  wrote(record: Company, duration: ReadField): boolean;
  /** The record's stamp is the start. */
  stampIsStart?: boolean;
}

const anyDuration = /^(?:duration|elapsed|latency|took|dur)$/i;

/**
 * Writers by the fields that keep a duration company (field-names §1.1, §1.4). Each is known by names, by the order in
 * which it writes them, or by the unit of the stamp beside the duration: never by the duration's own size.
 */
const writers: readonly Writer[] = [
  // Serilog (`@t`, `@mt` or `MessageTemplate`).
  { unit: 1e6, duration: /^Elapsed$/, wrote: has => has.name(/^@m?t$|^MessageTemplate$/) },
  // Sidekiq: `jid` and `tid`.
  { unit: 1e9, duration: /^elapsed$/, wrote: has => has.name(/(?:^|\.)jid$/) && has.name(/^tid$/) },
  // zap, and Caddy with it: epoch seconds with a fraction in `ts`.
  {
    unit: 1e9,
    duration: anyDuration,
    wrote: has =>
      has.value('ts', /^\d{10}\.\d+$/) && has.name(/^level$/) && has.name(/^msg$/) && has.name(/^(?:caller|logger)$/),
  },
  // zerolog writes the level first, the time last but for the message.
  { unit: 1e6, duration: anyDuration, wrote: (has, { name }) => has.order('level', name, 'time', 'message') },
  // slog's JSON begins with time, level and message, the level in capitals.
  {
    unit: 1,
    duration: anyDuration,
    integer: true,
    wrote: (has, { name }) =>
      has.order('time', 'level', 'msg', name) && has.value('level', /^(?:DEBUG|INFO|WARN|ERROR)/),
  },
  // lograge.
  {
    unit: 1e6,
    duration: /^duration$/,
    wrote: has => has.name(/^controller$/) && has.name(/^action$/) && has.name(/^format$/),
  },
  // Envoy and Istio: `%DURATION%`.
  { unit: 1e6, duration: /^duration$/, wrote: has => has.name(/^response_?flags$/i), stampIsStart: true },
  // Traefik.
  { unit: 1, duration: /^Duration$/, integer: true, wrote: has => has.name(/^DownstreamStatus$/) },
  // Azure Application Insights: requests and dependencies.
  {
    unit: 1e6,
    duration: /^duration(?:Ms)?$/i,
    wrote: has =>
      (has.name(/^operation_Id$/) && has.name(/^itemType$/)) ||
      (has.name(/^OperationId$/) && has.name(/^AppRoleName$/)),
    stampIsStart: true,
  },
  // IIS, and CloudFront, which writes the same name.
  { unit: 1e6, duration: /^time-taken$/, wrote: has => has.name(/^sc-(?:win32-status|substatus)$/) },
  { unit: 1e9, duration: /^time-taken$/, wrote: has => has.name(/^x-edge-/) },
  // Spans of Zipkin and Jaeger: both numbers in microseconds.
  {
    unit: 1e3,
    duration: /^duration$/,
    integer: true,
    wrote: (has, { name }) =>
      has.name(/(?:^|\.)trace_?id$/i) && has.beside(name, /^(?:timestamp|startTime)$/, /^\d{16}$/),
    stampIsStart: true,
  },
  // Spans of Datadog: both in nanoseconds.
  {
    unit: 1,
    duration: /^duration$/,
    integer: true,
    wrote: (has, { name }) => has.name(/(?:^|\.)trace_?id$/i) && has.beside(name, /^start$/, /^\d{19}$/),
    stampIsStart: true,
  },
  // The OpenTelemetry collector's table of spans in ClickHouse.
  {
    unit: 1,
    duration: /^Duration$/,
    integer: true,
    wrote: has => has.name(/^SpanName$/) && has.name(/^SpanKind$/),
    stampIsStart: true,
  },
];

/** What a writer settles of a duration. */
export interface WrittenDuration {
  /** Nanoseconds per 1. */
  unit: number;
  stampIsStart: boolean;
}

/** Who writes a duration without a unit, by the record's other fields; `null` where they do not tell. */
export function writtenDuration(duration: ReadField, fields: readonly ReadField[]): WrittenDuration | null {
  const last = duration.name.slice(duration.name.lastIndexOf('.') + 1);
  const company = new Company(fields);
  const isInteger = /^\d+$/.test(duration.value);
  for (const writer of writers) {
    if (!writer.duration.test(last) || (writer.integer && !isInteger) || !writer.wrote(company, duration)) continue;
    return { unit: writer.unit, stampIsStart: writer.stampIsStart ?? false };
  }
  return null;
}

/** The fields of a record, asked for by name. */
class Company {
  private readonly fields: readonly ReadField[];

  constructor(fields: readonly ReadField[]) {
    this.fields = fields;
  }

  name(pattern: RegExp): boolean {
    return this.fields.some(({ name }) => pattern.test(name));
  }

  value(name: string, pattern: RegExp): boolean {
    return this.fields.some(field => field.name === name && pattern.test(field.value));
  }

  /** Whether a field of the same object as `name` has such a name and value. */
  beside(name: string, pattern: RegExp, value: RegExp): boolean {
    const parent = name.slice(0, name.lastIndexOf('.') + 1);
    return this.fields.some(
      field =>
        field.name.startsWith(parent) && pattern.test(field.name.slice(parent.length)) && value.test(field.value),
    );
  }

  /** Whether the record has all these names, in this order. */
  order(...names: string[]): boolean {
    let before = -1;
    return names.every(name => {
      const at = this.fields.find(field => field.name === name)?.start ?? -1;
      const follows = at > before;
      before = at;
      return follows;
    });
  }
}
