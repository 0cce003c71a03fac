import { type StackFrame, stackFrames } from './stackFrames';

/** A longer line is not looked through: nobody reads it in a text editor. */
const longestLine = 50_000;
const controls: Record<string, string> = { n: '\n', r: ' ', t: '\t' };

/**
 * The stack frames in one line of a log: as they stand there, and those of a text that is written with escapes, as in
 * JSON, where all of a stack is in one line. Takes linear time.
 */
export function framesOfLine(line: string): StackFrame[] {
  if (line.length > longestLine) return [];
  if (!line.includes('\\n')) return stackFrames(line);
  const { text, offsets } = withoutEscapes(line);
  const offset = (at: number) => offsets[at] ?? line.length;
  return stackFrames(text).map(frame => ({ ...frame, start: offset(frame.start), end: offset(frame.end) }));
}

/** What the escapes stand for, and where each character of it stands in the line. A quote ends a text as a line does. */
function withoutEscapes(line: string): { text: string; offsets: number[] } {
  let text = '';
  const offsets: number[] = [];
  for (let at = 0; at < line.length; at++) {
    offsets.push(at);
    const character = line[at] ?? '';
    if (character === '"') text += '\n';
    else if (character !== '\\') text += character;
    else {
      at++;
      const escaped = line[at] ?? '';
      text += controls[escaped] ?? escaped;
    }
  }
  return { text, offsets };
}
