import { type Nanos, nanos } from '../../model/units';

const nanosPer: Record<string, number> = {
  ns: 1,
  nsec: 1,
  nsecs: 1,
  nano: 1,
  nanos: 1,
  nanosecond: 1,
  nanoseconds: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  usec: 1e3,
  usecs: 1e3,
  micro: 1e3,
  micros: 1e3,
  microsecond: 1e3,
  microseconds: 1e3,
  ms: 1e6,
  msec: 1e6,
  msecs: 1e6,
  milli: 1e6,
  millis: 1e6,
  millisecond: 1e6,
  milliseconds: 1e6,
  s: 1e9,
  sec: 1e9,
  secs: 1e9,
  second: 1e9,
  seconds: 1e9,
  m: 60e9,
  min: 60e9,
  mins: 60e9,
  minute: 60e9,
  minutes: 60e9,
  h: 3600e9,
  hr: 3600e9,
  hrs: 3600e9,
  hour: 3600e9,
  hours: 3600e9,
  d: 86_400e9,
  day: 86_400e9,
  days: 86_400e9,
};

/**
 * Names whose unit is settled by the library that writes them, for values without one (field-names §1.1): pino-http and
 * fastify `responseTime`, API Gateway's `responseLatency`, Envoy `%DURATION%`; ECS `event.duration`; nginx `$request_time`. `elapsed` is none of them:
 * milliseconds to Serilog, seconds to Sidekiq.
 */
const knownNames: Record<string, number> = {
  responsetime: 1e6,
  responselatency: 1e6,
  eventduration: 1,
  requesttime: 1e9,
  upstreamresponsetime: 1e9,
};

