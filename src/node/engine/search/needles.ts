import { endsEscape } from '../../../common/scan/escapes';
import type { SearchJob } from '../scan/scanJobs';

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
