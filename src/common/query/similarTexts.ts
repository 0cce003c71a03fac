import Fuse from 'fuse.js';

/** Nobody types more to find something by its likeness; the literal search has looked at all of it. */
const longestText = 200;
const mostTexts = 20_000;

/**
 * The rows with a text like the wanted one: a slip of the finger is forgiven (fuse.js). Every different text is compared
 * once, its first 200 characters, at most 20,000 of them.
 * @returns rows in order; `left`: texts that were not compared
 */
export function similarTexts(
  wanted: string,
  count: number,
  textsOf: (row: number) => readonly string[],
): { rows: number[]; left: number } {
  const rowsOf = new Map<string, number[]>();
  const left = new Set<string>();
  for (let row = 0; row < count; row++) {
    for (const whole of textsOf(row)) {
      const text = whole.slice(0, longestText);
      const rows = rowsOf.get(text);
      if (rows) rows.push(row);
      else if (rowsOf.size < mostTexts) rowsOf.set(text, [row]);
      else left.add(text);
    }
  }
  const fuse = new Fuse([...rowsOf.keys()], { ignoreLocation: true, threshold: 0.3 });
  const rows = new Set(fuse.search(wanted).flatMap(({ item }) => rowsOf.get(item) ?? []));
  return { rows: [...rows].sort((a, b) => a - b), left: left.size };
}
