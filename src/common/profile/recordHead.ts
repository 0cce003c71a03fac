import { severityOfWord } from './severity';

/**
 * What lines of a stack trace and the text around one begin with, however a program's other lines look: frames of Java,
 * .NET, Node (`at …`), Python (`File "…"`), Ruby (`from …`), PHP (`#0 …`), Go and Rust, the causes between them, the
 * exception that ends a Python traceback, and a bracket that closes what lines before opened.
 */
const traceLine =
  /^(?:\s+at \S|at [\w$.<>]+\(|\s*\.\.\. \d+ (?:more|common)|\s*Caused by: |\s*Suppressed: |\s*--- End of |\s*---> |\s*File "[^"]*", line \d|\s+from \S+:\d+|\s*#\d+ (?:[/{]|[A-Z]:\\|\[internal function)|Traceback \(most recent call last\)|During handling of the above exception|The above exception was the direct cause|goroutine \d+ \[|created by [\w/-]+\.[\w.()*]+(?: in goroutine \d+)?$|stack backtrace:|\s+\d+: +[\w<]\S*(?:::|_)|note: run with `RUST_BACKTRACE|[)\]}]+[,;]?\s*$)/;
const goFrame = /^[\w./*()-]{1,200}\([^)]*\)$|^\s\/\S+\.go:\d+/;
const exceptionHead = /^(?:[A-Za-z_$][\w$]*[.:]{1,2}){0,12}[A-Z][\w$]*(?:Exception|Error|Interrupt|Exit)(?::\s|\s*$)/;

/** Whether a line (or its beginning) is part of a stack trace, and so goes on with the record before it. */
export const isTraceLine = (head: string): boolean =>
  traceLine.test(head) || exceptionHead.test(head) || goFrame.test(head);

/** What AWS Lambda's platform writes between a function's own lines, without a stamp: begin and end of an invocation. */
const invocation = /^(?:START|END|REPORT) RequestId: /;

/** Whether a line is a record of its own by what it begins with, though it has no stamp. */
export const isPlatformLine = (head: string): boolean => invocation.test(head);

const bracketedWord = /^\s?[[<(]\s?([A-Za-z]{3,13})\s?[\])>]/;
const leadingWord = /^([A-Z]{3,13})(?=[\s:|\]\-(/[]|$)|^([A-Za-z]{4,13})(?=:|\[|\(|\|)/;

/** Whether a line begins with its severity: `info: …`, `[WARN] …`, `ERROR: …`, `WARNING:root:…`. */
export function startsWithSeverity(head: string): boolean {
  const match = bracketedWord.exec(head) ?? leadingWord.exec(head);
  const word = match?.[1] ?? match?.[2] ?? '';
  return word.length > 2 && severityOfWord(word) !== null;
}
