import { formatNamed, formats } from '../formats/formats';
import { jsonFields } from '../formats/json/jsonTokens';
import { withoutColours } from '../formats/json/offsets';
import { unfold } from '../formats/json/unfold';
import { tableLayoutOf } from '../formats/tables/tableLayout';
import { startsWithStamp } from '../formats/text/header';
import { unwrap, wrapperOf } from '../formats/wrappers';
import type { Framing, SourceProfile, WrapperName } from '../model/sourceProfile';
import { isTraceLine, startsWithSeverity } from './recordHead';

/** Lines that are looked at, evenly over the sample. */
const lineCap = 300;
/** As much of a line as tells whether it is one of a stack trace. */
const headReach = 200;
/** Least share of lines with a stamp for the others to be their continuation. */
const stampShare = 0.04;
/** The same where each line has the stamp of a wrapper, of those lines that look like the first of a record. */
const wrappedShare = 0.4;
/** Share of lines without a format or stamp from which on they cannot all be the rest of the others. */
const plainShare = 0.9;
/** Least share of lines that look like the first of a record with a severity for the others to be their continuation. */
const severityShare = 0.6;

/**
 * The formats of a sample and its framing. Each line counts for the first format that reads it; lines that fit none and
 * have no stamp count only where no line does better: they are the rest of a record that spans lines.
 */
export function shapeOf(sample: string, beginning: string, forced: string | undefined): SourceShape {
  const lines = sample.slice(0, wrapperReach).split('\n');
  // The last one may be cut.
  const wrapper = wrapperOf(sample.length > wrapperReach && lines.length > 1 ? lines.slice(0, -1) : lines);
  const mayBeWhole = wrapper === null && (forced === undefined || forced === 'json' || forced === 'table');
  // `web-1  | …` is no table.
  const whole = mayBeWhole ? wholeShape(beginning) : null;
  if (whole) return whole;
  return { ...lineShape(sample, forced, wrapper), table: null, wrapper };
}

type SourceShape = Pick<SourceProfile, 'format' | 'formats' | 'framing' | 'table' | 'wrapper'>;

const wrapperReach = 64 * 1024;

/** The shape of a source that can only be read from its beginning: JSON documents, a table. */
function wholeShape(beginning: string): SourceShape | null {
  if (isDocument(beginning)) {
    return { format: 'json', formats: [{ name: 'json', share: 1 }], framing: 'json', table: null, wrapper: null };
  }
  const table = tableLayoutOf(beginning);
  return table && { format: 'table', formats: [{ name: 'table', share: 1 }], framing: 'table', table, wrapper: null };
}

/** Characters from which on an unfinished first line is a document rather than the line that is being written. */
const longLine = 64 * 1024;

/**
 * Whether a text begins with JSON that is not one record per line: pretty-printed, an array, a batch of records, or so long
 * a value that the sample ends within its first line.
 */
function isDocument(text: string): boolean {
  const start = /^\ufeff?\s*(?:\[\s*){0,2}(?=\{)/.exec(text)?.[0].length;
  if (start === undefined) return false;
  const value = jsonFields(text, start);
  if (!value) return false;
  const isArray = text.slice(0, start).includes('[');
  const lineEnd = text.indexOf('\n', start);
  if (isArray || (lineEnd >= 0 && lineEnd < value.end)) return true;
  if (!value.complete && text.length >= longLine) return true;
  return unfold(text.slice(start, value.end)) !== null;
}

/** The shape of a source whose records begin at lines. */
function lineShape(
  sample: string,
  forced: string | undefined,
  wrapper: WrapperName | null,
): Pick<SourceProfile, 'format' | 'formats' | 'framing'> {
  const counts = new Map<string, number>();
  let stamped = 0;
  let plain = 0;
  let lines = 0;
  let firsts = 0;
  let severe = 0;
  const all = [...linesOf(sample)];
  const step = Math.max(1, Math.ceil(all.length / lineCap));
  for (const [index, line] of all.entries()) {
    if (index % step !== 0) continue;
    lines++;
    const inside = wrapper && unwrap(wrapper, line);
    const text = withoutColours(inside ? inside.text : line).text;
    const reader = formats.find(format => format.name !== 'text' && format.read(text) !== null)?.name ?? null;
    const isOneLiner = reader !== null && formatNamed(reader).framing === 'line';
    const hasStamp = !isOneLiner && startsWithStamp(text);
    if (hasStamp) stamped++;
    if (!isOneLiner && !/^\s/.test(text) && !isTraceLine(text.slice(0, headReach))) {
      firsts++;
      if (startsWithSeverity(text)) severe++;
    }
    if (reader === null && !hasStamp) plain++;
    else count(counts, reader ?? 'text');
  }
  if (counts.size === 0 || (stamped === 0 && plain > plainShare * lines))
    counts.set('text', plain + (counts.get('text') ?? 0));
  const total = [...counts.values()].reduce((sum, value) => sum + value, 0) || 1;
  const shares = [...counts].map(([name, value]) => ({ name, share: value / total })).sort((a, b) => b.share - a.share);
  const format = forced === undefined ? (shares[0]?.name ?? 'text') : formatNamed(forced).name;
  const known = shares.some(({ name }) => name === format) ? shares : [{ name: format, share: 1 }, ...shares];
  const oneLiners = shares.every(({ name }) => formatNamed(name).framing === 'line');
  const bracketed = counts.get('bracketed') ?? 0;
  const heads = stamped + bracketed;
  const isStamped = heads > stampShare * lines && (wrapper === null || heads >= wrappedShare * firsts);
  const hasSeverities = severe > 1 && severe >= severityShare * firsts;
  const framing = (): Framing => {
    if (oneLiners) return 'line';
    if (format === 'xml') return 'head';
    return isStamped ? 'stamp' : hasSeverities ? 'head' : 'line';
  };
  return { format, formats: known, framing: framing() };
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
