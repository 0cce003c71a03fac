export const blank = 0x20;
export const tab = 0x09;
export const colon = 0x3a;
export const comma = 0x2c;
export const dot = 0x2e;
export const plus = 0x2b;
export const minus = 0x2d;
export const slash = 0x2f;
export const letterT = 0x54;
export const underscore = 0x5f;

export const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;
export const isCapital = (code: number): boolean => code >= 0x41 && code <= 0x5a;
export const isLetter = (code: number): boolean => isCapital(code) || (code >= 0x61 && code <= 0x7a);
export const isWordCode = (code: number): boolean => isDigit(code) || isLetter(code) || code === underscore;

/** Number of digits at `from`, at most `most`. */
export function digitsAt(text: string, from: number, most: number): number {
  let length = 0;
  while (length < most && isDigit(text.charCodeAt(from + length))) length++;
  return length;
}

/** The number of `length` digits at `from`. */
export function numberAt(text: string, from: number, length: number): number {
  let value = 0;
  for (let at = from; at < from + length; at++) value = value * 10 + text.charCodeAt(at) - 0x30;
  return value;
}
