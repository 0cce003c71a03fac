import type { Field } from '../model/fieldRole';
import type { LogFormat } from './logFormat';
import { pairsIn } from './text/pairs';

/**
 * The console of .NET's logging: `info: Category[14]`, then, indented, scopes (`=> SpanId:…, TraceId:… =>
 * RequestPath:/x`) and the message; a stamp may stand before the level (SimpleConsoleFormatter of
 * Microsoft.Extensions.Logging, also with all on one line).
 */
export const dotnetConsole: LogFormat = {
  name: 'dotnet',
  framing: 'stamp',
  read(text) {
    const match = head.exec(text);
    return match && fieldsOf(text, match);
  },
};

const head =
  /^(?:\[?(\d[\d/.-]{5,9}[T ]?\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z| ?[+-]\d\d:?\d\d)?|\d\d:\d\d:\d\d(?:\.\d{1,9})?)\]? ?)?(trce|dbug|info|warn|fail|crit): ([A-Za-z_][\w.+`<>-]{0,250})\[(-?\d{1,10})\](?=\s|$)/d;
/** Scopes have a line of their own. */
const scope = /^[ \t]*=> .*$/m;

function fieldsOf(text: string, match: RegExpExecArray): Field[] {
  const fields: Field[] = [];
  for (const [index, name] of ['timestamp', 'severity', 'logger', 'eventNumber'].entries()) {
    const [start, end] = match.indices?.[index + 1] ?? [];
    if (start !== undefined && end !== undefined) fields.push({ name, value: text.slice(start, end), start, end });
  }
  const behind = match[0].length;
  const scopes = scope.exec(text.slice(behind));
  let from = behind;
  if (scopes) {
    from = behind + scopes.index + scopes[0].length;
    fields.push(...pairsIn(text, behind + scopes.index, from, 'every'));
  }
  const start = from + text.slice(from).search(/\S|$/);
  if (start >= text.length) return fields;
  fields.push({ name: 'message', value: withoutIndent(text.slice(start)), start, end: text.length });
  const trace = /^[ \t]+[\w.`+]+Exception\b/m.exec(text.slice(start));
  if (trace) {
    const at = start + trace.index + trace[0].search(/\S/);
    fields.push({ name: 'exception', value: text.slice(at), start: at, end: text.length });
  }
  return [...fields, ...pairsIn(text, start, text.length, 'all')];
}

/** The blanks that stand under the head before each line. */
const withoutIndent = (text: string): string => text.replace(/\n {6}/g, '\n');
