/** Below this a common start costs less room than it is worth. */
const shortest = 8;

/** Ends of words: a start that two texts share is not cut within one. */
const wordEnd = /[\s=:,;/|)\]}>"']/;

/**
 * How many characters at its start a text shares with the text before or after it in a list, in whole words. 0 where that
 * is little, or nothing would be left to tell them apart.
 */
export function sharedStart(text: string, ...neighbours: (string | undefined)[]): number {
  let shared = 0;
  for (const other of neighbours) {
    if (other !== undefined && other !== text) shared = Math.max(shared, commonLength(text, other));
  }
  while (shared > 0 && !wordEnd.test(text.charAt(shared - 1))) shared--;
  return shared < shortest || shared === text.length ? 0 : shared;
}

function commonLength(one: string, other: string): number {
  const end = Math.min(one.length, other.length);
  let at = 0;
  while (at < end && one.charCodeAt(at) === other.charCodeAt(at)) at++;
  return at;
}
