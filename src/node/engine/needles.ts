import type { SearchJob } from './scanJobs';

/** From this length on an ID is so unlikely by chance that a dash or dot beside it does not make it a part of another. */
const longId = 16;

/** A spelling as bytes, with what must hold around it. */
export interface Needle {
  target: number;
  bytes: Buffer;
  joins: (byte: number) => boolean;
}

export function needlesOf({ needles, profile }: Pick<SearchJob, 'needles' | 'profile'>): Needle[] {
  const encoding = profile.encoding === 'latin1' ? 'latin1' : 'utf8';
  return needles.flatMap((forms, target) =>
    forms.map(form => ({
      target,
      bytes: Buffer.from(form, encoding),
      joins: form.length < longId ? joinsShort : joinsLong,
    })),
  );
}

const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;
const isLetter = (byte: number): boolean => (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);
const joinsLong = (byte: number): boolean => isDigit(byte) || isLetter(byte);
const joinsShort = (byte: number): boolean => joinsLong(byte) || byte === 0x2d || byte === 0x5f;

/** Whether what was found at `at` is a word of its own: `abc-1` is not in `abc-12`, but it is in `%22abc-1%22`. */
export function standsAlone(bytes: Uint8Array, at: number, { bytes: needle, joins }: Needle): boolean {
  const after = bytes[at + needle.length];
  if (after !== undefined && joins(after)) return false;
  const before = bytes[at - 1];
  return before === undefined || !joins(before) || endsEscape(bytes, at);
}

/** Whether the bytes before `at` are an escape of another character (`%3D`, `\n`, `\u0022`) or of a terminal. */
function endsEscape(bytes: Uint8Array, at: number): boolean {
  if (bytes[at - 3] === 0x25 || bytes[at - 2] === 0x5c || (bytes[at - 6] === 0x5c && bytes[at - 5] === 0x75))
    return true;
  return endsColour(bytes, at);
}

const longestColour = 40;
const escapeByte = 0x1b;
/** How JSON and programs write the escape character. */
const writtenEscapes = ['\\u001b', '\\u001B', '\\x1b', '\\x1B', '\\033', '\\e', '^['].map(text => Buffer.from(text));

/** Whether a terminal's colour (`ESC[0m`) or another of its control sequences ends before `at`. */
function endsColour(bytes: Uint8Array, at: number): boolean {
  let open = at - 2;
  // Between the bracket and the final letter stand digits, `:`, `;` and `?`.
  while (open > at - longestColour && (bytes[open] ?? 0) >= 0x30 && (bytes[open] ?? 0) <= 0x3f) open--;
  if (bytes[open] !== 0x5b) return false;
  if (bytes[open - 1] === escapeByte) return true;
  return writtenEscapes.some(text => text.every((byte, index) => bytes[open - text.length + index] === byte));
}

const mostNear = 5;
const longestNear = 100;

/** A few longer words in which a needle was found. */
export class NearMisses {
  private readonly words = new Set<string>();

  add(bytes: Buffer, at: number, needle: Needle): void {
    if (this.words.size >= mostNear) return;
    let start = at;
    let end = at + needle.bytes.length;
    while (start > 0 && joinsShort(bytes[start - 1] ?? 0)) start--;
    while (end < bytes.length && joinsShort(bytes[end] ?? 0)) end++;
    if (end - start <= longestNear) this.words.add(bytes.toString('latin1', start, end));
  }

  get found(): string[] {
    return [...this.words];
  }
}