const longestValue = 64;
/** Longer is no duration but a mistake (a stamp in a duration's field, a wrong unit): ten years. */
const longest = 3653 * 86_400e9;
const digits = '\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d+(?:[.,]\\d+)?';
const plain = /^\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i;
const withComma = new RegExp(`^(?:${digits})$`);
const withUnits = new RegExp(`^(?:(?:${digits})\\s*[a-zµμ]+\\s*)+$`, 'i');
const part = new RegExp(`(${digits})\\s*([a-zµμ]+)`, 'gi');
const clockLike = /^(?:(\d+)\.)?(\d{1,2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?$/;
const iso = /^P(?:(\d+(?:\.\d+)?)D)?(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?$/i;

/**
 * A duration as a log states it, in nanoseconds; `null` where the unit is not known: size never decides.
 *
 * The unit is that of the value (`8ms`, `2m3s`, .NET `00:00:00.0184610`, ISO 8601 `PT0.5S`), else that of the name
 * (`duration_ms`, `elapsedMillis`, `tookNanos`), else of a name that a library settles, else `unit` (nanoseconds per 1).
 */
export function durationOf(name: string, value: string, unit: number | null = null): Nanos | null {
  const text = value.trim();
  if (plain.test(text)) {
    const scale = unitOfName(name) ?? unit;
    return scale === null ? null : whole(Number(text) * scale);
  }
  if (text.length > longestValue) return null;
  if (!withComma.test(text)) return withUnit(text);
  const scale = unitOfName(name) ?? unit;
  const amount = scale === null ? null : amountOf(text, scale);
  return scale === null || amount === null ? null : whole(amount * scale);
}

/**
 * A number with or without a comma: `1,234,567` and `8,400` of what is smaller than a second are thousands, `8,4` and
 * `0,400` have a fraction. `null` where it may be either (`8,400s`): size never decides.
 */
function amountOf(text: string, scale: number): number | null {
  if (!text.includes(',')) return Number(text);
  const groups = text.split(',');
  const isGrouped = groups.slice(1).every(group => /^\d{3}(?:\.\d+)?$/.test(group)) && !text.startsWith('0');
  if (!isGrouped) return groups.length === 2 ? Number(text.replace(',', '.')) : null;
  return groups.length > 2 || text.includes('.') || scale < 1e9 ? Number(text.replaceAll(',', '')) : null;
}

/** A duration with its unit: `8.4s`, `2m3s`, `00:00:00.018`, `PT0.5S`; `null` for anything else. */
function withUnit(text: string): Nanos | null {
  if (withUnits.test(text)) {
    let sum = 0;
    for (const [, amount, name] of text.matchAll(part)) {
      const scale = unitNamed(name ?? '');
      const count = scale === null ? null : amountOf(amount ?? '', scale);
      if (scale === null || count === null) return null;
      sum += count * scale;
    }
    return whole(sum);
  }
  const clock = clockLike.exec(text);
  if (clock) {
    const seconds = Number(clock[1] ?? 0) * 86_400 + Number(clock[2]) * 3600 + Number(clock[3]) * 60 + Number(clock[4]);
    return whole(seconds * 1e9 + Number((clock[5] ?? '').padEnd(9, '0')));
  }
  const match = text.length > 2 ? iso.exec(text) : null;
  if (!match) return null;
  const [days, hours, minutes, seconds] = match.slice(1).map(amount => Number(amount ?? 0));
  return whole((days ?? 0) * 86_400e9 + (hours ?? 0) * 3600e9 + (minutes ?? 0) * 60e9 + (seconds ?? 0) * 1e9);
}

const whole = (value: number): Nanos | null => (value >= 0 && value <= longest ? nanos(Math.round(value)) : null);

const unitNamed = (name: string): number | null => {
  const key = name.toLowerCase();
  return Object.hasOwn(nanosPer, key) ? (nanosPer[key] ?? null) : null;
};

const lastWord = /(?:[_.\-\s]|(?<=[a-z])(?=[A-Z]))([A-Za-z]?[a-zµ]+|[A-Z]+)$/;

/** Nanoseconds per 1 by a name's last word (`_ms`, `Millis`, `inSeconds`), or by the library that owns the name. */
export function unitOfName(name: string): number | null {
  const word = lastWord.exec(name)?.[1];
  const byWord = word ? unitNamed(word) : unitNamed(name);
  if (byWord !== null && word !== 'd' && word !== 'm') return byWord;
  const packed =
    /(?:duration|elapsed|latency|took|time|timetaken|processing|execution)(?:in)?(ns|us|ms|millis|nanos|micros|milliseconds|seconds|secs|sec)$/i.exec(
      name,
    );
  if (packed?.[1]) return unitNamed(packed[1]);
  const key = name.toLowerCase().replace(/[_\-.@]/g, '');
  // nginx's users and Cloud Foundry write seconds under the name in lower case.
  if (/(?:^|\.)response_time$/.test(name)) return null;
  return Object.hasOwn(knownNames, key) ? (knownNames[key] ?? null) : null;
}

const units = '(?:ns|us|µs|μs|ms|msecs?|millis|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hours?)';
/** One or more amounts, each with its unit: `24ms`, `8,400 ms`, `0m8.4s`, `1m 3s`. */
const amount = `((?:(?:${digits})\\s?${units}\\s?(?=\\d))*(?:${digits})\\s?${units})\\b(?![\\w/])`;
const named = new RegExp(
  `\\b(?:took|elapsed|(?:response|execution|processing|total) time|time taken|duration)\\b[:=]?\\s*[([]?${amount}`,
  'i',
);
const behindVerb = new RegExp(`^(?:[^;:,]|[;:,](?!\\s)){0,160}?\\b(?:in|after)\\s[([]?${amount}`, 'i');
const rightBehindVerb = new RegExp(`^[\\w ]{0,40}[([]${amount}[)\\]]|^\\s+${amount}`, 'i');
/** A time that was allowed or is still to come, not one that was taken. */
const otherTime = /\b(?:time[ -]?d?[ -]?out|deadline|limit|within|retry\w*|next|again|expires?|max|min)\b/i;

/**
 * The duration that a message states of what its verb ended, and where its text stands: `… took 2.1 s`, or behind the
 * verb, whose end is `verbEnd`, in the same clause: `completed in 24ms`, `failed after 30s`, `finished [8.4s]`. A
 * timeout that was waited for or a delay to come is none.
 */
export function durationInText(message: string, verbEnd: number): { value: Nanos; start: number; end: number } | null {
  const rest = message.slice(verbEnd);
  const behind = behindVerb.exec(rest) ?? rightBehindVerb.exec(rest);
  const match = behind ?? named.exec(message);
  if (!match || otherTime.test(match[0])) return null;
  const text = match[1] ?? match[2] ?? '';
  const value = withUnit(text);
  if (value === null) return null;
  const start = (behind ? verbEnd : 0) + match.index + match[0].lastIndexOf(text);
  return { value, start, end: start + text.length };
}
