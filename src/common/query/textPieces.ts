import type { WantedTexts } from './wantedTexts';

/** What was looked for, in the texts of a row. */
export interface Matcher {
  name: RegExp | null;
  service: RegExp | null;
}

export function matcherOf({ texts, services }: WantedTexts): Matcher {
  return { name: anyOf(texts), service: anyOf([...texts, ...services]) };
}

/** Longer ones first, so that of two that begin alike all of the longer one is marked. */
function anyOf(texts: readonly string[]): RegExp | null {
  const all = texts.filter(text => text !== '').sort((a, b) => b.length - a.length);
  return all.length === 0
    ? null
    : new RegExp(all.map(text => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('|'), 'giu');
}

export interface TextPiece {
  text: string;
  match: boolean;
}

/** A text in its pieces: one where nothing of it matches. */
export function piecesOf(text: string, wanted: RegExp | null | undefined): TextPiece[] {
  const pieces: TextPiece[] = [];
  let at = 0;
  for (const { 0: found, index } of wanted ? text.matchAll(wanted) : []) {
    if (index > at) pieces.push({ text: text.slice(at, index), match: false });
    pieces.push({ text: found, match: true });
    at = index + found.length;
  }
  if (at < text.length || pieces.length === 0) pieces.push({ text: text.slice(at), match: false });
  return pieces;
}
