import { lengthOfBom, withoutReturn } from '../scan/lines';
import { isInCharacter, type LineCut } from './lineCuts';

export type TextEncoding = 'utf-8' | 'latin1';

/** The text of a line as far as it is shown, and the number of bytes that are not. */
export interface LineText {
  text: string;
  moreBytes: number;
}

const newline = 0x0a;
const longestCharacter = 4;

/** @param most bytes that are shown; a character is shown whole or not at all */
export function lineText({ bytes, from, continues }: LineCut, encoding: TextEncoding, most: number): LineText {
  const isText = encoding === 'utf-8';
  let start = from === 0 ? lengthOfBom(bytes) : 0;
  // The rest of a character whose beginning the piece before has shown.
  while (continues && isText && start < longestCharacter - 1 && isInCharacter(bytes[start])) start++;
  const lineBreak = bytes.at(-1) === newline;
  const end = lineBreak ? withoutReturn(bytes, start, bytes.length - 1) : bytes.length;
  let shown = Math.min(end, start + most);
  while (isText && shown < end && shown > start && isInCharacter(bytes[shown])) shown--;
  return { text: decoderOf(encoding).decode(bytes.subarray(start, shown)), moreBytes: end - shown };
}

const decoders: Partial<Record<TextEncoding, TextDecoder>> = {};

/** What is no UTF-8 becomes replacement characters; nothing throws. */
export const decoderOf = (encoding: TextEncoding): TextDecoder => {
  decoders[encoding] ??= new TextDecoder(encoding, { ignoreBOM: true });
  return decoders[encoding];
};
