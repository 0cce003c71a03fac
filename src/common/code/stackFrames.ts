/** A place in source code that a text names, and where in the text. */
export interface StackFrame {
  /** As the text spells it; of a class of Java the path that its package makes. */
  file: string;
  /** 1-based. */
  line: number;
  /** 1-based. */
  column: number | null;
  /** UTF-16 offsets of the place in the text. */
  start: number;
  end: number;
}

/** Longer lines are no stack frames, and more frames are not looked through by anyone. */
const longestLine = 2_000;
const mostFrames = 500;

/**
 * The stack frames in a record's text, as Node, Python, Java (Kotlin, Scala), Go, .NET and Rust write them, one a line.
 * Takes linear time: each line is looked at from fixed places, never from everywhere.
 */
export function stackFrames(text: string): StackFrame[] {
  const frames: StackFrame[] = [];
  for (let start = 0; start <= text.length && frames.length < mostFrames; ) {
    const end = lineEnd(text, start);
    if (end - start <= longestLine) {
      const line = text.slice(start, end).trimEnd();
      const found = frameOf(line);
      if (found) frames.push({ ...found, start: start + found.start, end: start + found.end });
    }
    start = end + 1;
  }
  return frames;
}

function lineEnd(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at === -1 ? text.length : at;
}

function frameOf(line: string): StackFrame | null {
  const indent = line.length - line.trimStart().length;
  if (line.startsWith('at ', indent)) return atFrame(line, indent + 3);
  if (line.startsWith('File "', indent)) return pythonFrame(line, indent + 6);
  return goFrame(line, indent) ?? rustPanic(line);
}

/** `at f (file:1:2)`, `at file:1:2`, `at a.B.m(B.java:1)`, `at A.B.C() in file:line 1`. */
function atFrame(line: string, from: number): StackFrame | null {
  const dotnet = line.lastIndexOf(':line ');
  const place = line.indexOf(' in ', from);
  if (dotnet !== -1 && place !== -1 && place < dotnet) {
    const number = /^:line (\d{1,9})$/.exec(line.slice(dotnet))?.[1];
    if (number) return frame(line.slice(place + 4, dotnet), number, undefined, place + 4, line.length);
  }
  const isCall = line.endsWith(')');
  const open = isCall ? callAt(line, from) : -1;
  const start = open === -1 ? from : open + 1;
  if (start < from) return null;
  const found = numbered(line, start, isCall ? line.length - 1 : line.length);
  if (!found || found.file.startsWith('node:')) return null;
  // Node and Rust name the column, Java does not, and has no folder in its file's name.
  const isClass = open !== -1 && found.column === null && !/[\\/]/.test(found.file);
  return isClass ? { ...found, file: pathOfClass(line.slice(from, open), found.file) } : found;
}

/** Where the place of a call begins: a file's name may hold brackets, too. */
function callAt(line: string, from: number): number {
  const spaced = line.indexOf(' (', from);
  return spaced === -1 ? line.lastIndexOf('(') : spaced + 1;
}

/** `com.acme.Order$Item.price` and `Order.java` → `com/acme/Order.java`; a module before `/` is no package. */
function pathOfClass(method: string, file: string): string {
  const name = method.slice(method.lastIndexOf('/') + 1);
  return [...name.split('.').slice(0, -2), file].join('/');
}

/** `File "app/main.py", line 12, in handle` */
function pythonFrame(line: string, start: number): StackFrame | null {
  const end = line.indexOf('"', start);
  const number = end === -1 ? undefined : /^", line (\d{1,9})\b/.exec(line.slice(end, end + 20))?.[1];
  if (number === undefined) return null;
  return frame(line.slice(start, end), number, undefined, start, end);
}

/** `\t/src/app/main.go:12 +0x1d` */
function goFrame(line: string, start: number): StackFrame | null {
  const at = line.indexOf('.go:', start);
  if (at === -1) return null;
  const found = /^:(\d{1,9})(?: \+0x[\da-f]{1,16})?$/.exec(line.slice(at + 3));
  if (!found?.[1]) return null;
  return frame(line.slice(start, at + 3), found[1], undefined, start, at + 4 + found[1].length);
}

/** `thread 'main' panicked at src/main.rs:12:5:` */
function rustPanic(line: string): StackFrame | null {
  const said = line.indexOf('panicked at ');
  const name = said === -1 ? -1 : line.indexOf('.rs:', said);
  if (name === -1) return null;
  const found = /^:(\d{1,9}):(\d{1,9})/.exec(line.slice(name + 3, name + 24));
  const start = line.lastIndexOf(' ', name) + 1;
  if (!found?.[1]) return null;
  return frame(line.slice(start, name + 3), found[1], found[2], start, name + 3 + found[0].length);
}

/** `file:line` or `file:line:column` that a stretch of a line consists of. */
function numbered(line: string, start: number, end: number): StackFrame | null {
  const text = line.slice(start, end);
  const [tail, last] = numberAtEnd(text);
  if (last === undefined) return null;
  const [head, before] = numberAtEnd(tail);
  return before === undefined ? frame(tail, last, undefined, start, end) : frame(head, before, last, start, end);
}

function numberAtEnd(text: string): [rest: string, number: string | undefined] {
  const colon = text.lastIndexOf(':');
  const number = text.slice(colon + 1);
  return colon > 0 && /^\d{1,9}$/.test(number) ? [text.slice(0, colon), number] : [text, undefined];
}

/** A name without an extension is no file of code: `at 10:15:00`. */
function frame(name: string, line: string, column: string | undefined, start: number, end: number): StackFrame | null {
  const file = name.trim();
  if (!/\.[A-Za-z]\w{0,9}$/.test(file) || /^https?:/i.test(file)) return null;
  return { file, line: Number(line), column: column === undefined ? null : Number(column), start, end };
}
