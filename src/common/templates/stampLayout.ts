import { daysFromCivil, isDate } from '../profile/time/calendar';

/** A stamp of fixed length, so that its digits can be read at their places. */
export interface StampLayout {
  kind: 'civil' | 'epoch';
  /** Bytes: a digit stands for any digit, everything else for itself. */
  pattern: Uint8Array;
  /** Digits of a second's fraction, at the end. */
  fraction: number;
  /** Of the number since the epoch that `pattern` is. */
  nanosPerUnit: number;
}

const civil = /^\d{4}([-/.])\d\d\1\d\d[T _]\d\d:\d\d:\d\d(?:[.,](\d{1,9}))?(?!\d)/;
const epoch = /^1(?:\d{9}(?:\.(\d{1,9}))?|\d{12}|\d{15}|\d{18})(?![\d.])/;
const zero = 0x30;

/** The layout of the stamp that a text begins with, without its zone; `null` for one that is not of fixed length. */
export function stampLayoutOf(text: string): StampLayout | null {
  const match = civil.exec(text) ?? epoch.exec(text);
  if (!match) return null;
  const [stamp] = match;
  const isCivil = stamp.length > 4 && /\D/.test(stamp.charAt(4));
  const fraction = (isCivil ? match[2] : match[1])?.length ?? 0;
  const digits = stamp.length - (fraction > 0 ? fraction + 1 : 0);
  return {
    kind: isCivil ? 'civil' : 'epoch',
    pattern: Uint8Array.from(stamp.replace(/\d/g, '0'), character => character.charCodeAt(0)),
    fraction,
    nanosPerUnit: 10 ** (19 - digits),
  };
}

/** Reads stamps of one layout; the same day is not counted out twice. */
export class StampReader {
  readonly layout: StampLayout;
  private lastDate = -1;
  private lastDay = 0;

  constructor(layout: StampLayout) {
    this.layout = layout;
  }

  /** Epoch seconds of the stamp at `at`, taken as UTC; NaN where there is none of this layout. */
  secondAt(bytes: Uint8Array, at: number): number {
    const { pattern, kind } = this.layout;
    for (let index = 0; index < pattern.length; index++) {
      const byte = bytes[at + index]!;
      if (pattern[index] === zero ? (byte - zero) >>> 0 > 9 : byte !== pattern[index]) return Number.NaN;
    }
    if (kind === 'civil') return this.civilAt(bytes, at);
    return bytes[at] === 0x31 ? numberAt(bytes, at, 10) : Number.NaN;
  }

  /** Nanoseconds in the second, of a stamp that {@link secondAt} has read. */
  nanosAt(bytes: Uint8Array, at: number): number {
    const { pattern, fraction, kind, nanosPerUnit } = this.layout;
    const end = at + pattern.length;
    if (kind === 'epoch' && fraction === 0) return numberAt(bytes, at + 10, pattern.length - 10) * nanosPerUnit;
    let value = fraction > 0 ? numberAt(bytes, end - fraction, fraction) : 0;
    for (let digits = fraction; digits > 0 && digits < 9; digits++) value *= 10;
    return value;
  }

  /** NaN where it is no time of a year from 2000 to 2099. */
  private civilAt(bytes: Uint8Array, at: number): number {
    const year = numberAt(bytes, at, 4);
    const month = numberAt(bytes, at + 5, 2);
    const day = numberAt(bytes, at + 8, 2);
    const date = (year * 16 + month) * 64 + day;
    if (date !== this.lastDate) {
      if (year < 2000 || year > 2099 || !isDate(year, month, day)) return Number.NaN;
      this.lastDate = date;
      this.lastDay = daysFromCivil(year, month, day);
    }
    const hour = numberAt(bytes, at + 11, 2);
    const minute = numberAt(bytes, at + 14, 2);
    const second = numberAt(bytes, at + 17, 2);
    if (hour > 23 || minute > 59 || second > 59) return Number.NaN;
    return this.lastDay * 86_400 + hour * 3600 + minute * 60 + second;
  }
}

function numberAt(bytes: Uint8Array, at: number, length: number): number {
  let value = 0;
  for (let index = 0; index < length; index++) value = value * 10 + (bytes[at + index]! - zero);
  return value;
}
