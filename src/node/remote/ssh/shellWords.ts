/** What all shells take in the same way between single quotes: neither what some escape with, nor line breaks. */
const isPlain = (word: string): boolean => /^[^\p{Cc}\\!]*$/u.test(word);

/** As one word of a command line of sh, csh or fish. */
const quoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;

/** A command line for whatever shell a user has; `null` where a word cannot be written so that all take it alike. */
export const quotedLine = (words: readonly string[]): string | null =>
  words.every(isPlain) ? words.map(quoted).join(' ') : null;
