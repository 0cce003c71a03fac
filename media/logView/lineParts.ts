import type { ShownLine, TextPlace } from '../../src/common/protocol/logReader';

/** A stretch of a line that is drawn in one way. */
export interface LinePart {
  text: string;
  start: number;
  /** The ID that a click traces. */
  id: string | null;
  match: 'none' | 'some' | 'current';
}

export interface Sought {
  text: string;
  matchCase: boolean;
  /** Where the search is by now. */
  current: TextPlace | null;
}

const encoder = new TextEncoder();

/** A line's text in its order, cut where an ID or a match begins or ends. */
export function lineParts(line: ShownLine, sought: Sought | null): LinePart[] {
  const { text, ids } = line;
  const matches = sought ? matchesIn(line, sought) : [];
  const cuts = new Set([0, text.length, ...ids.flatMap(({ start, end }) => [start, end])]);
  for (const { start, end } of matches) cuts.add(start).add(end);
  const places = [...cuts].sort((a, b) => a - b);
  return places.slice(0, -1).map((start, index) => {
    const holds = (part: { start: number; end: number }) => part.start <= start && start < part.end;
    return {
      text: text.slice(start, places[index + 1]),
      start,
      id: ids.find(holds)?.id ?? null,
      match: matches.find(holds)?.match ?? 'none',
    };
  });
}

/** As the search itself: without case only the letters of ASCII are alike. */
const folded = (text: string): string => text.replace(/[A-Z]/g, letter => letter.toLowerCase());

function matchesIn({ text, from }: ShownLine, { text: wanted, matchCase, current }: Sought) {
  const found: { start: number; end: number; match: LinePart['match'] }[] = [];
  const [inside, needle] = matchCase ? [text, wanted] : [folded(text), folded(wanted)];
  if (needle === '') return found;
  for (let at = inside.indexOf(needle); at >= 0; at = inside.indexOf(needle, at + needle.length)) {
    found.push({ start: at, end: at + needle.length, match: 'some' });
  }
  if (current === null || current.from < from) return found;
  // Of a text that is no UTF-8 bytes are not told by its characters: then it is one of them.
  const bytes = current.from - from;
  const here = found.find(({ start }) => encoder.encode(text.slice(0, start)).length === bytes);
  if (here) here.match = 'current';
  return found;
}
