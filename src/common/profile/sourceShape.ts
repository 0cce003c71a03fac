import { formatNamed, formats } from '../formats/formats';
import { startsWithStamp } from '../formats/header';
import { withoutColours } from '../formats/offsets';
import type { SourceProfile } from '../model/sourceProfile';

/** Lines that are looked at, evenly over the sample. */
const lineCap = 300;
/** Least share of lines with a stamp for the others to be their continuation. */
const stampShare = 0.04;

/**
 * The formats of a sample and its framing. Each line counts for the first format that reads it; lines that fit none and
 * have no stamp count only where no line does better: they are the rest of a record that spans lines.
 */
export function shapeOf(
  sample: string,
  forced: string | undefined,
): Pick<SourceProfile, 'format' | 'formats' | 'framing'> {
  const counts = new Map<string, number>();
  let stamped = 0;
  let plain = 0;
  let lines = 0;
  const all = [...linesOf(sample)];
  const step = Math.max(1, Math.ceil(all.length / lineCap));
  for (const [index, line] of all.entries()) {
    if (index % step !== 0) continue;
    lines++;
    const text = withoutColours(line).text;
    const reader = formats.find(format => format.name !== 'text' && format.read(text) !== null)?.name ?? null;
    const hasStamp = (reader === null || reader === 'bracketed') && startsWithStamp(text);
    if (hasStamp) stamped++;
    if (reader === null && !hasStamp) plain++;
    else count(counts, reader ?? 'text');
  }
  if (counts.size === 0) counts.set('text', plain);
  const total = [...counts.values()].reduce((sum, value) => sum + value, 0) || 1;
  const shares = [...counts].map(([name, value]) => ({ name, share: value / total })).sort((a, b) => b.share - a.share);
  const format = forced === undefined ? (shares[0]?.name ?? 'text') : formatNamed(forced).name;
  const known = shares.some(({ name }) => name === format) ? shares : [{ name: format, share: 1 }, ...shares];
  const oneLiners = shares.every(({ name }) => name === 'json' || name === 'logfmt');
  const bracketed = counts.get('bracketed') ?? 0;
  const framing = !oneLiners && stamped + bracketed > stampShare * lines ? 'stamp' : 'line';
  return { format, formats: known, framing };
}

const count = (counts: Map<string, number>, name: string): void => {
  counts.set(name, (counts.get(name) ?? 0) + 1);
};

function* linesOf(text: string): Generator<string> {
  for (let start = text.charCodeAt(0) === 0xfeff ? 1 : 0; start < text.length; ) {
    const end = text.indexOf('\n', start);
    const line = text.slice(start, end < 0 ? text.length : end).trimEnd();
    if (line !== '') yield line;
    if (end < 0) return;
    start = end + 1;
  }
}
