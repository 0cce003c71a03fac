import type { Severity } from '../model/logRecord';

const words: Record<string, Severity> = {
  trace: 'trace',
  trc: 'trace',
  trce: 'trace',
  verbose: 'trace',
  finest: 'trace',
  finer: 'trace',
  silly: 'trace',
  all: 'trace',
  debug: 'debug',
  dbg: 'debug',
  dbug: 'debug',
  fine: 'debug',
  config: 'debug',
  log: 'info',
  info: 'info',
  inf: 'info',
  information: 'info',
  informational: 'info',
  notice: 'info',
  note: 'info',
  default: 'info',
  http: 'info',
  // Loguru's, between info and warning.
  success: 'info',
  warn: 'warn',
  warning: 'warn',
  wrn: 'warn',
  error: 'error',
  err: 'error',
  severe: 'error',
  fail: 'error',
  failure: 'error',
  eror: 'error',
  fatal: 'fatal',
  ftl: 'fatal',
  critical: 'fatal',
  crit: 'fatal',
  crt: 'fatal',
  alert: 'fatal',
  emerg: 'fatal',
  emergency: 'fatal',
  panic: 'fatal',
  fault: 'error',
  dpanic: 'fatal',
};
const letters: Record<string, Severity> = {
  t: 'trace',
  v: 'trace',
  d: 'debug',
  i: 'info',
  n: 'info',
  w: 'warn',
  e: 'error',
  f: 'fatal',
  c: 'fatal',
};

/** The severity that a word names (`WARN`, `wrn`, `SEVERE`, `Information`, `E`), `null` for any other word. */
export function severityOfWord(word: string): Severity | null {
  const key = word.toLowerCase();
  if (key.length === 1) return letters[key] ?? null;
  return key.length < 14 && Object.hasOwn(words, key) ? (words[key] ?? null) : null;
}

const usualWord = /^(?:[Tt]race|[Dd]ebug|[Ii]nfo|[Ww]arn|[Ww]arning|[Ee]rror|[Ff]atal|[Cc]ritical|[Nn]otice)$/;

/** Words of a line's head: in capitals any that names a severity, else those that are hardly the first of a sentence. */
export const isSeverityWord = (word: string): boolean =>
  /^[A-Z]{3,}$/.test(word) ? severityOfWord(word) !== null : usualWord.test(word);

/** Redis marks a notice and a warning so (its verbose and debug lines have `-` and `.`). */
const marks: Record<string, Severity> = { '*': 'info', '#': 'warn' };

/** What OpenTelemetry calls info, warn, error and fatal. */
const spanLevels: ReadonlySet<number> = new Set([9, 13, 17, 21]);

/**
 * The severity that a field holds: a word, or a number whose scale the name or size tells: OpenTelemetry 1 … 24
 * (`severityNumber`, or the first numbers of its ranges, which no other scale has), syslog 7 … 0 (`PRIORITY`), Azure
 * 0 … 4 (`severityLevel`), pino and bunyan 10 … 60.
 */
export function severityOf(plainName: string, value: string): Severity | null {
  if (value.length === 1 && Object.hasOwn(marks, value)) return marks[value] ?? null;
  if (!/^-?\d+$/.test(value))
    return severityOfWord(value) ?? severityOfWord(/^[\w]*?([A-Za-z]+)\d*$/.exec(value)?.[1] ?? '');
  const number = Number(value);
  const scale: readonly Severity[] = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'];
  if (plainName === 'severitynumber' || spanLevels.has(number))
    return number < 1 ? null : (scale[Math.floor((number - 1) / 4)] ?? null);
  if (plainName === 'priority')
    return number <= 2 ? 'fatal' : ((['error', 'warn', 'info', 'info', 'debug'][number - 3] as Severity) ?? null);
  if (plainName === 'severitylevel') return (['debug', 'info', 'warn', 'error', 'fatal'][number] as Severity) ?? null;
  return number >= 10 ? (scale[Math.min(5, Math.floor(number / 10) - 1)] ?? null) : null;
}
