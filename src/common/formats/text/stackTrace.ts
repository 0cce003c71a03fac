import type { Field } from '../../model/fieldRole';

/**
 * How a stack trace begins: with an exception's name (Java, .NET, Node, Ruby, PHP), Python's `Traceback`, Go's and Rust's
 * panic, or its first frame.
 */
const beginning =
  /^[ \t]*(?:Caused by: |Unhandled exception\.? |(?:PHP )?Fatal error: +Uncaught )?((?:[\w$]+(?:\.|::|\\))*[\w$]*(?:Exception|Error|Throwable)\b|Traceback \(most recent call last\)|panic: |goroutine \d+ \[|thread '[^']{0,80}' panicked at|stack backtrace:|at [\w$.<>[\]`]{1,200} ?\(|#0 )/m;

/** The stack trace behind the first line of a record, as the field `exception`; none if there is none. */
export function stackTraceIn(text: string): Field[] {
  const firstBreak = text.indexOf('\n');
  const trace = firstBreak < 0 ? null : beginning.exec(text.slice(firstBreak + 1));
  if (!trace) return [];
  const start = firstBreak + 1 + trace.index;
  return [{ name: 'exception', value: text.slice(start), start, end: text.length }];
}
